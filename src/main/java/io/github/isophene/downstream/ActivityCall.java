// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.downstream;

/**
 * Similarity of a treatment's replicates to each other, against that to negative controls.
 *
 * @param compound the compound
 * @param dose NaN where the call is on all doses of the compound together, or there are none
 * @param wells how many wells have a replicate
 * @param value mean average precision
 * @param chance what random rankings give
 * @param p p-value by random rankings
 * @param q false discovery rate over all calls of the same level (Benjamini and Hochberg)
 */
public record ActivityCall(String compound, double dose, int wells, double value, double chance, double p, double q) {

	/** False discovery rate below which a treatment is called active. */
	public static final double SIGNIFICANT = .05;

	/** Returns the call. */
	public boolean isActive() {
		return q < SIGNIFICANT;
	}
}
