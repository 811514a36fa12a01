// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.isophene.pixels.Ranks;

/**
 * Statistics of the pixels of an image, as a network sees it: per channel mean, standard deviation, the root mean
 * square of the discrete Laplacian inside the image (sharpness) and the 1st, 5th, 25th, 50th, 75th, 95th and 99th
 * percentile; between each two channels Pearson's correlation. They tell of brightness, contrast, sharpness and the
 * overlap of channels. Ours.
 * <p>
 * The {@linkplain #detailed detailed} ones have coarser textures (the same sharpness of means of 2 x 2 and 4 x 4
 * pixels) and a number of bright objects besides, and percentiles from a histogram of every second row, for speed.
 * </p>
 */
public final class PixelStatistics {

	/** Prefix of the names of all columns. */
	public static final String PREFIX = "stat_";

	private static final double[] PERCENTILES = {1, 5, 25, 50, 75, 95, 99};
	private static final List<String> NAMES = List.of("mean", "sd", "sharpness", "p01", "p05", "p25", "p50", "p75",
		"p95", "p99");
	private static final List<String> DETAILS = List.of("sharpness2", "sharpness4", "objects");
	/** Mean, standard deviation, sharpness. */
	private static final int MOMENTS = 3;
	private static final int BINS = 2048;
	/** Products that are added in single precision before they enter a sum in double precision. */
	private static final int BLOCK = 1024;
	/** Part of the way from Otsu's threshold to the mean of what is brighter that an object must reach. */
	private static final double BRIGHT = .5;

	private PixelStatistics() {}

	/**
	 * Computes those of one image with exact percentiles (linear between ranks).
	 *
	 * @param image [C, H, W]; stays as it is
	 * @return [C * 10 + C (C - 1) / 2]
	 */
	public static float[] of(final float[] image, final int channels, final int height, final int width) {
		return new Statistician(image.clone(), channels, height, width, false).compute();
	}

	/**
	 * Computes the detailed ones of one image. Percentiles are those of every second row, from {@value #BINS} equal
	 * bins between the lowest and the highest value.
	 *
	 * @param image [C, H, W]; is used as memory, and holds other values afterwards
	 * @return [C * 13 + C (C - 1) / 2], as {@link #names} names them
	 */
	public static float[] detailed(final float[] image, final int channels, final int height, final int width) {
		return new Statistician(image, channels, height, width, true).compute();
	}

	/**
	 * Names of the detailed ones, such as {@code stat_DNA_mean} and {@code stat_DNA_Actin_correlation}.
	 *
	 * @param channels their names
	 */
	public static List<String> names(final List<String> channels) {
		final List<String> names = new ArrayList<>();
		for (final String channel : channels) {
			for (final String name : NAMES) names.add(PREFIX + channel + "_" + name);
			for (final String name : DETAILS) names.add(PREFIX + channel + "_" + name);
		}
		for (int a = 0; a < channels.size(); a++)
			for (int b = a + 1; b < channels.size(); b++)
				names.add(PREFIX + channels.get(a) + "_" + channels.get(b) + "_correlation");
		return names;
	}

	/** Computes the statistics of one image. */
	private static final class Statistician {

		private final float[] image;
		private final int channels;
		private final int height;
		private final int width;
		private final boolean details;
		private final int per;
		private final float[] profile;
		private final float[] row;

		Statistician(final float[] image, final int channels, final int height, final int width,
			final boolean details)
		{
			this.image = image;
			this.channels = channels;
			this.height = height;
			this.width = width;
			this.details = details;
			per = NAMES.size() + (details ? DETAILS.size() : 0);
			profile = new float[channels * per + channels * (channels - 1) / 2];
			row = new float[width];
		}

		float[] compute() {
			final int n = height * width;
			final double[] sd = new double[channels];
			for (int c = 0; c < channels; c++) {
				final int from = c * n;
				if (details) fromHistogram(c, from);
				else exact(c, from, n);
				final float mean = (float) (sum(from, n) / n);
				profile[c * per] = mean;
				// Sums of squares lose digits unless they are of deviations.
				for (int i = from; i < from + n; i++) image[i] -= mean;
				sd[c] = Math.sqrt(dot(image, from, image, from, n) / n);
				profile[c * per + 1] = (float) sd[c];
				profile[c * per + 2] = (float) sharpness(image, from, height, width);
				if (details) textures(c, from);
			}
			int at = channels * per;
			for (int a = 0; a < channels; a++) {
				for (int b = a + 1; b < channels; b++) {
					// An even channel correlates with nothing.
					profile[at++] = sd[a] > 0 && sd[b] > 0
						? (float) (dot(image, a * n, image, b * n, n) / n / sd[a] / sd[b]) : 0;
				}
			}
			return profile;
		}

