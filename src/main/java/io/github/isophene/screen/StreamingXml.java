// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML in one pass, element by element, by local names. Document types are
 * refused and no entity outside the file is ever followed.
 */
public final class StreamingXml {

	/** Takes what the file says, in its order. */
	public interface Handler {

		/** An element begins; its attributes can be asked for. */
		void start(String name, XMLStreamReader attributes) throws IOException;

		/** An element ends; {@code text} is what stood since the last tag, without outer blanks. */
		void end(String name, String text) throws IOException;
	}

	private StreamingXml() {}

	/** @throws IOException naming the file and the line if it isn't well-formed */
	public static void read(final Path file, final Handler handler) throws IOException {
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
			read(file, in, handler);
		}
	}

	/**
	 * As {@link #read(Path, Handler)}, for a text inside of a file.
	 *
	 * @param file for messages
	 * @param in the text, which stays open
	 */
	public static void read(final Path file, final InputStream in, final Handler handler) throws IOException {
		// the JDK's own, whatever parser somebody else has put on the class path
		final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		try {
			final XMLStreamReader xml = factory.createXMLStreamReader(in);
			try {
				read(file, xml, handler);
			}
			finally {
				xml.close();
			}
		}
		catch (final IllegalArgumentException e) {
			// Of a handler: what a well or a number can't be.
			throw new IOException(file + ": " + e.getMessage(), e);
		}
		catch (final XMLStreamException e) {
			final int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
			throw new IOException(
				file + ", line " + line + ": no well-formed XML. Was the export or copy cut short? (" +
					e.getMessage().replaceAll("\\s+", " ") + ")",
				e);
		}
	}

	private static void read(final Path file, final XMLStreamReader xml, final Handler handler)
		throws XMLStreamException, IOException
	{
		final StringBuilder text = new StringBuilder();
		while (xml.hasNext()) {
			switch (xml.next()) {
				case XMLStreamConstants.DTD ->
					throw new IOException(file + " has a document type declaration, which no export has: refused");
				case XMLStreamConstants.START_ELEMENT -> {
					text.setLength(0);
					handler.start(xml.getLocalName(), xml);
				}
				case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
				case XMLStreamConstants.END_ELEMENT -> {
					handler.end(xml.getLocalName(), text.toString().strip());
					text.setLength(0);
				}
				default -> {
					// comments and the like
				}
			}
		}
	}
}
