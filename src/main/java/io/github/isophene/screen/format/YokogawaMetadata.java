// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import javax.xml.stream.XMLStreamReader;

import io.github.isophene.screen.FolderListing;
import io.github.isophene.screen.StreamingXml;
import io.github.isophene.screen.Wells;

/**
 * Metadata of one Yokogawa acquisition, from those of its files that are there: records of images ({@code .mlf}),
 * plate ({@code .mrf}) and names of channels ({@code .mes}).
 *
 * @param plate name; empty: unknown
 * @param columns of the plate; 0: unknown
 * @param names channel names by number
 * @param records by the lower-case name of the image file
 */
record YokogawaMetadata(String plate, int columns, Map<Integer, String> names, Map<String, ImageRecord> records) {

	private static final Pattern DATA = Pattern.compile("(?i)MeasurementData\\.mlf");
	private static final Pattern DETAIL = Pattern.compile("(?i)MeasurementDetail\\.mrf");
	private static final Pattern SETTING = Pattern.compile("(?i).*\\.mes");

	/**
	 * A record of an image.
	 *
	 * @param well normalized name; empty: unknown
	 * @param processing of the z-stack: empty, {@code Maximum}, {@code Minimum}, {@code Sum}
	 */
	record ImageRecord(String well, String processing, int channel) {

		boolean isProjection() {
			return processing.regionMatches(true, 0, "max", 0, 3) || processing.equalsIgnoreCase("MIP");
		}

		boolean isLeftOut() {
			return !processing.isEmpty() && !isProjection();
		}
	}

	/** Reads what the folder has of the three files. */
	static YokogawaMetadata read(final Path folder) throws IOException {
		final Parser parser = new Parser();
		for (final Pattern name : List.of(DETAIL, SETTING, DATA)) {
			for (final Path file : FolderListing.files(folder, name)) StreamingXml.read(file, parser);
		}
		return parser.metadata();
	}

	/** Returns the name of a channel, {@code C01} if there is none. */
	String channel(final int number) {
		return names.getOrDefault(number, String.format("C%02d", number));
	}

	/** Returns the channels of the acquisition in the order of their numbers, those it doesn't know last. */
	List<String> order(final Set<String> channels, final List<String> otherwise) {
		final List<String> ordered = new ArrayList<>();
		names.values()
			.stream()
			.filter(name -> channels.contains(name) && !ordered.contains(name))
			.forEach(ordered::add);
		otherwise.stream().filter(name -> !ordered.contains(name)).forEach(ordered::add);
		return ordered;
	}

	private static final class Parser implements StreamingXml.Handler {

		private final Map<Integer, String> targets = new TreeMap<>();
		private final Map<String, ImageRecord> records = new HashMap<>();
		private ImageRecord record;
		private String plate = "";
		private int columns;

		@Override
		public void start(final String name, final XMLStreamReader xml) {
			switch (name) {
				case "MeasurementDetail" -> columns = number(xml, "ColumnCount");
				case "MeasurementSamplePlate" -> plate = text(xml, "Name");
				case "Channel" -> {
					final int channel = number(xml, "Ch");
					final String fluorophore = text(xml, "Fluorophore");
					final String target = fluorophore.isEmpty() ? text(xml, "Target") : fluorophore;
					if (channel > 0 && !target.isEmpty()) targets.putIfAbsent(channel, target);
				}
				case "MeasurementRecord" -> record = record(xml);
				default -> {
					// nothing that a screen needs
				}
			}
		}

		@Override
		public void end(final String name, final String text) {
			if (!name.equals("MeasurementRecord") || record == null) return;
			final String path = text.replace('\\', '/');
			records.put(path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT), record);
			record = null;
		}

		private static ImageRecord record(final XMLStreamReader xml) {
			if (!text(xml, "Type").equals("IMG")) return null;
			final int row = number(xml, "Row");
			final int column = number(xml, "Column");
			return new ImageRecord(row > 0 && column > 0 ? Wells.name(row, column) : "", text(xml, "ZImageProcessing"),
				number(xml, "Ch"));
		}

		/** A projection has a channel number of its own, with the name of the channel that was projected. */
		YokogawaMetadata metadata() {
			final Set<Integer> projected = new HashSet<>();
			for (final ImageRecord entry : records.values())
				if (!entry.processing().isEmpty()) projected.add(entry.channel());
			final Map<Integer, String> names = new TreeMap<>();
			final Set<String> raw = new HashSet<>();
			final Set<String> projections = new HashSet<>();
			targets.forEach((channel, target) -> {
				final Set<String> known = projected.contains(channel) ? projections : raw;
				names.put(channel, known.add(target) ? target : target + String.format(" (C%02d)", channel));
			});
			return new YokogawaMetadata(plate, columns, names, records);
		}

		private static String text(final XMLStreamReader xml, final String attribute) {
			for (int i = 0; i < xml.getAttributeCount(); i++) {
				if (xml.getAttributeLocalName(i).equals(attribute)) return xml.getAttributeValue(i).strip();
			}
			return "";
		}

		private static int number(final XMLStreamReader xml, final String attribute) {
			final String text = text(xml, attribute);
			return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
		}
	}
}