		private void exact(final int channel, final int from, final int n) {
			final float[] sorted = Arrays.copyOfRange(image, from, from + n);
			Arrays.sort(sorted);
			final Ranks ranks = Ranks.ofSorted(sorted);
			for (int p = 0; p < PERCENTILES.length; p++)
				profile[channel * per + MOMENTS + p] = (float) ranks.percentile(PERCENTILES[p]);
		}

		private double sum(final int from, final int n) {
			double sum = 0;
			for (int start = from; start < from + n; start += BLOCK) {
				final int end = Math.min(from + n, start + BLOCK);
				float a = 0;
				float b = 0;
				float c = 0;
				float d = 0;
				int i = start;
				for (; i + 3 < end; i += 4) {
					a += image[i];
					b += image[i + 1];
					c += image[i + 2];
					d += image[i + 3];
				}
				for (; i < end; i++) a += image[i];
				sum += (double) a + b + c + d;
			}
			return sum;
		}

		/**
		 * Percentiles of every second row and, from the same histogram, the threshold of objects, which is kept in
		 * their place.
		 */
		private void fromHistogram(final int channel, final int from) {
			float low = image[from];
			float high = low;
			int n = 0;
			for (int y = 0; y < height; y += 2) {
				final int end = from + (y + 1) * width;
				for (int i = end - width; i < end; i++) {
					final float v = image[i];
					low = v < low ? v : low;
					high = v > high ? v : high;
				}
				n += width;
			}
			final int at = channel * per;
			if (!(high > low)) {
				Arrays.fill(profile, at + MOMENTS, at + MOMENTS + PERCENTILES.length, low);
				profile[at + per - 1] = Float.POSITIVE_INFINITY;
				return;
			}
			final float scale = (BINS - 1) / (high - low);
			// Neighboring pixels fall into one bin: two histograms in turn need not wait for each other.
			final int[] even = new int[BINS];
			final int[] odd = new int[BINS];
			for (int y = 0; y < height; y += 2) {
				final int end = from + (y + 1) * width;
				int i = end - width;
				for (; i + 1 < end; i += 2) {
					even[(int) ((image[i] - low) * scale)]++;
					odd[(int) ((image[i + 1] - low) * scale)]++;
				}
				if (i < end) even[(int) ((image[i] - low) * scale)]++;
			}
			for (int b = 0; b < BINS; b++) even[b] += odd[b];
			int bin = 0;
			long below = 0;
			for (int p = 0; p < PERCENTILES.length; p++) {
				final double rank = (n - 1) * PERCENTILES[p] / 100;
				while (below + even[bin] <= rank) below += even[bin++];
				final double within = (rank - below + .5) / even[bin];
				profile[at + MOMENTS + p] = (float) Math.min(high, low + (bin + within) / scale);
			}
			profile[at + per - 1] = (float) threshold(even, low, scale);
		}

		/** Otsu's threshold, and half of the way from there to the mean of what is brighter. */
		private static double threshold(final int[] counts, final float low, final float scale) {
			long all = 0;
			double sum = 0;
			for (int b = 0; b < BINS; b++) {
				all += counts[b];
				sum += (double) b * counts[b];
			}
			long dark = 0;
			double darkSum = 0;
			double best = -1;
			double found = 0;
			double bright = 0;
			for (int b = 0; b < BINS - 1; b++) {
				dark += counts[b];
				darkSum += (double) b * counts[b];
				if (dark == 0 || dark == all) continue;
				final double upper = (sum - darkSum) / (all - dark);
				final double between = (double) dark * (all - dark) * Math.pow(darkSum / dark - upper, 2);
				if (between <= best) continue;
				best = between;
				found = b + 1;
				bright = upper + .5;
			}
			return low + (found + BRIGHT * (bright - found)) / scale;
		}

