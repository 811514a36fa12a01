// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Aggregation of rows to one row: tiles to fields, fields to wells, wells to treatments.
 * <p>
 * A value that is missing (NaN) is left out; a feature is NaN only where the whole
 * group's is. Sums are taken in double precision, in the order of the rows.
 * </p>
 */
public enum Aggregation {

	/** The arithmetic mean. */
	MEAN {

		@Override
		double of(final double[] values, final int count) {
			double sum = 0;
			for (int i = 0; i < count; i++) sum += values[i];
			return sum / count;
		}
	},

	/** The median; of an even number of values the mean of the middle two. */
	MEDIAN {

		@Override
		double of(final double[] values, final int count) {
			Arrays.sort(values, 0, count);
			final int middle = count / 2;
			return count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
		}
	};

	/** The columns that tell one field from another. */
	public static final List<String> FIELD = List.of("Metadata_Plate", "Metadata_Well", "Metadata_Site");

	/** The columns that tell one well from another. */
	public static final List<String> WELL = List.of("Metadata_Plate", "Metadata_Well");

	/**
	 * The aggregation of this name, {@code mean} or {@code median}.
	 *
	 * @throws IllegalArgumentException if there is none
	 */
	public static Aggregation of(final String name) {
		for (final Aggregation aggregation : values()) {
			if (aggregation.name().equals(name.strip().toUpperCase(Locale.ROOT))) return aggregation;
		}
		throw new IllegalArgumentException("'" + name + "' is no aggregation: mean or median");
	}

	/**
	 * One row per group, groups in order of first appearance. A metadata column is kept
	 * if it is constant within every group (those grouped by always are), and dropped
	 * otherwise: a well has no site, a treatment no plate.
	 *
	 * @param table the rows to aggregate
	 * @param columns the metadata columns to group by, for example {@link #WELL}
	 * @throws IllegalArgumentException if there is no such column
	 */
	public ProfileTable apply(final ProfileTable table, final List<String> columns) {
		final Map<List<String>, int[]> groups = table.rowsBy(columns);
		final List<String> kept = constantColumns(table, groups);
		final ProfileTableBuilder builder = ProfileTable.builder(kept, table.featureColumns());
		final float[] vector = new float[table.featureCount()];
		for (final int[] rows : groups.values()) {
			aggregate(table, rows, vector);
			builder.add(kept.stream().map(column -> table.metadata(column, rows[0])).toList(), vector);
		}
		return builder.build();
	}

	/** Returns the metadata columns that are constant within every group, in the order of the table. */
	public static List<String> constantColumns(final ProfileTable table, final Map<List<String>, int[]> groups) {
		final List<String> kept = new ArrayList<>(table.metadataColumns());
		kept.removeIf(column -> !isConstant(table.text(column), groups));
		return kept;
	}

	/** The aggregate of the first {@code count} values, of which there is one at least; may reorder them. */
	abstract double of(double[] values, int count);

	private void aggregate(final ProfileTable table, final int[] rows, final float[] vector) {
		final double[] values = new double[rows.length];
		for (int feature = 0; feature < vector.length; feature++) {
			int count = 0;
			for (final int row : rows) {
				final float value = table.feature(row, feature);
				if (!Float.isNaN(value)) values[count++] = value;
			}
			vector[feature] = count == 0 ? Float.NaN : (float) of(values, count);
		}
	}

	private static boolean isConstant(final TextColumn column, final Map<List<String>, int[]> groups) {
		for (final int[] rows : groups.values()) {
			for (final int row : rows) {
				if (column.code(row) != column.code(rows[0])) return false;
			}
		}
		return true;
	}
}
