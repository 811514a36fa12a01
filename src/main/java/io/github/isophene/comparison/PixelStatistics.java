// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;

import io.github.isophene.pixels.Ranks;
import io.github.isophene.pixels.TileSource;
import io.github.isophene.progress.Progress;

/**
 * Statistics of the pixels of each image, as the trained networks see it: per channel mean, standard deviation, the
 * 1st, 5th, 25th, 50th, 75th, 95th and 99th percentile (linear between ranks) and the root mean square of the discrete
 * Laplacian inside the image; between each two channels Pearson's correlation. The baseline without any network: what
 * brightness, contrast, sharpness and the overlap of channels tell. Ours.
 */
final class PixelStatistics {

	private static final double[] PERCENTILES = {1, 5, 25, 50, 75, 95, 99};
	/** Mean, standard deviation, sharpness. */
	private static final int MOMENTS = 3;

	private PixelStatistics() {}

	/**
	 * Computes them for all images of a comparison.
	 *
	 * @throws IOException if an image can't be read
	 * @throws java.util.concurrent.CancellationException if canceled
	 */
	static FrozenProfiles of(final ComparisonData data, final Progress progress) throws IOException {
		final TileSource tiles = data.images().tiles();
		final int c = tiles.channels();
		final int side = tiles.size();
		final FloatBuffer values = FloatBuffer.allocate(Math.multiplyExact(c, side * side));
		final float[][] profiles = new float[data.samples().size()][];
		for (int i = 0; i < profiles.length; i++) {
			progress.check(Comparison.CANCELED);
			tiles.read(i, null, values.clear());
			profiles[i] = of(values.array(), c, side, side);
		}
		return new FrozenProfiles("pixel statistics", profiles);
	}

	/** Computes them for one image [C, H, W]. */
	static float[] of(final float[] image, final int channels, final int height, final int width) {
		final int n = height * width;
		final int per = MOMENTS + PERCENTILES.length;
		final float[] profile = new float[channels * per + channels * (channels - 1) / 2];
		final double[] mean = new double[channels];
		final double[] sd = new double[channels];
		for (int c = 0; c < channels; c++) {
			final float[] of = Arrays.copyOfRange(image, c * n, (c + 1) * n);
			for (final float v : of) mean[c] += v;
			mean[c] /= n;
			double squares = 0;
			for (final float v : of) squares += (v - mean[c]) * (v - mean[c]);
			sd[c] = Math.sqrt(squares / n);
			profile[c * per] = (float) mean[c];
			profile[c * per + 1] = (float) sd[c];
			profile[c * per + 2] = (float) sharpness(of, height, width);
			Arrays.sort(of);
			final Ranks ranks = Ranks.ofSorted(of);
			for (int p = 0; p < PERCENTILES.length; p++)
				profile[c * per + MOMENTS + p] = (float) ranks.percentile(PERCENTILES[p]);
		}
		int at = channels * per;
		for (int a = 0; a < channels; a++) {
			for (int b = a + 1; b < channels; b++) {
				double products = 0;
				for (int i = 0; i < n; i++) products += (image[a * n + i] - mean[a]) * (image[b * n + i] - mean[b]);
				// An even channel correlates with nothing.
				profile[at++] = sd[a] > 0 && sd[b] > 0 ? (float) (products / n / sd[a] / sd[b]) : 0;
			}
		}
		return profile;
	}

	private static double sharpness(final float[] of, final int height, final int width) {
		double squares = 0;
		for (int y = 1; y < height - 1; y++) {
			for (int x = 1; x < width - 1; x++) {
				final int i = y * width + x;
				final double laplacian = of[i - 1] + (double) of[i + 1] + of[i - width] + of[i + width] - 4.0 * of[i];
				squares += laplacian * laplacian;
			}
		}
		return Math.sqrt(squares / Math.max(1, (height - 2) * (width - 2)));
	}
}
