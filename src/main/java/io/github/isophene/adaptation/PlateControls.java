// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;

/**
 * Which fields of each plate are negative controls, known from the screen's table alone.
 *
 * @param selection which are; {@code null} if none are named, or none found where none are needed
 * @param plates the plates with something to predict, with all their fields
 */
record PlateControls(Selection selection, Map<String, List<Field>> plates) {

	private static final int NAMED = 10;

	/**
	 * Finds them.
	 *
	 * @param controls {@code column=value[,value]}; may be empty
	 * @param intensity whether intensities are taken from controls
	 * @param notes gets a sentence about plates of controls alone, and about controls that aren't there but needn't be
	 * @throws IllegalArgumentException naming every plate that has none but needs some
	 */
	static PlateControls of(final Screen screen, final String controls, final PlateNormalization kind,
		final boolean intensity, final Collection<String> notes)
	{
		final boolean needed = kind.needsControls() || intensity;
		final String need = kind.needsControls() ? "statistics = " + kind.label() : "the model's intensity";
		final Selection selection = selection(screen, controls, needed, need, notes);
		final Map<String, List<Field>> plates = new LinkedHashMap<>();
		final List<String> without = new ArrayList<>();
		screen.plates().forEach((plate, fields) -> {
			final long found = selection == null ? 0 : fields.stream().filter(selection::test).count();
			if (found == 0) without.add(plate);
			if (found == fields.size()) notes.add("Plate " + plate + " has nothing but negative controls: it isn't predicted");
			else plates.put(plate, fields);
		});
		if (needed && !without.isEmpty()) throw new IllegalArgumentException((without.size() == 1 ? "Plate " + without.get(0) +
			" has" : without.size() + " plates have") + " no negative controls (" + controls + "), which " + need + " needs" +
			(without.size() == 1 ? "" : ": " + String.join(", ", without.subList(0, Math.min(NAMED, without.size()))) + (without
				.size() > NAMED ? "..." : "")) + ". Mark them in the screen table, leave the plate" + (without.size() == 1 ? ""
					: "s") + " out of it, " + remedy(kind));
		if (plates.isEmpty()) throw new IllegalArgumentException("All fields of the screen are negative controls (" + controls +
			"): there is nothing to predict");
		return new PlateControls(selection, plates);
	}

	private static String remedy(final PlateNormalization kind) {
		return kind.needsControls() ? "or choose statistics = " + PlateNormalization.BATCH.label() + " or " +
			PlateNormalization.TRAINING.label() : "or use a model of another intensity";
	}

	private static Selection selection(final Screen screen, final String controls, final boolean needed,
		final String need, final Collection<String> notes)
	{
		if (controls.isEmpty()) {
			if (needed) throw new IllegalArgumentException("No negative controls are named, which " + need +
				" needs: give controls, for example " + ScreenPredictionOptions.CONTROLS);
			return null;
		}
		final Selection selection = Selection.parse(controls);
		try {
			selection.fields(screen);
			return selection;
		}
		catch (final IllegalArgumentException e) {
			if (needed) throw new IllegalArgumentException("There are no negative controls, which " + need + " needs. " + e
				.getMessage(), e);
			notes.add("There are no negative controls: " + e.getMessage());
			return null;
		}
	}

	/** Whether a field is one. */
	boolean test(final Field field) {
		return selection != null && selection.test(field);
	}
}
