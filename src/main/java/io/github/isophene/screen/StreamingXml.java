// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import io.github.isophene.files.RegularFile;

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

	/** Bytes that the declaration is looked for in. */
	private static final int START = 256;
	private static final Pattern ENCODING = Pattern
		.compile("^<\\?xml[^>]*\\bencoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']");

	private StreamingXml() {}

	/** @throws IOException naming the file and the line if it isn't well-formed */
	public static void read(final Path file, final Handler handler) throws IOException {
		try (InputStream in = new BufferedInputStream(Files.newInputStream(RegularFile.require(file)))) {
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
			final XMLStreamReader xml = factory.createXMLStreamReader(decoded(file, in));
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
			if (e.getNestedException() instanceof CharacterCodingException)
				throw new IOException(file + " has bytes that are no letters of its encoding: is it damaged?", e);
			final int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
			throw new IOException(
				file + ", line " + line + ": no well-formed XML. Was the export or copy cut short? (" +
					e.getMessage().replaceAll("\\s+", " ") + ")",
				e);
		}
	}

	/**
	 * Decodes a text by its byte order mark, else by its declaration, else as UTF-8. Java's parser, where it decodes
	 * bytes itself, prints those that it can't to the standard error stream, beside the exception.
	 */
	private static Reader decoded(final Path file, final InputStream in) throws IOException {
		final PushbackInputStream bytes = new PushbackInputStream(in, START);
		final byte[] start = bytes.readNBytes(START);
		final String text = new String(start, StandardCharsets.ISO_8859_1);
		Charset charset = StandardCharsets.UTF_8;
		int mark = 0;
		if (text.startsWith("\u00EF\u00BB\u00BF")) mark = 3;
		else if (text.startsWith("\u00FE\u00FF") || text.startsWith("\0<")) charset = StandardCharsets.UTF_16BE;
		else if (text.startsWith("\u00FF\u00FE") || text.startsWith("<\0")) charset = StandardCharsets.UTF_16LE;
		else {
			final Matcher declared = ENCODING.matcher(text);
			// Text of single bytes that claims to be UTF-16, as .NET writes it from a string, is UTF-8.
			if (declared.find() && !declared.group(1).toUpperCase(Locale.ROOT).startsWith("UTF-16")) {
				try {
					charset = Charset.forName(declared.group(1));
				}
				catch (final UnsupportedCharsetException e) {
					throw new IOException(file + " is in the encoding " + declared.group(1) +
						", which isn't known: save it in UTF-8", e);
				}
			}
		}
		if (charset != StandardCharsets.UTF_8 && (text.startsWith("\u00FE") || text.startsWith("\u00FF"))) mark = 2;
		bytes.unread(start, mark, start.length - mark);
		// A decoder that is given, unlike a charset, reports what it can't decode.
		return new InputStreamReader(bytes, charset.newDecoder());
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
