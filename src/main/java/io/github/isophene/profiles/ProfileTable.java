// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.isophene.messages.Count;

/**
 * Profiles: for each row (a tile, field or well) some metadata as strings and a
 * vector of float32 features, the matrix being [rows, features].
 * <p>
 * Immutable. The matrix lies in blocks, so a table may hold more than 2^31 values. What
 * exceeds an eighth of the largest heap lies in a temporary file that is mapped into
 * memory: a million rows of 512 features (2 GiB) need no more than 1 GiB of heap.
 * A metadata value that is missing is the empty string, a feature that is missing
 * is NaN. Metadata columns are normally named {@code Metadata_*}; features never are.
 * </p>
 *
 * <pre>
 * ProfileTable table = ProfileTable.builder(List.of("Metadata_Plate", "Metadata_Well"), features)
 * 	.add(List.of("P1", "A01"), vector)
 * 	.build();
 * </pre>
 */
public final class ProfileTable {

	/** Prefix of the names of metadata columns; every other column is a feature. */
	public static final String METADATA_PREFIX = "Metadata_";

	/** Values of the columns that are changed at a time, 32 MiB. */
	private static final int STRIP = 1 << 23;

	private final Map<String, Integer> metadataIndex;
	private final Map<String, Integer> featureIndex;
	private final List<String> metadataColumns;
	private final List<String> featureColumns;
	private final List<TextColumn> metadata;
	private final FloatBlocks features;

	/** Takes hold of columns and matrix without a copy: the caller must not change them any more. */
	ProfileTable(final List<String> metadataColumns, final List<String> featureColumns, //
		final List<TextColumn> metadata, final FloatBlocks features)
	{
		this.metadataColumns = List.copyOf(metadataColumns);
		this.featureColumns = List.copyOf(featureColumns);
		this.metadataIndex = index(this.metadataColumns);
		this.featureIndex = index(this.featureColumns);
		this.metadata = List.copyOf(metadata);
		this.features = features;
		checkNames(this.metadataColumns, this.featureColumns);
		for (final TextColumn column : metadata) {
			if (column.rows() != features.rows()) {
				throw new IllegalArgumentException("A metadata column has " + column.rows() +
					" values, but there are " + Count.of(features.rows(), "row") + " of features");
			}
		}
	}

	/** Starts a table to which rows are added one by one. */
	public static ProfileTableBuilder builder(final List<String> metadataColumns, final List<String> featureColumns) {
		return new ProfileTableBuilder(metadataColumns, featureColumns);
	}

	/**
	 * A table from arrays, which are copied.
	 *
	 * @param metadata [rows][metadata columns]
	 * @param features [rows][features]
	 * @throws IllegalArgumentException if the shapes don't fit each other or the names
	 */
	public static ProfileTable of(final List<String> metadataColumns, final List<String> featureColumns,
		final String[][] metadata, final float[][] features)
	{
		if (metadata.length != features.length) {
			throw new IllegalArgumentException(
				Count.of(metadata.length, "row") + " of metadata, but " + Count.of(features.length, "row") +
				" of features");
		}
		final ProfileTableBuilder builder = builder(metadataColumns, featureColumns);
		for (int row = 0; row < features.length; row++) builder.add(Arrays.asList(metadata[row]), features[row]);
		return builder.build();
	}

	/**
	 * Tables with the same columns, one below the other.
	 *
	 * @throws IllegalArgumentException if there is none or the columns differ
	 */
	public static ProfileTable concat(final List<ProfileTable> tables) {
		if (tables.isEmpty()) throw new IllegalArgumentException("There is no table to concatenate");
		final ProfileTable first = tables.get(0);
		final ProfileTableBuilder builder = builder(first.metadataColumns, first.featureColumns);
		tables.forEach(builder::addAll);
		return builder.build();
	}

	/** Returns the number of rows. */
	public int rowCount() {
		return features.rows();
	}

	/** Returns the number of features. */
	public int featureCount() {
		return featureColumns.size();
	}

	/** The names of the metadata columns, in order. */
	public List<String> metadataColumns() {
		return metadataColumns;
	}

