// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The rows of several files with the same columns, one file after the other and only one open at a time. */
final class PartSequence implements TableSource {

	private final List<String> plates;
	private final List<Path> files;
	private final List<String> metadataColumns;
	private final List<String> featureColumns;
	private final Database database = new Database();
	private ProfileReader reader;
	private long rows;
	private ProfileTable ahead;
	private int next;

	/**
	 * @param plates the files' names in messages
	 * @param files one at least
	 */
	PartSequence(final List<String> plates, final List<Path> files) throws IOException {
		this.plates = plates;
		this.files = files;
		try {
			reader = open();
		}
		catch (final IOException e) {
			database.close();
			throw e;
		}
		metadataColumns = reader.metadataColumns();
		featureColumns = reader.featureColumns();
	}

	@Override
	public List<String> metadataColumns() {
		return metadataColumns;
	}

	@Override
	public List<String> featureColumns() {
		return featureColumns;
	}

	/** Whether there are any rows left. */
	boolean hasRows() throws IOException {
		while (ahead == null || ahead.rowCount() == 0) {
			ahead = next();
			if (ahead == null) return false;
		}
		return true;
	}

	/** How many rows have been handed out. */
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
		while (reader != null) {
			final ProfileTable piece = reader.next();
			if (piece != null) {
				rows += piece.rowCount();
				return piece;
			}
			closeReader();
			if (next < files.size()) {
				reader = open();
				check(reader);
			}
		}
		return null;
	}

	@Override
	public void close() throws IOException {
		try {
			closeReader();
		}
		finally {
			database.close();
		}
	}

	private void closeReader() throws IOException {
		final ProfileReader open = reader;
		reader = null;
		if (open != null) open.close();
	}

	private ProfileReader open() throws IOException {
		return new ProfileReader(files.get(next++), database);
	}

	private void check(final ProfileReader part) throws IOException {
		if (part.metadataColumns().equals(metadataColumns) && part.featureColumns().equals(featureColumns)) return;
		throw new IOException("Plates '" + plates.get(0) + "' and '" + plates.get(next - 1) + "' have different columns (" +
			ProfileTableBuilder.difference(metadataColumns, featureColumns, part.metadataColumns(), part.featureColumns()) +
			"): delete " + files.get(next - 1) + " and run that plate again");
	}
}
