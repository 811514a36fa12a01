// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.file;

/**
 * Gray plane of a color image that shows one stain: all of its bands are the same, or multiples of the
 * strongest one, as
 * when a gray image was saved as RGB or drawn in one color. Images of several stains have no such plane.
 *
 * @param bands number of bands
 * @param pixels of a band
 * @param lossy whether bands may differ by what JPEG changes
 */
record OneStain(int bands, int pixels, boolean lossy) {

	/** Levels that rounding may cost when a color was applied; of JPEG, few pixels lose more. */
	private static final double ROUNDING = 2;
	private static final double LOSSY = 24;
	private static final double LOSSY_SHARE = 5e-4;
	private static final double LOSSY_RMS = 4;

	/** Value of a band at a pixel. */
	interface Bands {

		int at(int band, int pixel);
	}

	/**
	 * Returns the band that holds the stain.
	 *
	 * @param of values without sign
	 * @return -1 if the bands aren't multiples of one
	 */
	int find(final Bands of) {
		final double[][] products = new double[bands][bands];
		for (int i = 0; i < pixels; i++) {
			for (int a = 0; a < bands; a++) {
				for (int b = 0; b <= a; b++) products[a][b] += (double) of.at(a, i) * of.at(b, i);
			}
		}
		int strongest = 0;
		for (int b = 1; b < bands; b++) if (products[b][b] > products[strongest][strongest]) strongest = b;
		final double own = products[strongest][strongest];
		for (int b = 0; b < bands; b++) {
			if (b == strongest) continue;
			final double factor = own == 0 ? 0 : products[Math.max(b, strongest)][Math.min(b, strongest)] / own;
			if (!isMultiple(of, b, strongest, factor)) return -1;
		}
		return strongest;
	}

	private boolean isMultiple(final Bands of, final int band, final int strongest, final double factor) {
		long far = 0;
		double squares = 0;
		for (int i = 0; i < pixels; i++) {
			final double difference = Math.abs(of.at(band, i) - factor * of.at(strongest, i));
			if (difference > (lossy ? LOSSY : ROUNDING)) far++;
			squares += difference * difference;
		}
		return lossy ? far <= LOSSY_SHARE * pixels && Math.sqrt(squares / pixels) <= LOSSY_RMS : far == 0;
	}
}
