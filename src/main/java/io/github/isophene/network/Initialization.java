// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.github.isophene.network.weights.NamedTensor;
import io.github.isophene.network.weights.StateDict;

/**
 * First weights from a seed, the same bits on every machine: computed in double precision
 * with {@link StrictMath} and a generator of our own, one stream per parameter, so a
 * weight depends on the seed and its own name only.
 * <p>
 * Distributions are those of torchvision's ResNet: convolutions normal with standard
 * deviation sqrt(2 / fan-out) (He et al. 2015, arXiv:1502.01852), normalizations 1 and 0,
 * the linear layer uniform within 1 / sqrt(fan-in).
 * </p>
 */
public final class Initialization {

	private Initialization() {}

	/** First weights of a network; running means are 0, running variances 1. */
	public static StateDict random(final Architecture architecture, final long seed) {
		final StateDict weights = new StateDict();
		architecture.parameters()
			.forEach((name, shape) -> weights.put(name, shape, values(architecture, name, shape, seed)));
		return weights;
	}

	/**
	 * As {@link #random}, with running statistics that fit the weights: those of synthetic noise
	 * images of mean 0 and variance 1. For small networks that are used untrained: computed
	 * without the engine, it takes a second for a ResNet-18 of width 32.
	 */
	public static StateDict calibrated(final Architecture architecture, final long seed) {
		final StateDict weights = random(architecture, seed);
		if (architecture.adapts()) NoiseCalibration.calibrate(architecture, weights, seed);
		return weights;
	}

	private static float[] values(final Architecture architecture, final String name, final long[] shape,
		final long seed)
	{
		final float[] values = new float[NamedTensor.count(shape)];
		final SplitMix random = new SplitMix(seed, name);
		if (shape.length == 4) {
			final double sd = Math.sqrt(2.0 / (shape[0] * shape[2] * shape[3]));
			for (int i = 0; i < values.length; i++) values[i] = (float) (sd * random.nextGaussian());
		}
		else if (name.startsWith("fc.")) {
			final double bound = 1 / Math.sqrt(architecture.embeddingDimension());
			for (int i = 0; i < values.length; i++) values[i] = (float) (bound * (2 * random.nextDouble() - 1));
		}
		else Arrays.fill(values, name.endsWith(".running_var") || name.endsWith(".weight") ? 1 : 0);
		return values;
	}

	/** SplitMix64 (Steele, Lea, Flood 2014) and Box-Muller on it. */
	static final class SplitMix {

		private long state;

		SplitMix(final long seed) {
			state = seed;
		}

		/** The stream of this name. */
		SplitMix(final long seed, final String name) {
			this(mix(seed ^ fnv1a(name)));
		}

		long nextLong() {
			return mix(state += 0x9E3779B97F4A7C15L);
		}

		/** Uniform in [0, 1), a multiple of 2^-53. */
		double nextDouble() {
			return (nextLong() >>> 11) * 0x1p-53;
		}

		double nextGaussian() {
			final double radius = Math.sqrt(-2 * StrictMath.log(1 - nextDouble()));
			return radius * StrictMath.cos(2 * Math.PI * nextDouble());
		}

		private static long mix(final long state) {
			long z = state;
			z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
			z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
			return z ^ z >>> 31;
		}

		/** 64-bit FNV-1a of the UTF-8 bytes. */
		private static long fnv1a(final String name) {
			long hash = 0xCBF29CE484222325L;
			for (final byte b : name.getBytes(StandardCharsets.UTF_8)) hash = (hash ^ b & 0xFF) * 0x100000001B3L;
			return hash;
		}
	}
}
