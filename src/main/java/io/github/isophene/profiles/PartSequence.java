// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The rows of several parts with the same columns, one part after the other and only one file open at a time. */
public final class PartSequence implements ChunkedTable {

	/**
	 * One plate's part.
	 *
	 * @param plate its name in messages
	 * @param file where it lies
	 * @param table what the file holds, if that is still in memory; otherwise {@code null}
	 */
	public record Part(String plate, Path file, ProfileTable table) {}

	private final List<Part> parts;
	private final List<String> metadataColumns;
	private final List<String> featureColumns;
	private Database database;
	private ChunkedTable open;
	private long rows;
	private ProfileTable ahead;
	private int next;

	/** @param parts one at least */
	PartSequence(final List<Part> parts) throws IOException {
		this.parts = parts;
		try {
			open = open();
		}
		catch (final IOException e) {
			if (database != null) database.close();
			throw e;
		}
		metadataColumns = open.metadataColumns();
		featureColumns = open.featureColumns();
	}

	@Override
	public List<String> metadataColumns() {
		return metadataColumns;
	}

	@Override
	public List<String> featureColumns() {
		return featureColumns;
	}

	/** Returns whether there are any rows left. */
	boolean hasRows() throws IOException {
		while (ahead == null || ahead.rowCount() == 0) {
			ahead = read();
			if (ahead == null) return false;
		}
		return true;
	}

	/** Returns the number of rows handed out. */
	long rows() {
		return rows;
	}

	@Override
	public ProfileTable next() throws IOException {
		if (ahead != null) {
			final ProfileTable piece = ahead;
			ahead = null;
			return piece;
		}
		return read();
	}

	private ProfileTable read() throws IOException {
		while (open != null) {
			final ProfileTable piece = open.next();
			if (piece != null) {
				rows += piece.rowCount();
				return piece;
			}
			closePart();
			if (next < parts.size()) {
				open = open();
				check(open);
			}
		}
		return null;
	}

	@Override
	public void close() throws IOException {
		try {
			closePart();
		}
		finally {
			if (database != null) database.close();
		}
	}

	private void closePart() throws IOException {
		final ChunkedTable part = open;
		open = null;
		if (part != null) part.close();
	}

	private ChunkedTable open() throws IOException {
		final Part part = parts.get(next++);
		if (part.table() != null) return ChunkedTable.of(part.table());
		if (database == null) database = new Database();
		return new ProfileReader(part.file(), database);
	}

	private void check(final ChunkedTable part) throws IOException {
		if (part.metadataColumns().equals(metadataColumns) && part.featureColumns().equals(featureColumns)) return;
		throw new IOException("Plates '" + parts.get(0).plate() + "' and '" + parts.get(next - 1).plate() +
			"' have different columns (" + ProfileTableBuilder.difference(metadataColumns, featureColumns,
				part.metadataColumns(), part.featureColumns()) +
			"): delete " + parts.get(next - 1).file() + " and run that plate again");
	}
}
