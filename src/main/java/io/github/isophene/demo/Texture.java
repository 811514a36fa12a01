// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

/**
 * Smooth random texture: two octaves of noise on a lattice, interpolated between
 * its points (value noise; Perlin 1985 gives the idea of octaves). Mean 0,
 * roughly within +-1.
 */
final class Texture {

	private final long seed;
	private final double frequency;

	/** @param scale distance of the coarse lattice's points in pixels; the fine ones lie at half of it */
	Texture(final DemoRandom random, final double scale) {
		seed = random.bits();
		frequency = 1 / scale;
	}

	double at(final double x, final double y) {
		return .65 * octave(x * frequency, y * frequency, seed) + //
			.5 * octave(x * frequency * 2, y * frequency * 2, ~seed);
	}

	private static double octave(final double x, final double y, final long seed) {
		final int i = (int) Math.floor(x);
		final int j = (int) Math.floor(y);
		final double u = Falloff.step(x - i);
		final double v = Falloff.step(y - j);
		final double top = point(i, j, seed) * (1 - u) + point(i + 1, j, seed) * u;
		final double bottom = point(i, j + 1, seed) * (1 - u) + point(i + 1, j + 1, seed) * u;
		return top * (1 - v) + bottom * v;
	}

	private static double point(final int i, final int j, final long seed) {
		long h = seed + i * 0x9e37_79b9_7f4a_7c15L + j * 0xc2b2_ae3d_27d4_eb4fL;
		h = (h ^ (h >>> 29)) * 0xbf58_476d_1ce4_e5b9L;
		h ^= h >>> 32;
		return (h >>> 11) * 0x1p-52 - 1;
	}
}
