// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files that belong together, such as a report's: all are written beside their places first, and only when the last of
 * them is whole, each takes its name. If one can't be written, all that was there is unchanged. The last file is the
 * one that vouches for the others: it is taken away first and comes back last, so that where it is, all are of one run.
 */
public final class FileSet {

	private final Map<Path, AtomicFile.Content> contents = new LinkedHashMap<>();

	/** Adds a file; its folder is made if it is missing. */
	public FileSet with(final Path target, final AtomicFile.Content content) {
		contents.put(target, content);
		return this;
	}

	/** Adds a text in UTF-8. */
	public FileSet with(final Path target, final String text) {
		return with(target, temporary -> Files.writeString(temporary, text));
	}

	/**
	 * Writes all files.
	 *
	 * @throws IOException naming the file that can't be written; no temporary file is left
	 */
	public void write() throws IOException {
		final Map<Path, Path> written = new LinkedHashMap<>();
		Path last = null;
		try {
			for (final Map.Entry<Path, AtomicFile.Content> file : contents.entrySet()) {
				last = file.getKey();
				final Path temporary = AtomicFile.temporaryBeside(last);
				written.put(last, temporary);
				AtomicFile.writeTemporary(last, temporary, file.getValue());
			}
			if (written.size() > 1) Files.deleteIfExists(last);
			for (final Map.Entry<Path, Path> file : written.entrySet()) AtomicFile.move(file.getValue(), file.getKey());
		}
		finally {
			for (final Path temporary : written.values()) Files.deleteIfExists(temporary);
		}
	}
}
