// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.xml.stream.XMLStreamReader;

/**
 * Harmony's assay layout: layers, each with a value per well. A layer becomes a
 * column; wells that are blank in all layers are left out.
 */
final class AssayLayout implements StreamingXml.Handler {

	private final List<String> layers = new ArrayList<>();
	private final Map<String, Map<Integer, String>> wells = new TreeMap<>(NaturalOrder.COMPARATOR);
	private final Map<String, String> well = new HashMap<>();
	private boolean inWell;

	/** @throws IOException if it isn't well-formed or no well has a value */
	static KeyedRows read(final Path file) throws IOException {
		final AssayLayout layout = new AssayLayout();
		try {
			StreamingXml.read(file, layout);
			return layout.rows(file);
		}
		catch (final IllegalArgumentException e) {
			throw new IOException(file + ": " + e.getMessage(), e);
		}
	}

	@Override
	public void start(final String name, final XMLStreamReader attributes) {
		if (name.equals("Well")) {
			inWell = true;
			well.clear();
		}
	}

	@Override
	public void end(final String name, final String text) {
		if (name.equals("Well")) {
			inWell = false;
			final String value = well.getOrDefault("Value", "");
			if (value.isEmpty()) return;
			final String place = Wells.of(well.getOrDefault("Row", ""), well.getOrDefault("Col", ""));
			if (wells.computeIfAbsent(place, k -> new HashMap<>()).put(layers.size() - 1, value) != null) {
				throw new IllegalArgumentException(
					"well " + place + " comes twice in the layer " + layers.get(layers.size() - 1));
			}
		}
		else if (inWell) well.put(name, text);
		else if (name.equals("Name")) layers.add(text);
	}

	private KeyedRows rows(final Path file) throws IOException {
		if (wells.isEmpty()) {
			throw new IOException(file + " is no assay layout, or an empty one: no well has a value" +
				(layers.isEmpty() ? "" : " in the layers " + String.join(", ", layers)));
		}
		final AddedColumns added = new AddedColumns(layers, List.of());
		final KeyedRows rows = new KeyedRows(added.names());
		wells.forEach((name, values) -> {
			final String[] cells = new String[layers.size()];
			Arrays.setAll(cells, i -> values.getOrDefault(i, ""));
			rows.put(List.of(name), added.values(cells), "well " + name);
		});
		return rows;
	}
}
