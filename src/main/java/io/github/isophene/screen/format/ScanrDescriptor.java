// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import javax.xml.stream.XMLStreamReader;

import io.github.isophene.files.RegularFile;
import io.github.isophene.screen.FolderListing;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.StreamingXml;
import io.github.isophene.storage.SizeLimit;

/**
 * Content of {@code experiment_descriptor.xml}, which ScanR writes beside {@code data}: channels in the order in which
 * they were taken, and columns of the plate. Its elements are those of LabVIEW: a {@code Name} that is a key, and then
 * a {@code Val}.
 *
 * @param channels that were taken, without the autofocus
 * @param columns of the plate; 0: not known
 */
record ScanrDescriptor(List<String> channels, int columns) {

	private static final Pattern FILE = Pattern.compile("(?i)experiment_descriptor\\.xml");
	private static final ScanrDescriptor NONE = new ScanrDescriptor(List.of(), 0);

	/** Reads the descriptor of a folder of images, in it or above {@code data}; one that can't be read is told. */
	static ScanrDescriptor of(final Path folder, final ScreenOptions options) throws IOException {
		final List<Path> places = new ArrayList<>(List.of(folder));
		if (FolderListing.name(folder).equalsIgnoreCase("data") && folder.getParent() != null)
			places.add(folder.getParent());
		for (final Path place : places) {
			for (final Path file : FolderListing.files(place, FILE)) {
				try {
					return read(file);
				}
				catch (final IOException exc) {
					options.warnings().accept("The channels come in the order of their names, as " + exc.getMessage());
				}
			}
		}
		return NONE;
	}

	private static ScanrDescriptor read(final Path file) throws IOException {
		final byte[] bytes;
		try (InputStream in = Files.newInputStream(RegularFile.require(file))) {
			bytes = SizeLimit.read(file.toString(), in, SizeLimit.METADATA);
		}
		final Handler handler = new Handler();
		StreamingXml.read(file, new ByteArrayInputStream(utf8(bytes)), handler);
		return new ScanrDescriptor(List.copyOf(handler.channels), handler.columns);
	}

	/** LabVIEW writes the letters of its system, and no declaration of them. */
	private static byte[] utf8(final byte[] bytes) {
		final String latin = new String(bytes, StandardCharsets.ISO_8859_1);
		if (latin.matches("(?s)\\s*<\\?xml[^>]*\\bencoding\\b.*")) return bytes;
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			return bytes;
		}
		catch (final CharacterCodingException exc) {
			return latin.getBytes(StandardCharsets.UTF_8);
		}
	}

	/** Returns channels in the order of the descriptor; others follow as they are given. */
	List<String> order(final List<String> given) {
		final Set<String> ordered = new LinkedHashSet<>();
		for (final String channel : channels)
			given.stream().filter(channel::equalsIgnoreCase).forEach(ordered::add);
		ordered.addAll(given);
		return List.copyOf(ordered);
	}

	private static final class Handler implements StreamingXml.Handler {

		private final Set<String> channels = new LinkedHashSet<>();
		private int columns;
		private String key = "";
		private String channel;
		private boolean layout;

		@Override
		public void start(final String element, final XMLStreamReader attributes) {
			// A channel is a cluster of its own.
			if (element.equals("Cluster") || element.equals("Array")) channel = null;
		}

		@Override
		public void end(final String element, final String text) {
			if (element.equals("Name")) {
				key = text;
				layout |= text.equals("format typedef");
			}
			if (!element.equals("Val")) return;
			switch (key) {
				case "name" -> channel = text;
				case "idle" -> {
					if (text.equals("0") && channel != null && !channel.equals("Autofocus")) channels.add(channel);
					channel = null;
				}
				case "Columns" -> {
					if (layout && text.matches("\\d{1,2}")) columns = Integer.parseInt(text);
					layout = false;
				}
				default -> {
					// nothing that a screen needs
				}
			}
		}
	}
}
