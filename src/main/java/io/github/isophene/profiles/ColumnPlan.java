// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Columns that are read from a file: names of metadata and features, and the SQL expression
 * that gives each. Columns of the file are known to SQL by position ({@code c0},
 * {@code c1}...), because DuckDB renames columns whose names differ only by case.
 */
final class ColumnPlan {

	/** CellProfiler writes the metadata of an image with this before the usual prefix. */
	private static final String IMAGE_METADATA = "Image_" + ProfileTable.METADATA_PREFIX;
	/**
	 * Numbers by which CellProfiler keeps account of its run: of no phenotype, but different in every batch. A table of
	 * cells or wells has them under the names of its compartments, too.
	 */
	private static final Pattern BOOKKEEPING = Pattern
		.compile("([A-Za-z0-9]+_)?(ImageNumber|ObjectNumber|TableNumber|" +
			"Number_Object_Number|Parent_[A-Za-z0-9_]+)|(Image_)?(Group_Index|Group_Number|(ModuleError|" +
			"ExecutionTime)_.*)");
	/** Row numbers as pandas and R write them: reset_index, to_csv and write.csv without a name. */
	private static final Pattern ROW_NUMBER = Pattern.compile("__index_level_\\d+__|Unnamed: ?\\d+(\\.\\d+)*|" +
		"Unnamed(\\.|_)*\\d+(\\.\\d+)*|(?i:index|level_\\d+|row_?names|row_?(number|index|id)|rn)|\\.\\.\\.\\d+");

	private final Path file;
	private final List<String> metadata = new ArrayList<>();
	private final List<String> metadataSql = new ArrayList<>();
	private final List<String> features = new ArrayList<>();
	private final List<String> featuresSql = new ArrayList<>();
	private final List<String> textWithoutPrefix = new ArrayList<>();
	private final List<String> bookkeeping = new ArrayList<>();
	private final List<String> skipped = new ArrayList<>();
	private final List<String> warnings = new ArrayList<>();

	ColumnPlan(final Path file) {
		this.file = file;
	}

	/** Returns whether a column is metadata by its name, whatever it holds. */
	static boolean isMetadata(final String name) {
		return name.startsWith(ProfileTable.METADATA_PREFIX) || name.startsWith(IMAGE_METADATA) || isBookkeeping(name);
	}

	private static boolean isBookkeeping(final String name) {
		return BOOKKEEPING.matcher(name).matches();
	}

	/** Returns whether a column of numbers counts the rows by its name: pandas' row index, no feature. */
	static boolean isRowNumber(final String name) {
		return ROW_NUMBER.matcher(name).matches();
	}

	/** The columns' names in SQL: {@code c0, c1...}. */
	static List<String> positions(final int columns) {
		final List<String> names = new ArrayList<>();
		for (int i = 0; i < columns; i++) names.add("c" + i);
		return names;
	}

	void addMetadata(final String name, final String sql) {
		metadata.add(name);
		metadataSql.add(sql);
		if (isBookkeeping(name)) bookkeeping.add(name);
		else if (!isMetadata(name)) textWithoutPrefix.add(name);
	}

	/**
	 * A column was taken as text though most of its cells are numbers.
	 *
	 * @param row of the first cell that is none, from 1
	 */
	void warnOfStrayText(final String name, final long numbers, final long others, final long row, final String cell) {
		if (isMetadata(name) || numbers <= others) return;
		warnings.add(file + ": column '" + name + "' is no feature because " + others + " of " + (numbers + others) +
			" cells looked at hold text, first row " + row + " '" + cell +
			"': empty such cells if it is a feature, or begin its name with Metadata_");
	}

	/** @param sql gives a FLOAT or a DOUBLE */
	void addFeature(final String name, final String sql) {
		features.add(name);
		featuresSql.add(sql);
	}

	void skip(final String name) {
		skipped.add(name);
	}

	List<String> metadata() {
		return metadata;
	}

	List<String> features() {
		return features;
	}

	/** Every expression, metadata first. */
	String select() {
		final List<String> all = new ArrayList<>(metadataSql);
		all.addAll(featuresSql);
		return String.join(", ", all);
	}

	/** Returns the notes on how the columns were read; one sentence each. */
	List<String> notes() {
		final List<String> notes = new ArrayList<>();
		if (!textWithoutPrefix.isEmpty()) {
			notes.add(file + ": taken as metadata because they hold text: " + String.join(", ", textWithoutPrefix));
		}
		if (!bookkeeping.isEmpty()) {
			notes.add(file + ": taken as metadata because CellProfiler counts and times its run by them: " +
				String.join(", ", bookkeeping));
		}
		if (!skipped.isEmpty())
			notes.add(file + ": left out because they number the rows: " + String.join(", ",
				skipped.stream().map(n -> n.isEmpty() ? "the first, which has no name" : n).toList()));
		return notes;
	}

	/** Returns the warnings about the columns; one sentence each. */
	List<String> warnings() {
		return warnings;
	}

	/** @throws IOException if two columns have one name or there is nothing to be a feature */
	void check() throws IOException {
		final Set<String> seen = new LinkedHashSet<>();
		for (final List<String> names : List.of(metadata, features)) {
			for (final String name : names) {
				if (name.isBlank()) throw new IOException(file + " has a column without a name: name it or delete it");
				if (!seen.add(name)) {
					throw new IOException(file + " has two columns named '" + name + "': rename or delete one");
				}
			}
		}
		if (features.isEmpty()) {
			throw new IOException(file + " has no features, only " + metadata +
				": profiles need numeric columns whose names don't begin with Metadata_");
		}
	}
}
