// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Root of the file system that Java itself is on, which nobody means to have searched. */
public final class DiskRoot {

	private DiskRoot() {}

	/** Returns whether a path is that root. The root of another disk may well hold a screen. */
	public static boolean is(final Path path) throws IOException {
		return Files.isDirectory(path) &&
			path.toRealPath().equals(Path.of(System.getProperty("java.home")).toRealPath().getRoot());
	}

	/**
	 * Refuses that root, below which a search would take hours.
	 *
	 * @throws IOException if the path is that root
	 */
	public static void refuse(final Path path) throws IOException {
		if (is(path)) throw new IOException(path + " is the whole disk: choose the folder that holds the data");
	}
}
