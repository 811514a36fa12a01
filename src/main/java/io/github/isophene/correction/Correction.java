// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.List;

import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.scijava.plugin.SciJavaPlugin;

/**
 * A way to correct profiles. A plug-in type: a new one is one class with
 * {@code @Plugin(type = Correction.class)} and its test. A correction has no state; what it
 * learns from a table is in the {@link FittedCorrection} that {@link #fit} gives.
 */
public interface Correction extends SciJavaPlugin {

	/** Returns the name in the key {@code method}, lower-case: {@code sphering}. */
	String name();

	/** One line for the user: what it does, and the source. */
	String description();

	/** Returns the settings, in the order in which values without a name are assigned. */
	List<Setting> settings();

	/**
	 * Learns from a table and corrects it.
	 *
	 * @throws IllegalArgumentException if the table has not what the correction needs; the
	 *           message names the column or feature and the remedy
	 * @throws java.util.concurrent.CancellationException if the user stops it
	 */
	Corrected fit(ProfileTable table, Settings settings, CorrectionContext context);

	/**
	 * Returns whether with these settings nothing is learned from rows that aren't controls (where controls are
	 * named), and a plate's rows come out as they do in the whole table: then plates may be corrected one by
	 * one, on many machines.
	 */
	default boolean learnsFromControls(final Settings settings) {
		return false;
	}

	/**
	 * Returns whether the fit estimates from rows that aren't controls, so that such rows can't judge it any
	 * more. A choice of
	 * features doesn't count: it is the same for every batch.
	 */
	default boolean fitsAllRows(final Settings settings) {
		return !learnsFromControls(settings);
	}

	/**
	 * Returns whether a fit alone decides what becomes of a row of a plate it knows; false where rows are
	 * ranked or learned
	 * among those that it is applied to.
	 */
	default boolean isFrozen(final Settings settings) {
		return true;
	}

	/**
	 * Restores the result of an earlier {@link #fit}.
	 *
	 * @param state as {@link FittedCorrection#state()} gave it
	 */
	FittedCorrection restore(Settings settings, FittedState state);
}
