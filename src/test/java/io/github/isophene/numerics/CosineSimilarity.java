// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

/** Cosine of the angle between two vectors, for tests and benches. */
public final class CosineSimilarity {

	private CosineSimilarity() {}

	/** Returns the cosine between two vectors of one length. */
	public static double of(final float[] a, final float[] b) {
		double ab = 0;
		double aa = 0;
		double bb = 0;
		for (int i = 0; i < a.length; i++) {
			ab += (double) a[i] * b[i];
			aa += (double) a[i] * a[i];
			bb += (double) b[i] * b[i];
		}
		return ab / Math.sqrt(aa * bb);
	}
}