		/** Sharpness of coarser images, and the number of objects, of deviations from the mean. */
		private void textures(final int channel, final int from) {
			final int at = channel * per;
			final int h2 = height / 2;
			final int w2 = width / 2;
			final int h4 = height / 4;
			final int w4 = width / 4;
			final float[] half = halved(image, from, width, h2, w2);
			final float[] quarter = halved(half, 0, w2, h4, w4);
			profile[at + per - 3] = (float) sharpness(half, 0, h2, w2);
			profile[at + per - 2] = (float) sharpness(quarter, 0, h4, w4);
			profile[at + per - 1] = objects(quarter, h4, w4, profile[at + per - 1] - profile[at]);
		}

		/** Means of 2 x 2 pixels, [height, width] of the result. */
		private static float[] halved(final float[] image, final int from, final int stride, final int height,
			final int width)
		{
			final float[] half = new float[height * width];
			for (int y = 0; y < height; y++) {
				final int a = from + 2 * y * stride;
				final int b = a + stride;
				for (int x = 0; x < width; x++)
					half[y * width + x] = .25f *
						(image[a + 2 * x] + image[a + 2 * x + 1] + image[b + 2 * x] + image[b + 2 * x + 1]);
			}
			return half;
		}

		/** Local maxima of means of 3 x 3 that are above a threshold; of equal neighbors the first counts. */
		private static int objects(final float[] image, final int height, final int width, final float threshold) {
			if (height < 5 || width < 5) return 0;
			final float[] smooth = new float[height * width];
			Arrays.fill(smooth, Float.NEGATIVE_INFINITY);
			for (int y = 1; y < height - 1; y++) {
				for (int x = 1; x < width - 1; x++) {
					final int i = y * width + x;
					float sum = 0;
					for (int d = -width; d <= width; d += width)
						sum += image[i + d - 1] + image[i + d] + image[i + d + 1];
					smooth[i] = sum / 9;
				}
			}
			int count = 0;
			for (int y = 1; y < height - 1; y++) {
				for (int x = 1; x < width - 1; x++) {
					final int i = y * width + x;
					final float v = smooth[i];
					if (v > threshold && v > smooth[i - width - 1] && v > smooth[i - width] &&
						v > smooth[i - width + 1] && v > smooth[i - 1] && v >= smooth[i + 1] &&
						v >= smooth[i + width - 1] && v >= smooth[i + width] && v >= smooth[i + width + 1]) count++;
				}
			}
			return count;
		}

		private double sharpness(final float[] of, final int from, final int height, final int width) {
			final int inner = width - 2;
			if (inner < 1 || height < 3) return 0;
			double squares = 0;
			for (int y = 1; y < height - 1; y++) {
				final int at = from + y * width + 1;
				for (int x = 0; x < inner; x++)
					row[x] = of[at + x - 1] + of[at + x + 1] + of[at + x - width] + of[at + x + width] - 4 * of[at + x];
				squares += dot(row, 0, row, 0, inner);
			}
			return Math.sqrt(squares / ((height - 2) * inner));
		}
	}

	/** The sum of products, in blocks of single precision. */
	private static double dot(final float[] a, final int fromA, final float[] b, final int fromB, final int n) {
		double sum = 0;
		for (int start = 0; start < n; start += BLOCK) {
			final int end = Math.min(n, start + BLOCK);
			float p = 0;
			float q = 0;
			float r = 0;
			float s = 0;
			float t = 0;
			float u = 0;
			float v = 0;
			float w = 0;
			int i = start;
			for (; i + 7 < end; i += 8) {
				final int x = fromA + i;
				final int y = fromB + i;
				p += a[x] * b[y];
				q += a[x + 1] * b[y + 1];
				r += a[x + 2] * b[y + 2];
				s += a[x + 3] * b[y + 3];
				t += a[x + 4] * b[y + 4];
				u += a[x + 5] * b[y + 5];
				v += a[x + 6] * b[y + 6];
				w += a[x + 7] * b[y + 7];
			}
			for (; i < end; i++) p += a[fromA + i] * b[fromB + i];
			sum += (double) p + q + r + s + t + u + v + w;
		}
		return sum;
	}
}
