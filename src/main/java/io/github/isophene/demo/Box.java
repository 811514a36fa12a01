// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

/** The pixels of a square field that a shape can touch; all four ends belong to it. */
record Box(int left, int top, int right, int bottom) {

	/** @param margin pixels beyond the outline */
	static Box around(final Outline shape, final double margin, final int size) {
		final double reach = shape.reach() + margin;
		return new Box(Math.max(0, (int) Math.ceil(shape.x() - reach)), //
			Math.max(0, (int) Math.ceil(shape.y() - reach)), //
			Math.min(size - 1, (int) Math.floor(shape.x() + reach)), //
			Math.min(size - 1, (int) Math.floor(shape.y() + reach)));
	}
}
