// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.util.ArrayList;
import java.util.List;

import io.github.isophene.messages.Count;

/** Collects rows for a {@link ProfileTable}. Not for several threads at once. */
public final class ProfileTableBuilder {

	private final List<String> metadataColumns;
	private final List<String> featureColumns;
	private final List<TextColumn> metadata = new ArrayList<>();
	private final FloatBlocks features;
	private boolean built;

	ProfileTableBuilder(final List<String> metadataColumns, final List<String> featureColumns) {
		ProfileTable.checkNames(metadataColumns, featureColumns);
		this.metadataColumns = List.copyOf(metadataColumns);
		this.featureColumns = List.copyOf(featureColumns);
		this.features = new FloatBlocks(featureColumns.size());
		for (int i = 0; i < metadataColumns.size(); i++) metadata.add(new TextColumn());
	}

	/**
	 * Adds a row; the values are copied.
	 *
	 * @param values [metadata columns]; {@code null} where missing
	 * @param vector [features]; NaN where missing
	 * @throws IllegalArgumentException if there are more or fewer values than columns
	 */
	public ProfileTableBuilder add(final List<String> values, final float[] vector) {
		return add(values, vector, 0, vector.length);
	}

	/**
	 * Adds a row whose features lie in a larger array, such as the output [N, features]
	 * of an encoder.
	 *
	 * @param values [metadata columns]; {@code null} where missing
	 * @param vectors holds the features
	 * @param at where they begin
	 * @param count how many there are
	 * @throws IllegalArgumentException if there are more or fewer values than columns
	 */
	public ProfileTableBuilder add(final List<String> values, final float[] vectors, final int at, final int count) {
		if (values.size() != metadata.size() || count != featureColumns.size()) {
			throw new IllegalArgumentException("Row " + rowCount() + " has " + values.size() + " metadata values and " +
				Count.of(count, "feature") + ", but the table has " + metadata.size() + " and " +
				featureColumns.size());
		}
		checkOpen();
		for (int i = 0; i < values.size(); i++) metadata.get(i).add(values.get(i));
		features.append(vectors, at);
		return this;
	}

	/**
	 * Adds every row of a table.
	 *
	 * @throws IllegalArgumentException if its columns are not these
	 */
	public ProfileTableBuilder addAll(final ProfileTable table) {
		if (!table.metadataColumns().equals(metadataColumns) || !table.featureColumns().equals(featureColumns)) {
			throw new IllegalArgumentException("Tables with different columns cannot be put together: " +
				difference(metadataColumns, featureColumns, table.metadataColumns(), table.featureColumns()));
		}
		for (int row = 0; row < table.rowCount(); row++) add(table, row);
		return this;
	}

	/** Returns the number of rows added. */
	public int rowCount() {
		return features.rows();
	}

	/** The table; nothing can be added afterwards. */
	public ProfileTable build() {
		checkOpen();
		built = true;
		features.trim();
		metadata.forEach(TextColumn::trim);
		return new ProfileTable(metadataColumns, featureColumns, metadata, features);
	}

	/** Adds one row of a table that has the same columns. */
	void add(final ProfileTable table, final int row) {
		checkOpen();
		for (int i = 0; i < metadata.size(); i++) metadata.get(i).add(table.text(i).get(row));
		features.append(table.matrix(), row);
	}

	List<TextColumn> metadata() {
		return metadata;
	}

	FloatBlocks features() {
		return features;
	}

	/** The first way in which two lists of columns differ, in words. */
	static String difference(final List<String> metadata, final List<String> features, //
		final List<String> otherMetadata, final List<String> otherFeatures)
	{
		if (!metadata.equals(otherMetadata)) return "metadata " + metadata + " and " + otherMetadata;
		if (features.size() != otherFeatures.size()) {
			return features.size() + " and " + Count.of(otherFeatures.size(), "feature");
		}
		for (int i = 0; i < features.size(); i++) {
			if (!features.get(i).equals(otherFeatures.get(i))) {
				return "feature " + (i + 1) + " is '" + features.get(i) + "' and '" + otherFeatures.get(i) + "'";
			}
		}
		return "none";
	}

	private void checkOpen() {
		if (built) throw new IllegalStateException("The table has been built: start another builder");
	}
}
