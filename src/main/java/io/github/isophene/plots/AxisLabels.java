// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.plots;

import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;

/** Writes numbers up to a largest one and a blank for those beyond, where an axis has no data but names. */
final class AxisLabels extends NumberFormat {

	private static final long serialVersionUID = 1L;

	private final NumberFormat format;
	private final double largest;

	AxisLabels(final NumberFormat format, final double largest) {
		this.format = format;
		this.largest = largest;
	}

	@Override
	public StringBuffer format(final double number, final StringBuffer to, final FieldPosition position) {
		return number > largest ? to.append(' ') : format.format(number, to, position);
	}

	@Override
	public StringBuffer format(final long number, final StringBuffer to, final FieldPosition position) {
		return number > largest ? to.append(' ') : format.format(number, to, position);
	}

	@Override
	public Number parse(final String text, final ParsePosition position) {
		return format.parse(text, position);
	}
}
