// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files with content, unlike pipes and devices, whose reading may never end. */
public final class RegularFile {

	private RegularFile() {}

	/** Returns whether there is something that is neither a file with content nor a folder. */
	public static boolean isSpecial(final Path file) {
		return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
	}

	/**
	 * Checks a file before it is opened.
	 *
	 * @return the file; also if it is absent or a folder, which opening it says
	 * @throws IOException naming it and the remedy, if it is a pipe, a socket or a device
	 */
	public static Path require(final Path file) throws IOException {
		if (isSpecial(file))
			throw new IOException(file + " is not a regular file but a pipe, a socket or a device: give the name of " +
				"a file with content");
		return file;
	}
}
