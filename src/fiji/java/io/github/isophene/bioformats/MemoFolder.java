// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.isophene.files.PrivateFolder;
import io.github.isophene.files.Sha256;

/**
 * Folder for Bio-Formats' memo files, which speed up the next opening: never beside the data, which may be
 * read-only, but in
 * {@code isophene-memo-<user>} among the temporary files, or the folder that the system
 * property {@value #PROPERTY} names; {@code none} keeps nothing. Files that open within
 * a second ({@value #WORTH}: milliseconds) have none: opening them is as quick as reading a memo.
 * <p>
 * A memo is a stream of Java objects, so one that somebody else has put there would run
 * code: only a {@linkplain PrivateFolder folder of the user's own} is used.
 * </p>
 */
final class MemoFolder {

	static final String PROPERTY = "isophene.memo";

	static final String WORTH = "isophene.memo.millis";

	private static final Logger LOG = LoggerFactory.getLogger(MemoFolder.class);

	/** Said once: a screen has many files. */
	private static volatile boolean warned;

	private MemoFolder() {}

	/**
	 * The folder for the memo of a file as it is now: another after the file has changed.
	 *
	 * @param file whose memo it is
	 * @param use what the reader is set up for, as differently set up readers don't share memos
	 * @return an existing folder, or {@code null} if nothing can be kept
	 */
	static File of(final Path file, final String use) {
		try {
			final Path root = root();
			if (root == null) return null;
			final FileTime modified = Files.getLastModifiedTime(file);
			final String state = file + "\n" + Files.size(file) + "\n" + modified.toMillis() + "\n" + use;
			return Files.createDirectories(root.resolve(Sha256.of(state).substring(0, 24))).toFile();
		}
		catch (final IOException | SecurityException exc) {
			return null; // a memo only saves time
		}
	}

	/** Returns the opening time, in milliseconds, from which a memo is worth writing. */
	static long worthMillis() {
		return Long.getLong(WORTH, 1000);
	}

	private static Path root() throws IOException {
		final String given = System.getProperty(PROPERTY, "");
		if (given.equalsIgnoreCase("none")) return null;
		final Path root = given.isBlank()
			? Path.of(System.getProperty("java.io.tmpdir"), "isophene-memo-" + System.getProperty("user.name"))
			: Path.of(given);
		try {
			return PrivateFolder.require(root);
		}
		catch (final IOException exc) {
			if (!warned) LOG.warn("Bio-Formats keeps no memo files, so files open as slowly each time: {}. " +
				"-D{}=<folder> " +
				"names another, {}=none keeps none", exc.getMessage(), PROPERTY, PROPERTY);
			warned = true;
			return null;
		}
	}
}
