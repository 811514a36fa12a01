// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.illumination;

import java.io.IOException;
import java.lang.ref.SoftReference;

/** Illumination of one channel as a function of position: pixels are divided by it. Thread-safe. */
abstract class IlluminationFunction {

	private SoftReference<float[]> kept = new SoftReference<>(null);
	private int keptWidth;

	/**
	 * Returns the function at each pixel of an image, row by row; not to be changed.
	 *
	 * @throws IOException if it isn't one of images of this size
	 */
	synchronized float[] values(final int width, final int height) throws IOException {
		float[] values = kept.get();
		if (values == null || keptWidth != width || values.length != width * height) {
			values = compute(width, height);
			kept = new SoftReference<>(values);
			keptWidth = width;
		}
		return values;
	}

	/** Computes the function at each pixel. */
	abstract float[] compute(int width, int height) throws IOException;
}
