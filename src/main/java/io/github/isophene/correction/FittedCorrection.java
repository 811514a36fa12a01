// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.List;

import io.github.isophene.profiles.ProfileTable;

/** Learned state of a {@link Correction}. Immutable; may be applied to any number of tables. */
public interface FittedCorrection {

	/**
	 * Corrects a table, which may hold other plates than those learned from. Plates or batches
	 * that are new to a correction that works per plate or batch are learned from the table
	 * itself, with the same settings, and from its controls where the fit was on controls.
	 *
	 * @throws IllegalArgumentException if a feature is missing, or a new plate has no controls
	 */
	ProfileTable apply(ProfileTable table, CorrectionContext context);

	/** The features that it takes of a table, which must have them; none if it takes whatever there are. */
	default List<String> features() {
		return List.of();
	}

	/** Returns the learned state, to be kept in a file. */
	FittedState state();
}
