// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import io.github.isophene.profiles.ProfileTable;

/**
 * Result of a fit.
 *
 * @param table the corrected table
 * @param fitted what was learned, for further tables
 */
public record Corrected(ProfileTable table, FittedCorrection fitted) {

	/** For a correction that treats the rows it learned from as it treats any others. */
	public static Corrected by(final FittedCorrection fitted, final ProfileTable table,
		final CorrectionContext context)
	{
		return new Corrected(fitted.apply(table, context), fitted);
	}
}
