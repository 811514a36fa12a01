// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.downstream;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.isophene.profiles.ProfileTable;

/**
 * Doses of the rows of a table.
 *
 * @param column the name of the column
 * @param unit as it stands behind the numbers; empty where they stand alone
 * @param doses [rows]; NaN where a row has none
 */
record DoseColumn(String column, String unit, double[] doses) {

	private static final Pattern NAME = Pattern.compile(
		"(?i)(metadata_)?(.*_)?(dose|conc|concentration|dosage|mmoles_per_liter|mg_per_ml)(_(in_)?[a-zµμ]{1,4})?");
	private static final Pattern VALUE = Pattern
		.compile("([+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?)\\s*([^\\d\\s.+-][^\\d\\s]{0,11})?");
	/** Share of the rows with a value whose value must be a number for a guess. */
	private static final double MOST = .5;

	/** Returns whether a column is called like doses. */
	static boolean isCalledSo(final String column) {
		return NAME.matcher(column).matches();
	}

	/** The numbers of a column, [rows]; NaN where a row has none. */
	static double[] numbers(final ProfileTable table, final String column) {
		return Arrays.stream(table.metadata(column)).mapToDouble(DoseColumn::number).toArray();
	}

	private static double number(final String value) {
		final Matcher matcher = VALUE.matcher(value.strip());
		return matcher.matches() ? Double.parseDouble(matcher.group(1)) : Double.NaN;
	}

	/** Returns the first of some columns that holds doses, by its values; {@code null} if none does. */
	static DoseColumn guess(final ProfileTable table, final List<String> columns) {
		for (final String column : columns) {
			if (!table.hasMetadata(column)) continue;
			final String[] values = table.metadata(column);
			final long given = Arrays.stream(values).filter(v -> !v.isBlank()).count();
			final long numbers = Arrays.stream(values).filter(v -> VALUE.matcher(v.strip()).matches()).count();
			final long different = Arrays.stream(values)
				.filter(v -> VALUE.matcher(v.strip()).matches())
				.distinct()
				.count();
			if (numbers < MOST * given || different < 2) continue;
			try {
				return of(table, column);
			}
			catch (final IllegalArgumentException e) {
				// of several units: not guessed
			}
		}
		return null;
	}

	/**
	 * Reads a column; values that are no numbers, such as those of controls, are no dose.
	 *
	 * @throws IllegalArgumentException if no value is a number, or units differ
	 */
	static DoseColumn of(final ProfileTable table, final String column) {
		final String[] values = table.metadata(column);
		final double[] doses = numbers(table, column);
		final TreeSet<String> units = new TreeSet<>();
		boolean any = false;
		for (int i = 0; i < doses.length; i++) {
			if (Double.isNaN(doses[i])) continue;
			any = true;
			final Matcher matcher = VALUE.matcher(values[i].strip());
			if (doses[i] > 0 && matcher.matches()) units.add(matcher.group(2) == null ? "" : matcher.group(2));
		}
		if (!any)
			throw new IllegalArgumentException("dose = " + column + ": no row of the column has a number, such as 0.3");
		if (units.size() > 1)
			throw new IllegalArgumentException("dose = " + column + ": has several units (" +
				String.join(", ", units.stream().map(u -> u.isEmpty() ? "none" : u).toList()) +
				"): give all doses in one");
		return new DoseColumn(column, units.isEmpty() ? "" : units.first(), doses);
	}
}
