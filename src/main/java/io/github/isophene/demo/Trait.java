// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

/**
 * Trait of a cell that a phenotype can change, with its value in an untreated cell.
 * Lengths in pixels.
 */
public enum Trait {

	/** Cells per area, relative. Acts on whole fields. */
	DENSITY(1),
	/** Area of a nucleus, relative. */
	NUCLEUS_AREA(1),
	/** Long over short axis of a nucleus. */
	NUCLEUS_ELONGATION(1.3),
	/** Probability that a cell has two to four nuclei. */
	MULTINUCLEATE(.03),
	/** Area of the cell body, relative. */
	CELL_AREA(1),
	/** Long over short axis of the cell body. */
	ELONGATION(1.35),
	/** Degree to which cells point the same way: 0 at random, 1 all parallel. Acts on whole fields. */
	ALIGNMENT(0),
	/** Raggedness of the outline: 0 an ellipse. */
	IRREGULARITY(1),
	/** Length of a mitochondrion; 0 is a granule. */
	MITO_LENGTH(10),
	/** Mitochondria per cell. The channel's total intensity does not depend on it. */
	MITO_COUNT(60),
	/** Distance that mitochondria reach from the nucleus, relative. */
	MITO_SPREAD(1),
	/** Actin fibers per cell. */
	FIBRES(12),
	/** Intensity of the DNA stain, relative. */
	DNA(1),
	/** Intensity of the ER stain, relative. */
	ER(1),
	/** Intensity of the AGP stain, relative. */
	AGP(1),
	/** Intensity of the Mito stain, relative. */
	MITO(1);

	private final double neutral;

	Trait(final double neutral) {
		this.neutral = neutral;
	}

	/** The value of an untreated cell. */
	public double neutral() {
		return neutral;
	}
}
