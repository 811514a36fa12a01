// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Walks the files below a folder, in one order on every machine, as far as the
 * visitor wants. Links are followed, but no folder is entered twice.
 */
public final class FileTree {

	/** Takes a file's path relative to the root, with {@code /}. */
	public interface Visitor {

		/** @return whether to go on */
		boolean take(String path) throws IOException;
	}

	private FileTree() {}

	public static void walk(final Path root, final Visitor visitor) throws IOException {
		walk(root, "", visitor, new HashSet<>());
	}

	private static boolean walk(final Path folder, final String prefix, final Visitor visitor, final Set<Path> entered)
		throws IOException
	{
		if (!entered.add(folder.toRealPath())) return true;
		for (final Path entry : FolderListing.list(folder)) {
			final String path = prefix + entry.getFileName();
			final boolean on;
			if (Files.isDirectory(entry)) on = walk(entry, path + "/", visitor, entered);
			else on = !Files.isRegularFile(entry) || visitor.take(path);
			if (!on) return false;
		}
		return true;
	}
}
