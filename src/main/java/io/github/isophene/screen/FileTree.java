// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/**
 * Walks the files below a folder, in one order on every machine, as far as the
 * visitor wants. Links are followed, but no folder is entered twice, and none
 * that holds the root, as a link to the whole disk does.
 */
public final class FileTree {

	/** Receives the files of a tree, in order. */
	public interface Visitor {

		/**
		 * Receives a file.
		 *
		 * @param path relative to the root, with {@code /}
		 * @return whether to go on
		 */
		boolean take(String path) throws IOException;

		/**
		 * Returns whether to look into a folder.
		 *
		 * @param path relative to the root, with {@code /}
		 */
		default boolean enter(final String path) {
			return true;
		}
	}

	private FileTree() {}

	/**
	 * Visits every file below a folder, until the visitor ends it.
	 *
	 * @throws IOException if a folder can't be listed, or the visitor throws it
	 * @throws InterruptedIOException if the thread is interrupted
	 */
	public static void walk(final Path root, final Visitor visitor) throws IOException {
		walk(root, "", visitor, above(root));
	}

	/** The folders that hold a folder, which no walk below it enters: what their links lead to has no end. */
	static Set<Path> above(final Path root) throws IOException {
		final Set<Path> above = new HashSet<>();
		for (Path at = root.toRealPath().getParent(); at != null; at = at.getParent()) above.add(at);
		return above;
	}

	private static boolean walk(final Path folder, final String prefix, final Visitor visitor, final Set<Path> entered)
		throws IOException
	{
		if (Thread.currentThread().isInterrupted())
			throw new InterruptedIOException("The search of " + folder + " was interrupted");
		if (!entered.add(folder.toRealPath())) return true;
		for (final Path entry : FolderListing.list(folder)) {
			final String path = prefix + entry.getFileName();
			final BasicFileAttributes attributes;
			try {
				attributes = Files.readAttributes(entry, BasicFileAttributes.class);
			}
			catch (final NoSuchFileException exc) {
				continue; // a link to nothing, or a file that was removed meanwhile
			}
			final boolean on;
			if (attributes.isDirectory()) on = !visitor.enter(path) || walk(entry, path + "/", visitor, entered);
			else on = !attributes.isRegularFile() || visitor.take(path);
			if (!on) return false;
		}
		return true;
	}
}
