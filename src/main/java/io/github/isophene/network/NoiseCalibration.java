// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.stream.IntStream;

import io.github.isophene.network.weights.StateDict;

/**
 * Gives an untrained network stored statistics that make sense: those of a batch of
 * synthetic noise images with structure at all scales, mean 0 and variance 1. Computed
 * without the engine, in double precision and a fixed order, so that the bits are the
 * same on every machine; it is slow and meant for small networks.
 */
final class NoiseCalibration {

	private static final int IMAGES = 4;
	static final int SIZE = 96;

	/** Feature maps [n, c, h, w] of doubles. */
	private record Maps(int n, int c, int h, int w, double[] v) {

		Maps(final int n, final int c, final int h, final int w) {
			this(n, c, h, w, new double[n * c * h * w]);
		}
	}

	private final StateDict weights;

	private NoiseCalibration(final StateDict weights) {
		this.weights = weights;
	}

	/** The images [4, channels, 96, 96]. */
	static float[] images(final int channels, final long seed) {
		final double[] noise = noise(channels, seed).v;
		final float[] images = new float[noise.length];
		for (int i = 0; i < images.length; i++) images[i] = (float) noise[i];
		return images;
	}

	/** Sets all running means and variances. */
	static void calibrate(final Architecture architecture, final StateDict weights, final long seed) {
		final NoiseCalibration calibration = new NoiseCalibration(weights);
		Maps x = calibration.normalized(noise(architecture.stem().in(), seed), architecture.stem());
		x = maxPool(relu(x));
		for (final var stage : architecture.stages()) {
			for (final Architecture.Block block : stage) x = calibration.block(x, block);
		}
	}

	private Maps block(final Maps x, final Architecture.Block block) {
		Maps y = x;
		for (int i = 0; i < block.convs().size(); i++) {
			y = normalized(y, block.convs().get(i));
			if (i < block.convs().size() - 1) y = averagePool(relu(y), block.convs().get(i).pool());
		}
		final Architecture.ConvNorm shortcut = block.shortcut();
		final Maps other = shortcut == null ? x : normalized(averagePool(x, shortcut.pool()), shortcut);
		for (int i = 0; i < y.v.length; i++) y.v[i] += other.v[i];
		return relu(y);
	}

	/** Convolves, keeps mean and unbiased variance, and normalizes with the biased one, as training mode does. */
	private Maps normalized(final Maps x, final Architecture.ConvNorm conv) {
		final Maps y = convolve(x, conv);
		final int plane = y.h * y.w;
		final int count = y.n * plane;
		for (int c = 0; c < y.c; c++) {
			double sum = 0;
			for (int n = 0; n < y.n; n++) for (int i = 0; i < plane; i++) sum += y.v[(n * y.c + c) * plane + i];
			final double mean = sum / count;
			double squares = 0;
			for (int n = 0; n < y.n; n++) {
				for (int i = 0; i < plane; i++) {
					final double off = y.v[(n * y.c + c) * plane + i] - mean;
					squares += off * off;
				}
			}
			weights.get(conv.norm() + ".running_mean").values()[c] = (float) mean;
			weights.get(conv.norm() + ".running_var").values()[c] = (float) (squares / (count - 1));
			final double factor = weights.get(conv.norm() + ".weight").values()[c] /
				Math.sqrt(squares / count + NormParameters.EPSILON);
			final double shift = weights.get(conv.norm() + ".bias").values()[c];
			for (int n = 0; n < y.n; n++) {
				for (int i = (n * y.c + c) * plane, end = i + plane; i < end; i++)
					y.v[i] = (y.v[i] - mean) * factor + shift;
			}
		}
		return y;
	}

	private Maps convolve(final Maps x, final Architecture.ConvNorm conv) {
		final float[] weight = weights.get(conv.weight()).values();
		final int k = conv.kernel();
		final int p = conv.padding();
		final int s = conv.stride();
		final Maps y = new Maps(x.n, conv.out(), (x.h + 2 * p - k) / s + 1, (x.w + 2 * p - k) / s + 1);
		// One output plane per turn: their order, and so the number of threads, changes no bit.
		IntStream.range(0, x.n * y.c).parallel().forEach(plane -> {
			final int n = plane / y.c;
			final int o = plane % y.c;
			for (int t = 0; t < x.c * k * k; t++) {
				add(x, (n * x.c + t / (k * k)) * x.h * x.w, weight[o * x.c * k * k + t], t / k % k - p, t % k - p, s, y,
					plane * y.h * y.w);
			}
		});
		return y;
	}

