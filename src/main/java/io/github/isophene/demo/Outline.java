// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

/**
 * A smooth closed shape: an ellipse whose radius waves with the angle,
 * {@code 1 + sum over k of a_k cos(k phi) + b_k sin(k phi)}, k from 2.
 */
final class Outline {

	private final double x;
	private final double y;
	private final double cos;
	private final double sin;
	private final double along;
	private final double across;
	private final double[] a;
	private final double[] b;

	/**
	 * @param x center in pixels
	 * @param y center in pixels
	 * @param angle direction of the first axis in radians
	 * @param along first semi-axis in pixels
	 * @param across second semi-axis in pixels
	 * @param a cosine waves, first entry for k = 2; empty for an ellipse
	 * @param b sine waves, as many
	 */
	Outline(final double x, final double y, final double angle, final double along, final double across,
		final double[] a, final double[] b)
	{
		this.x = x;
		this.y = y;
		cos = StrictMath.cos(angle);
		sin = StrictMath.sin(angle);
		this.along = along;
		this.across = across;
		this.a = a;
		this.b = b;
	}

	double x() {
		return x;
	}

	double y() {
		return y;
	}

	/** Radius of the circle of the ellipse's area, in pixels. */
	double radius() {
		return StrictMath.sqrt(along * across);
	}

	/** No point of the shape is farther from the center, in pixels. */
	double reach() {
		double wave = 1;
		for (int k = 0; k < a.length; k++) wave += Math.abs(a[k]) + Math.abs(b[k]);
		return Math.max(along, across) * wave;
	}

	/** 0 at the center, 1 on the outline, more outside. */
	double at(final double px, final double py) {
		final double dx = px - x;
		final double dy = py - y;
		final double u = (dx * cos + dy * sin) / along;
		final double v = (dy * cos - dx * sin) / across;
		final double r = Math.sqrt(u * u + v * v);
		return r == 0 || a.length == 0 ? r : r / wave(u / r, v / r);
	}

	/**
	 * The point at some fraction of the way to the outline.
	 *
	 * @param angle direction in the shape's own frame, in radians
	 * @param fraction 0 the center, 1 the outline
	 * @return x and y in pixels
	 */
	double[] point(final double angle, final double fraction) {
		final double c = StrictMath.cos(angle);
		final double s = StrictMath.sin(angle);
		final double r = fraction * wave(c, s);
		final double u = r * c * along;
		final double v = r * s * across;
		return new double[]{x + u * cos - v * sin, y + u * sin + v * cos};
	}

	/** Angle sums by recurrence: no trigonometry per pixel. */
	private double wave(final double c, final double s) {
		double wave = 1;
		double ck = c;
		double sk = s;
		for (int k = 0; k < a.length; k++) {
			final double next = ck * c - sk * s;
			sk = sk * c + ck * s;
			ck = next;
			wave += a[k] * ck + b[k] * sk;
		}
		return Math.max(.25, wave);
	}
}
