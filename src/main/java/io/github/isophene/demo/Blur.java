// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

/** Gaussian blur of a square plane; what lies outside is the nearest pixel inside. */
final class Blur {

	private Blur() {}

	/**
	 * @param plane [size * size], row by row; not changed
	 * @param sigma in pixels; the kernel ends at 3.5 sigma
	 */
	static float[] gaussian(final float[] plane, final int size, final double sigma) {
		final int radius = (int) Math.ceil(3.5 * sigma);
		if (radius == 0) return plane.clone();
		final float[] kernel = new float[2 * radius + 1];
		double sum = 0;
		for (int i = -radius; i <= radius; i++) sum += StrictMath.exp(-.5 * i * i / (sigma * sigma));
		for (int i = -radius; i <= radius; i++) {
			kernel[i + radius] = (float) (StrictMath.exp(-.5 * i * i / (sigma * sigma)) / sum);
		}
		final float[] rows = new float[plane.length];
		final float[] padded = new float[size + 2 * radius];
		for (int y = 0; y < size; y++) {
			for (int x = 0; x < padded.length; x++) {
				padded[x] = plane[y * size + Math.min(size - 1, Math.max(0, x - radius))];
			}
			for (int k = 0; k < kernel.length; k++) {
				final float weight = kernel[k];
				for (int x = 0; x < size; x++) rows[y * size + x] += weight * padded[x + k];
			}
		}
		final float[] result = new float[plane.length];
		for (int y = 0; y < size; y++) {
			for (int k = 0; k < kernel.length; k++) {
				final float weight = kernel[k];
				final int from = Math.min(size - 1, Math.max(0, y + k - radius)) * size;
				for (int x = 0; x < size; x++) result[y * size + x] += weight * rows[from + x];
			}
		}
		return result;
	}
}
