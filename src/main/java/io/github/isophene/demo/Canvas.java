// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

/** A square plane of light to draw on, row by row. Drawing outside it has no effect. */
final class Canvas {

	private final int size;
	private final float[] light;

	Canvas(final int size) {
		this.size = size;
		light = new float[size * size];
	}

	int size() {
		return size;
	}

	/** The pixels themselves, index {@code y * size + x}. */
	float[] light() {
		return light;
	}

	/**
	 * Adds a gaussian spot.
	 *
	 * @param x center, in pixels; the first pixel's center is 0
	 * @param y center
	 * @param sigma width in pixels
	 * @param total light of the whole spot: its peak is total / (2 pi sigma^2)
	 */
	void spot(final double x, final double y, final double sigma, final double total) {
		final double reach = 3 * sigma;
		final int left = Math.max(0, (int) Math.ceil(x - reach));
		final int right = Math.min(size - 1, (int) Math.floor(x + reach));
		final int top = Math.max(0, (int) Math.ceil(y - reach));
		final int bottom = Math.min(size - 1, (int) Math.floor(y + reach));
		final double peak = total / (2 * Math.PI * sigma * sigma);
		for (int j = top; j <= bottom; j++) {
			final double row = peak * Falloff.gauss(j - y, sigma);
			for (int i = left; i <= right; i++) {
				light[j * size + i] += (float) (row * Falloff.gauss(i - x, sigma));
			}
		}
	}
}
