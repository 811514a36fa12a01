// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Negative controls as a user names them: by a column, {@code column=value[,value]}; or by place, wells such as
 * {@code A01, B01} and whole columns or rows of the plate such as {@code 1, 24, H}.
 */
public final class ControlWells {

	private static final Pattern WELL = Pattern.compile("[A-Za-z]{1,2}\\d{1,2}");
	private static final Pattern COLUMN = Pattern.compile("\\d{1,2}");
	private static final Pattern ROW = Pattern.compile("[A-Za-z]{1,2}");

	private final String text;
	private final Selection selection;
	private final Predicate<Field> place;

	private ControlWells(final String text, final Selection selection, final Predicate<Field> place) {
		this.text = text;
		this.selection = selection;
		this.place = place;
	}

	/**
	 * Parses a text.
	 *
	 * @throws IllegalArgumentException naming the part that is neither a well nor a column or row
	 */
	public static ControlWells parse(final String text) {
		if (text.contains("=")) return new ControlWells(text, Selection.parse(text), null);
		Predicate<Field> place = field -> false;
		for (final String part : text.split("[,; ]+")) {
			if (part.isEmpty()) continue;
			final Matcher well = WELL.matcher(part);
			if (well.matches()) {
				final String name = Wells.normalize(part);
				place = place.or(field -> field.well().equals(name));
			}
			else if (COLUMN.matcher(part).matches()) {
				final int column = Integer.parseInt(part);
				place = place.or(field -> Wells.column(field.well()) == column);
			}
			else if (ROW.matcher(part).matches()) {
				final int row = Wells.row(Wells.of(part, "1"));
				place = place.or(field -> Wells.row(field.well()) == row);
			}
			else
				throw new IllegalArgumentException("controls: '" + part + "' is neither column=value (such as " +
					"Metadata_Compound=DMSO), nor a well (A01), nor a column (1) or row (A) of the plate");
		}
		return new ControlWells(text, null, place);
	}

	/**
	 * Returns the screen with {@link ControlTypes#COLUMN}: {@link ControlTypes#NEGATIVE} in these wells, and in the
	 * others what it was, or else {@link ControlTypes#TREATMENT}.
	 *
	 * @throws IllegalArgumentException if no field is meant
	 */
	public Screen mark(final Screen screen) {
		if (selection != null) selection.fields(screen);
		final Predicate<Field> control = selection != null ? selection::test : place;
		final List<Field> fields = new ArrayList<>();
		int marked = 0;
		for (final Field field : screen.fields()) {
			final Map<String, String> metadata = new LinkedHashMap<>();
			field.metadata().forEach(metadata::put);
			final boolean negative = control.test(field);
			if (negative) marked++;
			final String before = metadata.getOrDefault(ControlTypes.COLUMN, "");
			metadata.put(ControlTypes.COLUMN, negative ? ControlTypes.NEGATIVE
				: before.isEmpty() || before.equals(ControlTypes.NEGATIVE) ? ControlTypes.TREATMENT : before);
			fields.add(field.withMetadata(metadata));
		}
		if (marked == 0) throw new IllegalArgumentException("controls: the screen has none of the wells " + text);
		return new Screen(screen.channels(), fields);
	}
}
