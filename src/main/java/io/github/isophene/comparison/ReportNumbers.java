// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.util.Locale;

/** Numbers as texts, the same in every country. */
final class ReportNumbers {

	private ReportNumbers() {}

	/** A share with six decimals. */
	static String share(final double value) {
		return String.format(Locale.ROOT, "%.6f", value);
	}

	/** A share as the literature writes it: {@code .923}. */
	static String brief(final double value) {
		final String text = String.format(Locale.ROOT, "%.3f", value);
		return text.startsWith("0.") ? text.substring(1) : text;
	}
}