	/** The names of the features, in order. */
	public List<String> featureColumns() {
		return featureColumns;
	}

	/** Returns whether there is a metadata column of this name. */
	public boolean hasMetadata(final String column) {
		return metadataIndex.containsKey(column);
	}

	/**
	 * One metadata value, the empty string where it is missing.
	 *
	 * @throws IllegalArgumentException if there is no such column
	 */
	public String metadata(final String column, final int row) {
		return text(column).get(row);
	}

	/**
	 * A copy of one metadata column, [rows].
	 *
	 * @throws IllegalArgumentException if there is no such column
	 */
	public String[] metadata(final String column) {
		final TextColumn text = text(column);
		final String[] values = new String[rowCount()];
		for (int row = 0; row < values.length; row++) values[row] = text.get(row);
		return values;
	}

	/** One value of the matrix, NaN where it is missing. */
	public float feature(final int row, final int column) {
		return features.get(row, column);
	}

	/**
	 * The position of a feature.
	 *
	 * @throws IllegalArgumentException if there is no such feature
	 */
	public int featureIndex(final String column) {
		final Integer index = featureIndex.get(column);
		if (index == null) throw new IllegalArgumentException("There is no feature '" + column + "' in the table");
		return index;
	}

	/** A copy of one row's features, [features]. */
	public float[] row(final int row) {
		final float[] values = new float[featureCount()];
		features.copyRow(row, values, 0);
		return values;
	}

	/** Copies one row's features into an array, from position {@code at} on. */
	public void copyRow(final int row, final float[] target, final int at) {
		features.copyRow(row, target, at);
	}

	/** A copy of one feature's values, [rows]. */
	public float[] column(final int column) {
		final float[] values = new float[rowCount()];
		for (int row = 0; row < values.length; row++) values[row] = features.get(row, column);
		return values;
	}

	/**
	 * Returns the rows of each combination of values in some metadata columns: groups in order of first
	 * appearance, rows in order.
	 *
	 * @throws IllegalArgumentException if there is no such column
	 */
	public Map<List<String>, int[]> rowsBy(final List<String> columns) {
		return RowGroups.of(columns.stream().map(this::text).toList(), rowCount());
	}

	/** A copy of some rows, in the order given; a row may be given more than once. */
	public ProfileTable selectRows(final int[] rows) {
		final ProfileTableBuilder builder = builder(metadataColumns, featureColumns);
		for (final int row : rows) builder.add(this, row);
		return builder.build();
	}

	/**
	 * A copy with some features only, in the order given.
	 *
	 * @throws IllegalArgumentException if there is no such feature
	 */
	public ProfileTable selectFeatures(final List<String> columns) {
		final int[] positions = columns.stream().mapToInt(this::featureIndex).toArray();
		return mapRows(columns, (row, in, out) -> {
			for (int i = 0; i < positions.length; i++) out[i] = in[positions[i]];
		});
	}

	/**
	 * The same rows and metadata with other features, computed row by row, first row
	 * first.
	 *
	 * @param columns the names of the new features
	 * @param mapping fills a new row from an old one
	 */
	public ProfileTable mapRows(final List<String> columns, final RowMapping mapping) {
		final FloatBlocks mapped = new FloatBlocks(columns.size());
		final float[] in = new float[featureCount()];
		final float[] out = new float[columns.size()];
		for (int row = 0; row < rowCount(); row++) {
			features.copyRow(row, in, 0);
			mapping.apply(row, in, out);
			mapped.append(out, 0);
		}
		mapped.trim();
		return new ProfileTable(metadataColumns, columns, metadata, mapped);
	}

