// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

/**
 * Strength of technical effects at shift 1; at shift s every number is
 * multiplied by s. The ranges are part of the simulator, not options: fixed
 * beforehand, never tuned to a method's result. z is standard normal, cut at
 * +-2.5; u is uniform in [0, 1).
 * <table>
 * <caption>Ranges at shift 1</caption>
 * <tr><th>effect</th><th>distribution</th><th>batch</th><th>plate</th></tr>
 * <tr><td>gain, per channel</td><td>exp(range z)</td><td>0.35</td><td>0.10</td></tr>
 * <tr><td>offset, per channel</td><td>range z, counts</td><td>25</td><td>6</td></tr>
 * <tr><td>blur, per channel</td><td>range |z|, sigma in pixels</td><td>0.9</td><td>0.25</td></tr>
 * <tr><td>vignetting</td><td>range u, fraction lost at a corner's distance</td><td>0.45</td><td>0.08</td></tr>
 * <tr><td>its centre, x and y</td><td>range z, fraction of the field</td><td>0.15</td><td>0.03</td></tr>
 * <tr><td>bleed-through into the next channel</td><td>range u, fraction</td><td>0.25</td><td>0.04</td></tr>
 * <tr><td>noise</td><td>exp(range z), on the standard deviation</td><td>0.30</td><td>0.08</td></tr>
 * <tr><td>cell density</td><td>exp(range z)</td><td>0.15</td><td>0.08</td></tr>
 * </table>
 * The position on a plate changes the gain of all channels alike:
 * exp(range z) between the first and last row, the same between the columns, and
 * in the outermost wells; its three z are drawn once per plate.
 *
 * @param gain sd of the log gain
 * @param offset sd in counts
 * @param blur sd of sigma in pixels
 * @param vignetting largest fraction
 * @param centre sd as fraction of the field
 * @param bleed largest fraction
 * @param noise sd of the log
 * @param density sd of the log
 */
public record EffectRanges(double gain, double offset, double blur, double vignetting, double centre, double bleed,
	double noise, double density)
{

	/** Effects that all plates of a batch share. */
	public static final EffectRanges BATCH = new EffectRanges(.35, 25, .9, .45, .15, .25, .30, .15);

	/** Effects that differ between plates of a batch. */
	public static final EffectRanges PLATE = new EffectRanges(.10, 6, .25, .08, .03, .04, .08, .08);

	/** sd of the log gain from the first to the last row, and from the first to the last column. */
	public static final double GRADIENT = .12;

	/** sd of the log gain of the outermost wells against the others. */
	public static final double EDGE = .10;
}
