// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import io.github.isophene.screen.Wells;

/**
 * Dependence of the gain on a well's position: a gradient over rows,
 * one over columns, and an edge effect.
 *
 * @param rows log gain from the first row to the last
 * @param columns log gain from the first column to the last
 * @param edge log gain of the outermost wells
 */
public record PlatePosition(double rows, double columns, double edge) {

	/** Draws the three sizes for one plate. */
	static PlatePosition sample(final DemoRandom random, final double shift) {
		return new PlatePosition(Micro.round(shift * Effects.GRADIENT * random.normal(2.5)), //
			Micro.round(shift * Effects.GRADIENT * random.normal(2.5)), //
			Micro.round(shift * Effects.EDGE * random.normal(2.5)));
	}

	/** Returns the effect on a well of a plate with so many rows and columns, on so many channels. */
	BatchEffect at(final String well, final int plateRows, final int plateColumns, final int channels) {
		final int row = Wells.row(well) - 1;
		final int column = Wells.column(well) - 1;
		final boolean outermost = row == 0 || column == 0 || row == plateRows - 1 || column == plateColumns - 1;
		final double log = rows * (row / (plateRows - 1.) - .5) + columns * (column / (plateColumns - 1.) - .5) +
			(outermost ? edge : 0);
		return BatchEffect.ofGain(StrictMath.exp(log), channels);
	}
}