	/**
	 * The same rows, metadata and features with other values, computed feature by feature.
	 *
	 * @param mapping changes the values of a feature
	 */
	public ProfileTable mapColumns(final ColumnMapping mapping) {
		final FloatBlocks mapped = new FloatBlocks(featureCount());
		for (int row = 0; row < rowCount(); row++) mapped.append(features, row);
		// A few columns at a time: a walk through the table for each would take as many times as long.
		final int width = Math.max(1, Math.min(featureCount(), STRIP / Math.max(1, rowCount())));
		final float[][] strip = new float[width][rowCount()];
		for (int first = 0; first < featureCount(); first += width) {
			final int count = Math.min(width, featureCount() - first);
			for (int row = 0; row < rowCount(); row++) {
				for (int c = 0; c < count; c++) strip[c][row] = features.get(row, first + c);
			}
			for (int c = 0; c < count; c++) mapping.apply(first + c, strip[c]);
			for (int row = 0; row < rowCount(); row++) {
				for (int c = 0; c < count; c++) mapped.set(row, first + c, strip[c][row]);
			}
		}
		mapped.trim();
		return new ProfileTable(metadataColumns, featureColumns, metadata, mapped);
	}

	/**
	 * The same features with one metadata column added at the end, or replaced where
	 * there is one of this name.
	 *
	 * @param values [rows]
	 */
	public ProfileTable withMetadata(final String column, final String[] values) {
		final TextColumn text = new TextColumn();
		for (final String value : values) text.add(value);
		text.trim();
		final List<String> names = new ArrayList<>(metadataColumns);
		final List<TextColumn> columns = new ArrayList<>(metadata);
		final Integer old = metadataIndex.get(column);
		if (old != null) {
			columns.set(old, text);
		}
		else {
			names.add(column);
			columns.add(text);
		}
		return new ProfileTable(names, featureColumns, columns, features);
	}

	/**
	 * The same features with some metadata columns only, in the order given.
	 *
	 * @throws IllegalArgumentException if there is no such column
	 */
	public ProfileTable selectMetadata(final List<String> columns) {
		return new ProfileTable(columns, featureColumns, columns.stream().map(this::text).toList(), features);
	}

	/**
	 * Returns whether another table has the same columns, the same strings and the same floats, NaN being equal
	 * to NaN.
	 */
	public boolean contentEquals(final ProfileTable other) {
		if (rowCount() != other.rowCount() || !metadataColumns.equals(other.metadataColumns) ||
			!featureColumns.equals(other.featureColumns)) return false;
		for (int row = 0; row < rowCount(); row++) {
			if (!Arrays.equals(row(row), other.row(row))) return false;
			for (int column = 0; column < metadata.size(); column++) {
				if (!metadata.get(column).get(row).equals(other.metadata.get(column).get(row))) return false;
			}
		}
		return true;
	}

	/** The table's size in words: {@code 384 rows x 512 features}. */
	@Override
	public String toString() {
		return Count.of(rowCount(), "row") + " x " + Count.of(featureCount(), "feature");
	}

	TextColumn text(final String column) {
		final Integer index = metadataIndex.get(column);
		if (index == null) {
			throw new IllegalArgumentException(
				"There is no metadata column '" + column + "' in the table; it has " + metadataColumns);
		}
		return metadata.get(index);
	}

	TextColumn text(final int column) {
		return metadata.get(column);
	}

	FloatBlocks matrix() {
		return features;
	}

	/**
	 * @throws IllegalArgumentException if a name is empty, occurs twice, or is a feature's and begins as
	 * metadata does
	 */
	static void checkNames(final List<String> metadataColumns, final List<String> featureColumns) {
		final Set<String> seen = new LinkedHashSet<>();
		for (final String name : metadataColumns) checkName(name, seen);
		for (final String name : featureColumns) {
			checkName(name, seen);
			if (name.startsWith(METADATA_PREFIX)) {
				throw new IllegalArgumentException(
					"The feature '" + name + "' has the name of a metadata column: rename it");
			}
		}
	}

	private static void checkName(final String name, final Set<String> seen) {
		if (name.isBlank()) throw new IllegalArgumentException("A column has no name");
		if (!seen.add(name)) throw new IllegalArgumentException("Two columns have the name '" + name + "': rename one");
	}

	private static Map<String, Integer> index(final List<String> names) {
		final Map<String, Integer> index = new LinkedHashMap<>();
		for (final String name : names) index.put(name, index.size());
		return Collections.unmodifiableMap(index);
	}
}
