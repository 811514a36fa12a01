// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.github.isophene.messages.Count;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;

/** Finds out from a screen's table alone whether every plate has the negative controls that it needs. */
public final class PlateControls {

	private static final int NAMED = 10;

	private PlateControls() {}

	/**
	 * The controls.
	 *
	 * @param controls as the user names them; may be none
	 * @param kind how plates are to be normalized
	 * @param intensity whether intensities are taken from controls
	 * @param notes gets a sentence about controls that aren't there but needn't be
	 * @return those; {@link Selection#NONE} if none are named, or none found where none are needed
	 * @throws IllegalArgumentException naming every plate that has none but needs some
	 */
	public static Selection find(final Screen screen, final Selection controls, final StatisticsOrigin kind,
		final boolean intensity, final Collection<String> notes)
	{
		final boolean needed = kind.needsControls() || intensity;
		final String need = kind.needsControls() ? "statistics = " + kind.label() : "the model's intensity";
		final Selection selection = selection(screen, controls, needed, need, notes);
		if (!needed) return selection;
		final List<String> without = new ArrayList<>();
		screen.plates().forEach((plate, fields) -> {
			if (fields.stream().noneMatch(selection::test)) without.add(plate);
		});
		if (!without.isEmpty())
			throw new IllegalArgumentException(
				(without.size() == 1 ? "Plate " + without.get(0) + " has"
				: Count.of(without.size(), "plate has", "plates have")) +
					" no negative controls (" + controls + "), which " + need + " needs" +
					(without.size() == 1 ? ""
						: ": " + String.join(", ", without.subList(0, Math.min(NAMED, without.size()))) +
							(without.size() > NAMED ? "..." : "")) +
					". Mark them in the screen table, leave the plate" + (without.size() == 1 ? "" : "s") +
					" out of it, " + remedy(kind));
		return selection;
	}

	private static String remedy(final StatisticsOrigin kind) {
		return kind.needsControls()
			? "or choose statistics = " + StatisticsOrigin.BATCH.label() + " or " + StatisticsOrigin.TRAINING.label()
			: "or use a model of another intensity";
	}

	private static Selection selection(final Screen screen, final Selection controls, final boolean needed,
		final String need, final Collection<String> notes)
	{
		if (controls.isNone()) {
			if (needed)
				throw new IllegalArgumentException("No negative controls are named, which " + need +
					" needs: give controls, for example " + ControlTypes.NEGATIVE_CONTROLS);
			return controls;
		}
		try {
			controls.fields(screen);
			return controls;
		}
		catch (final IllegalArgumentException e) {
			if (needed)
				throw new IllegalArgumentException(
					"There are no negative controls, which " + need + " needs. " + e.getMessage(), e);
			notes.add("There are no negative controls: " + e.getMessage());
			return Selection.NONE;
		}
	}
}
