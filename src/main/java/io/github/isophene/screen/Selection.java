// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.github.isophene.messages.Count;
import io.github.isophene.messages.NearMiss;

/**
 * Selection of fields, or of rows of a table: those whose column has one of the
 * values, as in {@code Metadata_pert_type=negcon} or
 * {@code Metadata_Compound=DMSO,dmso}. Capitals matter; blanks around a value and the
 * form of a number don't ({@code 0} selects {@code 0.0}). A value with a comma is
 * quoted: {@code Metadata_Compound="1,2-diol",DMSO}; no value at all means the
 * blank ones.
 *
 * <p>
 * The text of the key {@code controls} is read once, by {@link #of}; from then on the selection is passed on.
 * </p>
 *
 * @param column full column name
 * @param values in the order given
 */
public record Selection(String column, Set<String> values) {

	/** Selection of nothing: what an empty text means where a selection may be left out. */
	public static final Selection NONE = new Selection("", Set.of());

	private static final String HELP = "expected column=value[,value], such as Metadata_pert_type=negcon";

	/** Copies the values. */
	public Selection {
		values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
	}

	/**
	 * Reads {@code column=value[,value]}; blank text is {@link #NONE}.
	 *
	 * @throws IllegalArgumentException if it isn't of this form
	 */
	public static Selection of(final String text) {
		return text.isBlank() ? NONE : parse(text);
	}

	/** Returns whether this is {@link #NONE}. */
	public boolean isNone() {
		return equals(NONE);
	}

	/**
	 * Reads {@code column=value[,value]}.
	 *
	 * @throws IllegalArgumentException if it isn't of this form
	 */
	public static Selection parse(final String text) {
		final int equals = text.indexOf('=');
		final String column = equals < 0 ? "" : text.substring(0, equals).strip();
		if (column.isEmpty()) throw new IllegalArgumentException("'" + text + "' selects nothing: " + HELP);
		final Set<String> values = new LinkedHashSet<>();
		try {
			final String list = text.substring(equals + 1).strip();
			if (list.isEmpty()) values.add("");
			else
				CsvReader.builder()
					.trimWhitespacesAroundQuotes(true)
					.allowUnclosedQuote(false)
					.ofSingleCsvRecord(list) //
					.getFields()
					.forEach(v -> values.add(v.strip()));
		}
		catch (final CsvParseException e) {
			throw new IllegalArgumentException("'" + text + "' selects nothing: " + HELP + " (" + e.getMessage() + ")",
				e);
		}
		return new Selection(column, values);
	}

	/** Returns whether a field is meant; a field without the column counts as blank. */
	public boolean test(final Field field) {
		return !isNone() && matches(field.get(column));
	}

	/** Returns whether a value of the column is one of the values. */
	public boolean matches(final String value) {
		if (values.contains(value)) return true;
		final String canonical = Spelling.canonical(value);
		return values.contains(canonical) || values.stream().anyMatch(v -> Spelling.canonical(v).equals(canonical));
	}

	/**
	 * Warns of values of the column that are not selected, but differ from one that is only by case, hyphens or blanks.
	 *
	 * @param present the values of the column
	 * @return a sentence without a full stop, or empty
	 */
	public Optional<String> nearMisses(final Collection<String> present) {
		final Set<String> wanted = new HashSet<>();
		for (final String value : values) wanted.add(Spelling.loose(value));
		final List<String> missed = present.stream()
			.distinct()
			.filter(v -> !v.isBlank() && !matches(v) && wanted.contains(Spelling.loose(v)))
			.toList();
		if (missed.isEmpty()) return Optional.empty();
		final long rows = present.stream().filter(missed::contains).count();
		return Optional.of(
			Count.of(rows, "row has", "rows have") + " " + column + " " +
			String.join(", ", missed.stream().map(v -> "'" + v + "'").toList()) +
				", which " + this + " doesn't select: correct the spelling, or name both");
	}

	/** Returns whether a row is meant, given its values by column name. */
	public boolean test(final Map<String, String> row) {
		return matches(row.getOrDefault(column, ""));
	}

	/**
	 * The fields of a screen that are meant, in their order.
	 *
	 * @throws IllegalArgumentException if the screen has no such column, naming
	 *           those it has, or if no field is meant, naming the values there are
	 */
	public List<Field> fields(final Screen screen) {
		requireColumn(screen, column);
		final List<Field> fields = screen.fields().stream().filter(this::test).toList();
		if (fields.isEmpty()) {
			final List<String> some = screen.fields()
				.stream()
				.map(f -> f.get(column))
				.distinct()
				.map(v -> v.isEmpty() ? "(blank)" : v)
				.limit(11)
				.toList();
			throw new IllegalArgumentException("No field has " + this + ": the screen's " + column + " is " +
				String.join(", ", some.subList(0, Math.min(10, some.size()))) + (some.size() > 10 ? "..." : ""));
		}
		return fields;
	}

	/** As it is written: {@code column=value,value}; empty for {@link #NONE}. */
	@Override
	public String toString() {
		return isNone() ? "" : column + "=" + String.join(",", values.stream().map(Selection::quoted).toList());
	}

	private static String quoted(final String value) {
		return value.matches("(?s).*[,\"].*") ? '"' + value.replace("\"", "\"\"") + '"' : value;
	}

	/** @throws IllegalArgumentException naming the columns there are, if this isn't one */
	static void requireColumn(final Screen screen, final String column) {
		final List<String> columns = screen.metadataColumns();
		if (!columns.contains(column)) {
			throw new IllegalArgumentException("The screen has no column " + column +
				NearMiss.of(column, columns) + ": it has " + String.join(", ", columns));
		}
	}
}
