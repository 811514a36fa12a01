// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

/**
 * Shares of clusters: proportional to exp(2 similarity / sigma) times a factor. Sums go through
 * four variables each, which the processor adds at the same time; their order is fixed. Not for
 * several threads at once.
 */
public final class SoftAssignment {

	private final int clusters;
	private final double sigma;
	private final double[] exponent;
	private final double[] value;

	public SoftAssignment(final int clusters, final double sigma) {
		this.clusters = clusters;
		this.sigma = sigma;
		exponent = new double[clusters];
		value = new double[clusters];
	}

	/**
	 * Sets a row's shares.
	 *
	 * @param similarity of the row to the clusters, from {@code at} on
	 * @param factor [clusters]
	 * @param logFactor [clusters], its logarithms
	 * @param into [clusters]
	 * @return what the row adds to Harmony's objective: distances plus entropy
	 */
	public double assign(final float[] similarity, final int at, final double[] factor, final double[] logFactor,
		final float[] into)
	{
		final float nearest = largest(similarity, at);
		final double scale = 2 / sigma;
		for (int k = 0; k < clusters; k++) exponent[k] = (similarity[at + k] - nearest) * scale;
		FastExp.of(exponent, value, clusters);
		for (int k = 0; k < clusters; k++) value[k] *= factor[k];
		for (int k = 0; k < clusters; k++) exponent[k] += logFactor[k];
		final double sum = sum();
		final double logs = dot(exponent);
		final double penalty = dot(logFactor);
		final double inverse = 1 / sum;
		for (int k = 0; k < clusters; k++) into[k] = (float) (value[k] * inverse);
		final double meanSimilarity = nearest + (logs - penalty) * inverse / scale;
		return 2 * (1 - meanSimilarity) + sigma * (logs * inverse - StrictMath.log(sum));
	}

	private float largest(final float[] similarity, final int at) {
		float a = Float.NEGATIVE_INFINITY;
		float b = a;
		float c = a;
		float d = a;
		int k = at;
		for (final int end = at + clusters - 3; k < end; k += 4) {
			a = similarity[k] > a ? similarity[k] : a;
			b = similarity[k + 1] > b ? similarity[k + 1] : b;
			c = similarity[k + 2] > c ? similarity[k + 2] : c;
			d = similarity[k + 3] > d ? similarity[k + 3] : d;
		}
		for (; k < at + clusters; k++) a = similarity[k] > a ? similarity[k] : a;
		return Math.max(Math.max(a, b), Math.max(c, d));
	}

	private double sum() {
		double a = 0;
		double b = 0;
		double c = 0;
		double d = 0;
		int k = 0;
		for (; k + 3 < clusters; k += 4) {
			a += value[k];
			b += value[k + 1];
			c += value[k + 2];
			d += value[k + 3];
		}
		for (; k < clusters; k++) a += value[k];
		return a + b + (c + d);
	}

	/** Values times others, summed. */
	private double dot(final double[] other) {
		double a = 0;
		double b = 0;
		double c = 0;
		double d = 0;
		int k = 0;
		for (; k + 3 < clusters; k += 4) {
			a += value[k] * other[k];
			b += value[k + 1] * other[k + 1];
			c += value[k + 2] * other[k + 2];
			d += value[k + 3] * other[k + 3];
		}
		for (; k < clusters; k++) a += value[k] * other[k];
		return a + b + (c + d);
	}
}
