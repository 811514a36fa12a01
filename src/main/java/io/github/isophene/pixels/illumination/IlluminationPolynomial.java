// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.illumination;

import java.io.IOException;

import io.github.isophene.screen.HarmonyFlatField;

/** Illumination as a polynomial of the position, in the form of {@link HarmonyFlatField}. */
final class IlluminationPolynomial extends IlluminationFunction {

	private final HarmonyFlatField profile;

	IlluminationPolynomial(final HarmonyFlatField profile) {
		this.profile = profile;
	}

	/** An image of another size shows the same field, binned. */
	@Override
	float[] compute(final int width, final int height) throws IOException {
		final double stepX = (double) profile.width() / width;
		final double stepY = (double) profile.height() / height;
		final double[][] c = profile.coefficients();
		final double[] u = new double[c.length];
		final double[] v = new double[c.length];
		final float[] values = new float[width * height];
		for (int y = 0; y < height; y++) {
			powers(((y + 0.5) * stepY - 0.5 - profile.originY()) * profile.scaleY(), v);
			for (int x = 0; x < width; x++) {
				powers(((x + 0.5) * stepX - 0.5 - profile.originX()) * profile.scaleX(), u);
				double sum = 0;
				for (int n = 0; n < c.length; n++) {
					for (int k = 0; k <= n; k++) sum += c[n][k] * u[n - k] * v[k];
				}
				values[y * width + x] = (float) sum;
			}
		}
		return values;
	}

	private static void powers(final double of, final double[] into) {
		if (into.length > 0) into[0] = 1;
		for (int i = 1; i < into.length; i++) into[i] = into[i - 1] * of;
	}
}
