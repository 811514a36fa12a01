// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.isophene.messages.NearMiss;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Platemap;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;

/**
 * Columns of a table, for a dialog: its metadata columns with some of their values, and a screen's
 * channels.
 *
 * @param values by column, in order of appearance, {@value #MOST} at most
 * @param whole whether the whole table was looked at, so that what isn't there doesn't exist
 */
public record TableColumns(Map<String, List<String>> values, List<String> channels, boolean whole) {

	public static final TableColumns NONE = new TableColumns(Map.of(), List.of(), false);

	static final int MOST = 200;

	/** Columns that tell what is in a well, by the names that are in use. */
	private static final List<String> ROLES = List.of(ControlTypes.COLUMN, "Metadata_control_type", "control_type",
		"pert_type");

	/** Columns that are no classes: where an image is from, and what Embed Screen says of it. */
	private static final Set<String> NO_CLASSES = Set.of(Field.PLATE, Field.WELL, Field.SITE, "Metadata_Intensity",
		"Metadata_Tile_Count");

	private static final String CONTROL = "(?i).*(dmso|neg_?con|negative|vehicle|untreated|mock|empty|control).*";

	private static final String POSITIVE = "(?i).*pos.*";

	/** Returns the columns and channels of a screen. */
	public static TableColumns of(final Screen screen) {
		final Map<String, Set<String>> values = new LinkedHashMap<>();
		for (final String column : screen.metadataColumns()) {
			final Set<String> some = values.computeIfAbsent(column, k -> new LinkedHashSet<>());
			screen.fields().stream().map(field -> field.get(column)).distinct().limit(MOST).forEach(some::add);
		}
		return of(values, screen.channels(), true);
	}

	/** Returns the columns that a platemap adds. */
	public static TableColumns of(final Platemap map) {
		return of(map.distinct(), List.of(), true);
	}

	/** @param rows the first rows of a table */
	static TableColumns of(final ProfileTable rows) {
		final Map<String, Set<String>> values = new LinkedHashMap<>();
		for (final String column : rows.metadataColumns()) {
			final Set<String> some = values.computeIfAbsent(column, k -> new LinkedHashSet<>());
			Arrays.stream(rows.metadata(column)).distinct().limit(MOST).forEach(some::add);
		}
		return of(values, List.of(), false);
	}

	private static TableColumns of(final Map<String, Set<String>> values, final List<String> channels,
		final boolean whole)
	{
		final Map<String, List<String>> copy = new LinkedHashMap<>();
		values.forEach((column, some) -> copy.put(column, List.copyOf(some)));
		return new TableColumns(copy, channels, whole);
	}

	/** Returns these columns where only the first rows of the table were looked at. */
	public TableColumns ofFirstRows() {
		return new TableColumns(values, channels, false);
	}

	/** Returns these columns with those of a table that is joined, whose values replace those of the same column. */
	public TableColumns joined(final TableColumns other) {
		if (!known()) return other;
		if (!other.known()) return this;
		final Map<String, List<String>> all = new LinkedHashMap<>(values);
		all.putAll(other.values);
		return new TableColumns(all, channels, whole && other.whole);
	}

	public boolean known() {
		return !values.isEmpty();
	}

	public List<String> metadata() {
		return List.copyOf(values.keySet());
	}

	/** Values of a column; none if there is no such column. */
	public List<String> values(final String column) {
		return values.getOrDefault(column, List.of());
	}

	/** Returns whether some row may have what a selection names; {@code true} if that is not known. */
	public boolean fits(final String controls) {
		try {
			requireControls(Selection.of(controls));
			return true;
		}
		catch (final IllegalArgumentException exc) {
			return false;
		}
	}

	/** Returns likely negative controls, as {@code column=value}. */
	public List<String> controls() {
		final List<String> likely = new ArrayList<>();
		for (final String column : ROLES) {
			sorted(values(column)).filter(v -> !v.isBlank()).forEach(value -> likely.add(selection(column, value)));
		}
		values.forEach((column, some) -> {
			if (!ROLES.contains(column))
				some.stream().filter(v -> v.matches(CONTROL)).forEach(v -> likely.add(selection(column, v)));
		});
		return likely;
	}

	/** Returns the likeliest negative controls, as {@code column=value}; empty if no value is called like controls. */
	public String negativeControls() {
		return controls().stream().filter(likely -> {
			final Selection selection = Selection.parse(likely);
			return selection.values().stream().allMatch(value -> value.matches(CONTROL) && !value.matches(POSITIVE));
		}).findFirst().orElse("");
	}

	private static Stream<String> sorted(final List<String> roles) {
		return roles.stream().sorted((a, b) -> Boolean.compare(b.startsWith("neg"), a.startsWith("neg")));
	}

	private static String selection(final String column, final String value) {
		return new Selection(column, Set.of(value)).toString();
	}

	/**
	 * Refuses a column that the table hasn't.
	 *
	 * @param column may be empty, which is none
	 */
	public void require(final String key, final String column) {
		if (!known() || column.isEmpty() || values.containsKey(column)) return;
		throw new IllegalArgumentException(
			key + ": the table has no column " + column + NearMiss.of(column, values.keySet()) + "; it has " +
				some(metadata()));
	}

	/** Refuses channels that the screen hasn't. */
	public void requireChannels(final String key, final List<String> names) {
		if (channels.isEmpty()) return;
		for (final String name : names) {
			if (channels.contains(name)) continue;
			throw new IllegalArgumentException(
				key + ": the screen has no channel " + name + "; it has " + String.join(", ", channels));
		}
	}

	/** Columns to choose from, as the end of a sentence that asks for one. */
	public String hint() {
		return known() ? ": " + some(metadata().stream().filter(column -> !NO_CLASSES.contains(column)).toList()) : "";
	}

	private static String some(final List<String> names) {
		return String.join(", ", names.subList(0, Math.min(5, names.size()))) + (names.size() > 5 ? ", ..." : "");
	}

	/** Refuses controls of a column, or with a value, that the table hasn't. */
	public void requireControls(final Selection selection) {
		if (selection.isNone()) return;
		require("controls", selection.column());
		final List<String> there = values(selection.column());
		if (!whole || there.size() >= MOST || there.stream().anyMatch(selection.values()::contains)) return;
		if (!known()) return;
		throw new IllegalArgumentException(
			"controls: no row has " + selection + "; " + selection.column() + " is " + some(there));
	}
}
