// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A table that comes piece by piece, so that it need not fit into the heap. */
public interface ChunkedTable extends Closeable {

	/** The names of the metadata columns. */
	List<String> metadataColumns();

	/** The names of the features. */
	List<String> featureColumns();

	/** The next rows, or {@code null} if there are no more; a piece may be empty. */
	ProfileTable next() throws IOException;

	/** A table that is all there, as one piece. */
	static ChunkedTable of(final ProfileTable table) {
		return new ChunkedTable() {

			private ProfileTable rest = table;

			@Override
			public List<String> metadataColumns() {
				return table.metadataColumns();
			}

			@Override
			public List<String> featureColumns() {
				return table.featureColumns();
			}

			@Override
			public ProfileTable next() {
				final ProfileTable piece = rest;
				rest = null;
				return piece;
			}

			@Override
			public void close() {
				// holds nothing
			}
		};
	}
}
