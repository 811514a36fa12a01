// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import javax.xml.stream.XMLStreamReader;

import io.github.isophene.screen.StreamingXml;

/** Channels of an IN Cell acquisition: their names, and their order in its {@code .xdce} file. */
final class InCellWavelengths {

	private InCellWavelengths() {}

	/**
	 * Returns the name of a channel whose filters are written {@code excitation - emission}: one of them if
	 * they are the same.
	 */
	static String name(final String filters) {
		final String[] both = filters.split(" - ", 2);
		return both.length == 2 && both[0].strip().equalsIgnoreCase(both[1].strip()) ? both[0].strip()
			: filters.strip();
	}

	/**
	 * Returns the channels that the first of some {@code .xdce} files lists, in the order of their numbers;
	 * none without a file.
	 */
	static List<String> read(final List<Path> files) throws IOException {
		if (files.isEmpty()) return List.of();
		final Map<Integer, String> names = new TreeMap<>();
		StreamingXml.read(files.get(0), new StreamingXml.Handler() {

			private int index = -1;
			private String excitation = "";

			@Override
			public void start(final String name, final XMLStreamReader xml) {
				switch (name) {
					case "Wavelength" -> index = number(xml.getAttributeValue(null, "index"), names.size());
					case "ExcitationFilter" -> excitation = text(xml);
					case "EmissionFilter" -> {
						if (index >= 0) names.putIfAbsent(index, name(excitation + " - " + text(xml)));
					}
					default -> {
						// nothing that a screen needs
					}
				}
			}

			@Override
			public void end(final String name, final String text) {
				if (name.equals("Wavelength")) index = -1;
			}
		});
		return List.copyOf(names.values());
	}

	/**
	 * Returns channels in the order of the wavelengths, two of the same filters beside each other, unknown ones
	 * last.
	 */
	static List<String> order(final List<String> wavelengths, final List<String> channels) {
		final Set<String> ordered = new LinkedHashSet<>();
		for (final String wavelength : wavelengths) {
			channels.stream()
				.filter(c -> c.equals(wavelength) || c.startsWith(wavelength + " wix "))
				.forEach(ordered::add);
		}
		ordered.addAll(channels);
		return new ArrayList<>(ordered);
	}

	private static String text(final XMLStreamReader xml) {
		final String name = xml.getAttributeValue(null, "name");
		return name == null ? "" : name.strip();
	}

	private static int number(final String text, final int otherwise) {
		return text != null && text.matches("\\d{1,4}") ? Integer.parseInt(text) : otherwise;
	}
}
