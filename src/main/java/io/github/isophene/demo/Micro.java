// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.math.BigDecimal;

/**
 * Numbers of six decimals. Effect sizes are rounded to millionths before they
 * are applied, so that what the truth tables say is exactly what was done.
 */
public final class Micro {

	private Micro() {}

	/** Returns the nearest number of six decimals; never -0, which would be another effect where two are compared. */
	public static double round(final double value) {
		return StrictMath.rint(value * 1e6) / 1e6 + 0.;
	}

	/** Plain decimal text without trailing zeros; never scientific, never local. */
	public static String text(final double value) {
		final BigDecimal decimal = BigDecimal.valueOf((long) StrictMath.rint(value * 1e6), 6).stripTrailingZeros();
		return decimal.signum() == 0 ? "0" : decimal.toPlainString();
	}
}
