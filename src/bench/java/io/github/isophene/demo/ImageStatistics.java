// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.isophene.pixels.Ranks;

/**
 * Statistics of one image of several channels in [0, 1], as they were published
 * for JUMP source 3 (bscheuringer/cell-painting-domain-shift-baselines): per
 * channel mean, sd, percentiles, shares of dark and white pixels, variance of the
 * discrete Laplacian and share of the power above the median radial frequency;
 * per pair of channels Pearson's correlation.
 */
final class ImageStatistics {

	private static final List<String> PER_CHANNEL = List.of("mean", "std", "median", "p5", "p95", "iqr",
		"dynamic_range", "sat_low", "sat_high", "sharpness", "hf_ratio");

	private ImageStatistics() {}

	/** The names: all statistics of the first channel, of the second, ..., then the pairs. */
	static List<String> names(final List<String> channels) {
		final List<String> names = new ArrayList<>();
		for (final String channel : channels) for (final String name : PER_CHANNEL) names.add(channel + "_" + name);
		for (int i = 0; i < channels.size(); i++) {
			for (int j = i + 1; j < channels.size(); j++) names.add("corr_" + channels.get(i) + "_" + channels.get(j));
		}
		return names;
	}

	/**
	 * @param channels one array per channel, [size * size]
	 * @param size a power of two
	 */
	static double[] of(final List<float[]> channels, final int size) {
		final List<Double> all = new ArrayList<>();
		for (final float[] channel : channels) append(all, channel, size);
		for (int i = 0; i < channels.size(); i++) {
			for (int j = i + 1; j < channels.size(); j++) all.add(correlation(channels.get(i), channels.get(j)));
		}
		return all.stream().mapToDouble(Double::doubleValue).toArray();
	}

	private static void append(final List<Double> all, final float[] image, final int size) {
		final float[] sorted = image.clone();
		Arrays.sort(sorted);
		double low = 0, high = 0;
		for (final float v : image) {
			if (v < .02f) low++;
			if (v > .98f) high++;
		}
		final Ranks ranks = Ranks.ofSorted(sorted);
		final double p5 = ranks.percentile(5), p95 = ranks.percentile(95);
		all.addAll(List.of(mean(image), Math.sqrt(variance(image)), ranks.percentile(50), p5, p95,
			ranks.percentile(75) - ranks.percentile(25), p95 - p5, low / image.length, high / image.length,
			variance(laplacian(image, size)), highFrequencies(image, size)));
	}

	private static double mean(final float[] values) {
		double sum = 0;
		for (final float v : values) sum += v;
		return sum / values.length;
	}

	private static double variance(final float[] values) {
		final double mean = mean(values);
		double sum = 0;
		for (final float v : values) sum += (v - mean) * (v - mean);
		return sum / values.length;
	}

	/** Sum of the four neighbors minus four times the pixel; beyond an edge, the pixel itself is repeated. */
	private static float[] laplacian(final float[] image, final int size) {
		final float[] result = new float[image.length];
		for (int y = 0; y < size; y++) {
			for (int x = 0; x < size; x++) {
				final int p = y * size + x;
				result[p] = image[y == 0 ? p : p - size] + image[y == size - 1 ? p : p + size] +
					image[x == 0 ? p : p - 1] + image[x == size - 1 ? p : p + 1] - 4 * image[p];
			}
		}
		return result;
	}

	private static double correlation(final float[] a, final float[] b) {
		final double meanA = mean(a), meanB = mean(b);
		double ab = 0, aa = 0, bb = 0;
		for (int i = 0; i < a.length; i++) {
			ab += (a[i] - meanA) * (b[i] - meanB);
			aa += (a[i] - meanA) * (a[i] - meanA);
			bb += (b[i] - meanB) * (b[i] - meanB);
		}
		return ab / Math.sqrt(aa * bb);
	}

	private static double highFrequencies(final float[] image, final int size) {
		final double[] cos = new double[size / 2], sin = new double[size / 2];
		for (int k = 0; k < size / 2; k++) {
			cos[k] = Math.cos(-2 * Math.PI * k / size);
			sin[k] = Math.sin(-2 * Math.PI * k / size);
		}
		final double[] real = new double[image.length], imaginary = new double[image.length];
		for (int i = 0; i < image.length; i++) real[i] = image[i];
		for (int y = 0; y < size; y++) transform(real, imaginary, y * size, 1, cos, sin);
		for (int x = 0; x < size; x++) transform(real, imaginary, x, size, cos, sin);
		final double[] radii = new double[image.length];
		for (int i = 0; i < image.length; i++) radii[i] = radius(i, size);
		final double[] sorted = radii.clone();
		Arrays.sort(sorted);
		final double median = (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
		double total = 0, high = 0;
		for (int i = 0; i < image.length; i++) {
			final double power = real[i] * real[i] + imaginary[i] * imaginary[i];
			total += power;
			if (radii[i] > median) high += power;
		}
		return total == 0 ? 0 : high / total;
	}

	private static double radius(final int index, final int size) {
		final int y = index / size, x = index % size;
		return Math.hypot(y < size / 2 ? y : y - size, x < size / 2 ? x : x - size);
	}

	/** Radix-2 Fourier transform of the values at start, start + step, ..., in place. */
	private static void transform(final double[] real, final double[] imaginary, final int start, final int step,
		final double[] cos, final double[] sin)
	{
		final int count = 2 * cos.length;
		final int bits = Integer.numberOfTrailingZeros(count);
		final double[] re = new double[count], im = new double[count];
		for (int i = 0; i < count; i++) {
			final int from = start + (Integer.reverse(i) >>> 32 - bits) * step;
			re[i] = real[from];
			im[i] = imaginary[from];
		}
		for (int half = 1; half < count; half <<= 1) {
			final int stride = cos.length / half;
			for (int block = 0; block < count; block += 2 * half) {
				for (int k = 0; k < half; k++) {
					final int a = block + k, b = a + half;
					final double r = re[b] * cos[k * stride] - im[b] * sin[k * stride];
					final double i = re[b] * sin[k * stride] + im[b] * cos[k * stride];
					re[b] = re[a] - r;
					im[b] = im[a] - i;
					re[a] += r;
					im[a] += i;
				}
			}
		}
		for (int i = 0; i < count; i++) {
			real[start + i * step] = re[i];
			imaginary[start + i * step] = im[i];
		}
	}
}
