// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

/** Arithmetic of class probabilities. */
public final class Probabilities {

	/** Added to a probability before its logarithm, so that 0 ln 0 is 0 and not undefined. */
	public static final double EPSILON = 1e-12;

	private Probabilities() {}

	/**
	 * Softmax of logits.
	 *
	 * @param logits K values, each finite
	 * @return K probabilities
	 * @throws IllegalArgumentException if a logit isn't finite
	 */
	public static double[] softmax(final double[] logits) {
		double max = Double.NEGATIVE_INFINITY;
		for (final double v : logits) {
			if (!Double.isFinite(v))
				throw new IllegalArgumentException("The network has computed " + v +
					" for an image: its weights or the image's values are not finite, or far too large");
			max = Math.max(max, v);
		}
		final double[] p = new double[logits.length];
		double sum = 0;
		for (int k = 0; k < p.length; k++) sum += p[k] = StrictMath.exp(logits[k] - max);
		for (int k = 0; k < p.length; k++) p[k] /= sum;
		return p;
	}

	/**
	 * Predictive entropy - sum of p ln(p + {@value #EPSILON}), in nats: 0 if one class is certain,
	 * ln K if all K are equally probable.
	 */
	public static double entropy(final double[] probabilities) {
		double entropy = 0;
		for (final double p : probabilities) entropy -= p * StrictMath.log(p + EPSILON);
		return Math.min(Math.max(0, entropy), StrictMath.log(probabilities.length));
	}

	/** Index of the largest; the first of equal ones. */
	public static int best(final double[] probabilities) {
		int best = 0;
		for (int k = 1; k < probabilities.length; k++) if (probabilities[k] > probabilities[best]) best = k;
		return best;
	}
}
