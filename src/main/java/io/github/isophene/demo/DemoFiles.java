// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

/** File names of a simulated screen, relative to its folder. */
final class DemoFiles {

	/** The screen table; written last, so that it is there only if everything is. */
	static final String TABLE = "screen.csv";
	/** Table of the effects on every field. */
	static final String TRUTH_TABLE = "truth.csv";
	/** Options, phenotypes, ranges, effects of batches and plates; written first: it says whose folder this is. */
	static final String TRUTH = "truth.json";

	private DemoFiles() {}

	/** One channel of one field: {@code B1_P1/B1_P1_A01_s1_DNA.tif}. */
	static String image(final PlannedField field, final DemoChannel channel) {
		final String plate = field.plateName();
		return plate + "/" + plate + "_" + field.well() + "_s" + field.site() + "_" + channel.label() + ".tif";
	}
}
