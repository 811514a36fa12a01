// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

/**
 * Sizes of the technical effects of one level (batch, plate or well) at shift 1;
 * at shift s every number is multiplied by s. z is standard normal, cut at +-2.5;
 * u is uniform in [0, 1). {@link Effects} has the numbers.
 * <table>
 * <caption>Distributions</caption>
 * <tr><th>effect</th><th>distribution</th></tr>
 * <tr><td>gain, per channel</td><td>exp(range z)</td></tr>
 * <tr><td>offset, per channel</td><td>range z, counts</td></tr>
 * <tr><td>blur, per channel</td><td>range |z|, sigma in pixels</td></tr>
 * <tr><td>vignetting</td><td>range u, fraction lost at a corner's distance</td></tr>
 * <tr><td>its center, x and y</td><td>range z, fraction of the field</td></tr>
 * <tr><td>bleed-through into the next channel</td><td>range u, fraction</td></tr>
 * <tr><td>noise</td><td>exp(range z), on the standard deviation</td></tr>
 * <tr><td>cell density</td><td>exp(range z)</td></tr>
 * </table>
 *
 * @param gain sd of the log gain
 * @param offset sd in counts
 * @param blur sd of sigma in pixels
 * @param vignetting largest fraction
 * @param center sd as fraction of the field
 * @param bleed largest fraction
 * @param noise sd of the log
 * @param density sd of the log
 */
public record EffectRanges(double gain, double offset, double blur, double vignetting, double center, double bleed,
	double noise, double density)
{

	/** No effects. */
	static final EffectRanges NONE = new EffectRanges(0, 0, 0, 0, 0, 0, 0, 0);
}
