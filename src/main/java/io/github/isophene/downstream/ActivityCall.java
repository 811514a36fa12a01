// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.downstream;

import java.util.Locale;

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
 * @param smallestP p-value if all replicates came before all controls: few controls allow none below
 * @param smallestQ false discovery rate if every call of the level had its smallest p-value
 */
public record ActivityCall(String compound, double dose, int wells, double value, double chance, double p, double q,
	double smallestP, double smallestQ)
{

	/** False discovery rate below which a treatment is called active. */
	public static final double SIGNIFICANT = .05;

	/** Returns whether replicates are more similar to each other than to controls. */
	public boolean isActive() {
		return q < SIGNIFICANT;
	}

	/** Returns whether not even a perfect ranking would be active: wells are too few to tell. */
	public boolean isOpen() {
		return smallestQ >= SIGNIFICANT;
	}

	/** Returns the call: {@code active}, {@code not active} or {@code can't be called}. */
	public String call() {
		return isActive() ? "active" : isOpen() ? "can't be called" : "not active";
	}

	/** Returns the call, and the reason where there can be none. */
	public String words() {
		return call() + (!isOpen() || isActive() ? ""
			: smallestP < SIGNIFICANT ? String.format(Locale.ROOT, ": the smallest possible q is %.2g", smallestQ)
			: String.format(Locale.ROOT, ": the smallest possible p is %.2g", smallestP));
	}
}