	/** Adds to one output plane one input plane, shifted and times a weight. */
	private static void add(final Maps x, final int from, final double weight, final int dy, final int dx, final int s,
		final Maps y, final int to)
	{
		final int first = dx < 0 ? (-dx + s - 1) / s : 0;
		final int end = Math.min(y.w, (x.w - 1 - dx) / s + 1);
		for (int row = 0; row < y.h; row++) {
			final int in = row * s + dy;
			if (in < 0 || in >= x.h) continue;
			for (int i = first; i < end; i++) y.v[to + row * y.w + i] += weight * x.v[from + in * x.w + i * s + dx];
		}
	}

	private static Maps relu(final Maps x) {
		for (int i = 0; i < x.v.length; i++) x.v[i] = Math.max(0, x.v[i]);
		return x;
	}

	/** 3x3, stride 2, padding 1. */
	private static Maps maxPool(final Maps x) {
		final Maps y = new Maps(x.n, x.c, (x.h - 1) / 2 + 1, (x.w - 1) / 2 + 1);
		for (int i = 0; i < y.v.length; i++) {
			final int plane = i / (y.h * y.w);
			final int row = i / y.w % y.h * 2;
			final int column = i % y.w * 2;
			double max = Double.NEGATIVE_INFINITY;
			for (int r = Math.max(0, row - 1); r <= Math.min(x.h - 1, row + 1); r++) {
				for (int c = Math.max(0, column - 1); c <= Math.min(x.w - 1, column + 1); c++) {
					max = Math.max(max, x.v[(plane * x.h + r) * x.w + c]);
				}
			}
			y.v[i] = max;
		}
		return y;
	}

	private static Maps averagePool(final Maps x, final int size) {
		if (size == 1) return x;
		final Maps y = new Maps(x.n, x.c, x.h / size, x.w / size);
		for (int i = 0; i < y.v.length; i++) {
			double sum = 0;
			for (int t = 0; t < size * size; t++) {
				sum += x.v[(i / (y.h * y.w) * x.h + i / y.w % y.h * size + t / size) * x.w + i % y.w * size + t % size];
			}
			y.v[i] = sum / (size * size);
		}
		return y;
	}

	/** Noise at scales of 1 to 32 pixels, the coarser the stronger, interpolated bilinearly between its points. */
	private static Maps noise(final int channels, final long seed) {
		final Maps x = new Maps(IMAGES, channels, SIZE, SIZE);
		final Initialization.SplitMix random = new Initialization.SplitMix(seed, "noise");
		for (int plane = 0; plane < IMAGES * channels; plane++) {
			final double[] v = new double[SIZE * SIZE];
			for (int scale = 1; scale <= 32; scale *= 2) addNoise(v, scale, random);
			double sum = 0;
			for (final double value : v) sum += value;
			final double mean = sum / v.length;
			double squares = 0;
			for (final double value : v) squares += (value - mean) * (value - mean);
			final double sd = Math.sqrt(squares / v.length);
			for (int i = 0; i < v.length; i++) x.v[plane * v.length + i] = (v[i] - mean) / sd;
		}
		return x;
	}

	private static void addNoise(final double[] v, final int scale, final Initialization.SplitMix random) {
		final int points = SIZE / scale + 2;
		final double[] grid = new double[points * points];
		for (int i = 0; i < grid.length; i++) grid[i] = Math.sqrt(scale) * random.nextGaussian();
		for (int i = 0; i < v.length; i++) {
			final int row = i / SIZE / scale;
			final int column = i % SIZE / scale;
			final double fy = (double) (i / SIZE % scale) / scale;
			final double fx = (double) (i % SIZE % scale) / scale;
			final int at = row * points + column;
			v[i] += (1 - fy) * ((1 - fx) * grid[at] + fx * grid[at + 1]) +
				fy * ((1 - fx) * grid[at + points] + fx * grid[at + points + 1]);
		}
	}
}
