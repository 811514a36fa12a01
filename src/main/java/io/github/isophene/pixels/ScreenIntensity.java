// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;

/**
 * Intensity of a screen with every choice made: the same rule for all of its plates, decided from the
 * table alone, before the first image is read.
 * <p>
 * An {@code auto} intensity becomes that of the control wells if every plate has some, else that of all wells
 * of each plate, or of the image if there is one field only. Control wells are those that the user names, else,
 * if the screen's table has them, those of {@value ControlTypes#NEGATIVE_CONTROLS}.
 * </p>
 *
 * @param intensity with a reference other than {@code AUTO}
 * @param controls wells that are controls; {@code null} if none are named or needed
 * @param notes sentences for the log
 * @param warnings sentences for the log
 */
public record ScreenIntensity(Intensity intensity, Selection controls, List<String> notes, List<String> warnings) {

	private static final int NAMED = 5;

	/** Copies the sentences. */
	public ScreenIntensity {
		notes = List.copyOf(notes);
		warnings = List.copyOf(warnings);
	}

	/** As {@link #of(Intensity, Selection, Screen, Collection, Function)}, for all fields of a screen. */
	public static ScreenIntensity of(final Intensity wanted, final Selection controls, final Screen screen) {
		return of(wanted, controls, screen, screen.fields(), Field::plate);
	}

	/**
	 * Makes every choice.
	 *
	 * @param wanted by the user or the model
	 * @param controls as the user names them; may be none
	 * @param screen whole, for its columns
	 * @param fields that are used
	 * @param plate identity of a field's plate
	 * @throws IllegalArgumentException if controls are named and no field is one, or the intensity needs some and none
	 *           are named or found
	 */
	public static ScreenIntensity of(final Intensity wanted, final Selection controls, final Screen screen,
		final Collection<Field> fields, final Function<Field, String> plate)
	{
		if (!controls.isNone()) controls.fields(screen);
		final List<String> notes = new ArrayList<>();
		final List<String> warnings = new ArrayList<>();
		Intensity chosen = wanted;
		Selection from = controls;
		if (wanted.needsControls() || wanted.reference() == Intensity.Reference.AUTO) {
			if (from.isNone()) from = found(fields);
			if (from.isNone() && wanted.needsControls())
				throw new IllegalArgumentException("The intensity " + wanted.spec() +
					" is taken from control wells: name them in controls, for example " +
						ControlTypes.NEGATIVE_CONTROLS);
		}
		if (wanted.reference() == Intensity.Reference.AUTO) {
			final Set<String> without = from.isNone() ? Set.of() : without(fields, from, plate);
			if (!from.isNone() && without.isEmpty()) chosen = wanted.of(Intensity.Reference.CONTROLS);
			else if (fields.size() < 2) chosen = wanted.of(Intensity.Reference.IMAGE);
			else {
				chosen = wanted.of(Intensity.Reference.PLATE);
				warnings.add((from.isNone() ? "No control wells are named or found"
					: without.size() + " of the plates have no control well (" + from + "): " +
						String.join(", ", without.stream().limit(NAMED).toList()) +
						(without.size() > NAMED ? "..." : "")) +
					". Intensities are therefore scaled by all wells of each plate, which takes away what most of " +
					"them share, and plates with other treatments are scaled otherwise" +
					(from.isNone() ? ": name controls to keep it"
						: ": mark their controls, or leave these plates out, to scale by controls"));
			}
		}
		final ScreenIntensity made = new ScreenIntensity(chosen, chosen.needsControls() ? from : controls, List.of(),
			warnings);
		notes.add("Intensities: " + made.rule());
		return new ScreenIntensity(chosen, made.controls(), notes, warnings);
	}

	/** The whole rule: {@code control-percentile:0.1:99.9 of Metadata_pert_type=negcon}. */
	public String rule() {
		return intensity.spec() + (intensity.needsControls() ? " of " + controls : "");
	}

	private static Selection found(final Collection<Field> fields) {
		final Selection selection = Selection.parse(ControlTypes.NEGATIVE_CONTROLS);
		return fields.stream().anyMatch(selection::test) ? selection : Selection.NONE;
	}

	private static Set<String> without(final Collection<Field> fields, final Selection controls,
		final Function<Field, String> plate)
	{
		final Map<String, String> names = new LinkedHashMap<>();
		final Set<String> with = new LinkedHashSet<>();
		for (final Field field : fields) {
			final String identity = plate.apply(field);
			names.putIfAbsent(identity, field.plate());
			if (controls.test(field)) with.add(identity);
		}
		names.keySet().removeAll(with);
		return new LinkedHashSet<>(names.values());
	}
}
