// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.statistics;

import java.util.Arrays;

/**
 * Estimates a plate's mixture of classes from a classifier's probabilities: expectation maximization of the class
 * prior (Saerens, Latinne, Decaestecker 2002, Neural Computation 14:21), from a uniform prior, which training is taken
 * to have had.
 */
public final class ClassMixture {

	private static final int MAX_ROUNDS = 500;
	private static final double PRECISION = 1e-8;

	private ClassMixture() {}

	/**
	 * Estimates the prior.
	 *
	 * @param probabilities of each class for each query, [n][K], n at least 1
	 * @return [K], summing to 1
	 */
	static double[] prior(final double[][] probabilities) {
		final int classes = probabilities[0].length;
		double[] prior = new double[classes];
		Arrays.fill(prior, 1.0 / classes);
		for (int round = 0; round < MAX_ROUNDS; round++) {
			final double[] next = new double[classes];
			for (final double[] p : probabilities) {
				double sum = 0;
				for (int k = 0; k < classes; k++) sum += p[k] * prior[k];
				// Where all that is likely was ruled out, the classifier's word stands.
				for (int k = 0; k < classes; k++)
					next[k] += (sum > 0 ? p[k] * prior[k] / sum : p[k]) / probabilities.length;
			}
			double change = 0;
			for (int k = 0; k < classes; k++) change = Math.max(change, Math.abs(next[k] - prior[k]));
			prior = next;
			if (change < PRECISION) break;
		}
		return prior;
	}

	/**
	 * Estimates the shares of controls and classes among all images.
	 *
	 * @param probabilities of each class for each query, [n][K]
	 * @param controls number of control images
	 * @return [K + 1], controls first, summing to 1
	 */
	public static double[] of(final double[][] probabilities, final int controls) {
		final double[] prior = prior(probabilities);
		final double all = probabilities.length + controls;
		final double[] mixture = new double[prior.length + 1];
		mixture[0] = controls / all;
		for (int k = 0; k < prior.length; k++) mixture[k + 1] = prior[k] * probabilities.length / all;
		return mixture;
	}
}
