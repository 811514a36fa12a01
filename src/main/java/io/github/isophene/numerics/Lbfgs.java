// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.ArrayDeque;
import java.util.Deque;

/** Minimizes a smooth function (limited-memory BFGS, Nocedal 1980) with a backtracking line search. */
final class Lbfgs {

	private static final int MEMORY = 10;

	/** A function and its gradient. */
	interface DifferentiableFunction {

		/** The value at x; fills the gradient. */
		double value(double[] x, double[] gradient);
	}

	private record Update(double[] step, double[] change, double curvature) {}

	private Lbfgs() {}

	/**
	 * Walks x downhill, in place.
	 *
	 * @param tolerance ends when no component of the gradient is larger
	 */
	static void minimize(final DifferentiableFunction f, final double[] x, final int iterations,
		final double tolerance) {
		final int n = x.length;
		double[] gradient = new double[n];
		double value = f.value(x, gradient);
		final Deque<Update> updates = new ArrayDeque<>();
		for (int iteration = 0; iteration < iterations && largest(gradient) > tolerance; iteration++) {
			final double[] direction = direction(gradient, updates);
			double slope = dot(direction, gradient);
			if (slope >= 0) {
				updates.clear();
				for (int i = 0; i < n; i++) direction[i] = -gradient[i];
				slope = dot(direction, gradient);
			}
			double length = updates.isEmpty() ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
			final double[] next = new double[n];
			final double[] nextGradient = new double[n];
			double nextValue = 0;
			int tries = 0;
			for (; tries < 40; tries++) {
				for (int i = 0; i < n; i++) next[i] = x[i] + length * direction[i];
				nextValue = f.value(next, nextGradient);
				if (nextValue <= value + 1e-4 * length * slope) break;
				length /= 2;
			}
			if (tries == 40) return;
			final double[] step = new double[n];
			final double[] change = new double[n];
			for (int i = 0; i < n; i++) {
				step[i] = next[i] - x[i];
				change[i] = nextGradient[i] - gradient[i];
			}
			final double curvature = dot(step, change);
			if (curvature > 1e-12 * dot(change, change)) {
				updates.addFirst(new Update(step, change, curvature));
				if (updates.size() > MEMORY) updates.removeLast();
			}
			System.arraycopy(next, 0, x, 0, n);
			gradient = nextGradient;
			value = nextValue;
		}
	}

	/** Two loops over what has been learned about the curvature. */
	private static double[] direction(final double[] gradient, final Deque<Update> updates) {
		final double[] d = new double[gradient.length];
		for (int i = 0; i < d.length; i++) d[i] = -gradient[i];
		final double[] alpha = new double[updates.size()];
		int k = 0;
		for (final Update u : updates) {
			alpha[k] = dot(u.step, d) / u.curvature;
			add(d, -alpha[k++], u.change);
		}
		if (!updates.isEmpty()) {
			final Update last = updates.peekFirst();
			final double scale = last.curvature / dot(last.change, last.change);
			for (int i = 0; i < d.length; i++) d[i] *= scale;
		}
		for (final var it = updates.descendingIterator(); it.hasNext();) {
			final Update u = it.next();
			add(d, alpha[--k] - dot(u.change, d) / u.curvature, u.step);
		}
		return d;
	}

	private static void add(final double[] to, final double factor, final double[] what) {
		for (int i = 0; i < to.length; i++) to[i] += factor * what[i];
	}

	private static double dot(final double[] a, final double[] b) {
		double sum = 0;
		for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
		return sum;
	}

	private static double largest(final double[] values) {
		double largest = 0;
		for (final double v : values) largest = Math.max(largest, Math.abs(v));
		return largest;
	}
}
