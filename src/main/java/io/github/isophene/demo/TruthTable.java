// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * truth.csv: one row per field with its class, its number of cells and the exact
 * sizes of all technical effects on it (batch, plate and position together), in
 * the order and units of {@link BatchEffect}.
 */
final class TruthTable {

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

	private static String header() {
		final List<
			String> header = new ArrayList<>(List.of("batch", "plate", "well", "site", "class", "name", "cells"));
		for (final String effect : List.of("gain", "offset", "blur", "bleed")) {
			for (final String channel : DemoChannel.labels()) header.add(effect + "_" + channel);
		}
		header.addAll(List.of("vignetting", "centre_x", "centre_y", "noise", "density"));
		return String.join(",", header);
	}

	private static String row(final PlannedField field, final int cells) {
		final BatchEffect effect = field.effect();
		final List<Double> sizes = new ArrayList<>(effect.gain());
		sizes.addAll(effect.offset());
		sizes.addAll(effect.blur());
		sizes.addAll(effect.bleed());
		sizes
			.addAll(List.of(effect.vignetting(), effect.centreX(), effect.centreY(), effect.noise(), effect.density()));
		return String.join(",", field.batchName(), field.plateName(), field.well(), String.valueOf(field.site()),
			String.valueOf(field.label()), field.phenotype().name(), String.valueOf(cells),
			sizes.stream().map(Micro::text).collect(Collectors.joining(",")));
	}
}
