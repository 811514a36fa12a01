// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.List;

/**
 * One simulated cell.
 *
 * @param body the cell's outline
 * @param nuclei its nuclei, at least one
 * @param angle direction of its long axis in radians
 * @param strength how strongly it shows its phenotype: 0 not at all
 * @param phenotype what it shows
 * @param brightness factor on each channel's light, in the order of {@link DemoChannel}
 * @param condensed whether it is dividing or dying: chromatin bright and without texture
 */
record Cell(Outline body, List<Outline> nuclei, double angle, double strength, Phenotype phenotype, double[] brightness,
	boolean condensed)
{

	/** This cell's own value of a trait. */
	double value(final Trait trait) {
		return phenotype.value(trait, strength);
	}

	double brightness(final DemoChannel channel) {
		return brightness[channel.ordinal()];
	}

	/** Returns whether a point lies in a nucleus, or within a margin (relative to its radius) of one. */
	boolean inNucleus(final double x, final double y, final double margin) {
		for (final Outline nucleus : nuclei) if (nucleus.at(x, y) < 1 + margin) return true;
		return false;
	}
}
