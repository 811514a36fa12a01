// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.Arrays;

/**
 * Penalized cross-entropy of a multinomial logistic model on fixed rows, with its gradient. Rows are taken in blocks,
 * so that the inner loops run over rows or features rather than over the few classes; every sum is still taken row by
 * row and feature by feature, in this order.
 */
final class LogisticLoss {

	private static final int BLOCK = 64;

	private final int features;
	private final int classes;
	private final int[] labels;
	/** [rows][features]. */
	private final double[][] x;
	/** The same by block, [blocks][features][rows of the block]. */
	private final double[][][] columns;
	private final double[] penalty;
	private final double[][] logits;
	private final double[][] gradients;

	/**
	 * @param x [rows][features]
	 * @param labels [rows], 0 to classes - 1
	 * @param penalty [features], of half the squared weights
	 */
	LogisticLoss(final double[][] x, final int[] labels, final double[] penalty, final int classes) {
		this.x = x;
		this.labels = labels;
		this.penalty = penalty;
		features = penalty.length;
		this.classes = classes;
		columns = new double[(x.length + BLOCK - 1) / BLOCK][features][];
		for (int b = 0; b < columns.length; b++) {
			final int width = Math.min(BLOCK, x.length - b * BLOCK);
			for (int c = 0; c < features; c++) {
				columns[b][c] = new double[width];
				for (int r = 0; r < width; r++) columns[b][c][r] = x[b * BLOCK + r][c];
			}
		}
		logits = new double[classes][BLOCK];
		gradients = new double[classes][features];
	}

	/**
	 * Returns the loss and fills its gradient.
	 *
	 * @param w [features + 1][classes], the intercepts last
	 * @param gradient as w
	 */
	double value(final double[] w, final double[] gradient) {
		double loss = 0;
		for (int k = 0; k < classes; k++) {
			for (int c = 0; c < features; c++) {
				final double weight = w[c * classes + k];
				gradients[k][c] = penalty[c] * weight;
				loss += 0.5 * penalty[c] * weight * weight;
			}
			gradient[features * classes + k] = 0;
		}
		final double[] p = new double[classes];
		for (int b = 0; b < columns.length; b++) {
			final int first = b * BLOCK;
			final int width = Math.min(BLOCK, x.length - first);
			logits(columns[b], w, width);
			for (int r = 0; r < width; r++) {
				for (int k = 0; k < classes; k++) p[k] = logits[k][r];
				loss += softmax(p, labels[first + r]);
				p[labels[first + r]] -= 1;
				for (int k = 0; k < classes; k++) {
					logits[k][r] = p[k];
					gradient[features * classes + k] += p[k];
				}
			}
			for (int k = 0; k < classes; k++) add(logits[k], first, width, gradients[k]);
		}
		for (int k = 0; k < classes; k++)
			for (int c = 0; c < features; c++) gradient[c * classes + k] = gradients[k][c];
		return loss;
	}

	private void logits(final double[][] block, final double[] w, final int width) {
		for (int k = 0; k < classes; k++) {
			final double[] sums = logits[k];
			Arrays.fill(sums, 0, width, w[features * classes + k]);
			int c = 0;
			for (; c + 3 < features; c += 4) {
				final int at = c * classes + k;
				step4(block[c], block[c + 1], block[c + 2], block[c + 3], w[at], w[at + classes], w[at + 2 * classes],
					w[at + 3 * classes], sums, width);
			}
			for (; c < features; c++) step(block[c], w[c * classes + k], sums, width);
		}
	}

	/** Adds rows, each times its factor. */
	private void add(final double[] factors, final int first, final int width, final double[] sums) {
		int r = 0;
		for (; r + 3 < width; r += 4) {
			step4(x[first + r], x[first + r + 1], x[first + r + 2], x[first + r + 3], factors[r], factors[r + 1],
				factors[r + 2], factors[r + 3], sums, features);
		}
		for (; r < width; r++) step(x[first + r], factors[r], sums, features);
	}

	// The compiler makes vector code of such loops: arrays of their own, no offset.
	private static void step4(final double[] x0, final double[] x1, final double[] x2, final double[] x3,
		final double a, final double b, final double c, final double d, final double[] sums, final int n)
	{
		for (int i = 0; i < n; i++) sums[i] = sums[i] + a * x0[i] + b * x1[i] + c * x2[i] + d * x3[i];
	}

	private static void step(final double[] x, final double a, final double[] sums, final int n) {
		for (int i = 0; i < n; i++) sums[i] += a * x[i];
	}

	/** Logits to probabilities, in place; gives the cross-entropy. */
	private static double softmax(final double[] p, final int label) {
		double largest = Double.NEGATIVE_INFINITY;
		for (final double v : p) largest = Math.max(largest, v);
		final double logit = p[label] - largest;
		double sum = 0;
		for (int k = 0; k < p.length; k++) {
			p[k] = Math.exp(p[k] - largest);
			sum += p[k];
		}
		for (int k = 0; k < p.length; k++) p[k] /= sum;
		return Math.log(sum) - logit;
	}
}
