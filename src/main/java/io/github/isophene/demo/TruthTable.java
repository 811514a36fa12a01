// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * truth.csv: one row per field with its class, its number of cells and the exact
 * sizes of all technical effects on it (batch, plate and position together), in
 * the order and units of {@link BatchEffect}.
 */
public final class TruthTable {

	private TruthTable() {}

	/**
	 * @param fields in the screen table's order
	 * @param cells how many cells each of them shows
	 */
	static String text(final List<PlannedField> fields, final int[] cells) {
		final StringBuilder text = new StringBuilder(header()).append('\n');
		for (int i = 0; i < fields.size(); i++) text.append(row(fields.get(i), cells[i])).append('\n');
		return text.toString();
	}

	/** Returns the columns of the optical effects and the noise: all but the cell density. */
	public static List<String> columns(final List<String> channels) {
		final List<String> columns = new ArrayList<>();
		for (final String effect : List.of("gain", "offset", "blur", "bleed")) {
			for (final String channel : channels) columns.add(effect + "_" + channel);
		}
		columns.addAll(List.of("vignetting", "centre_x", "centre_y", "noise"));
		return columns;
	}

	/** Returns the values of {@link #columns}. */
	public static List<String> values(final BatchEffect effect) {
		final List<Double> sizes = new ArrayList<>(effect.gain());
		sizes.addAll(effect.offset());
		sizes.addAll(effect.blur());
		sizes.addAll(effect.bleed());
		sizes.addAll(List.of(effect.vignetting(), effect.centerX(), effect.centerY(), effect.noise()));
		return sizes.stream().map(Micro::text).toList();
	}

	private static String header() {
		final List<
			String> header = new ArrayList<>(List.of("batch", "plate", "well", "site", "class", "name", "cells"));
		header.addAll(columns(DemoChannel.labels()));
		header.add("density");
		return String.join(",", header);
	}

	private static String row(final PlannedField field, final int cells) {
		final List<String> row = new ArrayList<>(List.of(field.batchName(), field.plateName(), field.well(),
			String.valueOf(field.site()), String.valueOf(field.label()), field.phenotype().name(),
			String.valueOf(cells)));
		row.addAll(values(field.effect()));
		row.add(Micro.text(field.effect().density()));
		return String.join(",", row);
	}
}
