// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Folder of an export, and the check that an image lies in it. An index from elsewhere can name any file of this
 * machine by {@code ..}, an absolute path or a link; the folder itself can be a link. Thread-safe.
 */
public final class SourceFolder {

	private final Path folder;
	private final Path real;
	private final Map<Path, Boolean> parents = new ConcurrentHashMap<>();

	/**
	 * @param folder of the export
	 * @throws IOException if it can't be resolved
	 */
	public SourceFolder(final Path folder) throws IOException {
		this.folder = folder.toAbsolutePath().normalize();
		this.real = folder.toRealPath();
	}

	/** Returns whether a file, present or not, lies in the folder after links are resolved. */
	public boolean holds(final Path file) throws IOException {
		final Path absolute = file.toAbsolutePath().normalize();
		final Path parent = absolute.getParent();
		if (parent == null) return false;
		// Of another disk or machine (Windows): not asked, as asking a share connects to its server.
		if (!absolute.getRoot().equals(folder.getRoot()) && !absolute.getRoot().equals(real.getRoot())) return false;
		Boolean inside = parents.get(parent);
		if (inside == null) {
			// a parent that is absent holds no link: its images are reported as absent when they are read
			inside = Files.exists(parent) ? parent.toRealPath().startsWith(real) : absolute.startsWith(folder);
			parents.put(parent, inside);
		}
		if (!inside) return false;
		return !Files.isSymbolicLink(absolute) || !Files.exists(absolute) || absolute.toRealPath().startsWith(real);
	}

	/** @throws IOException naming file, folder and remedy if the file lies outside */
	public void require(final Path file) throws IOException {
		if (holds(file)) return;
		throw new IOException(file + " lies outside of " + folder +
			", by '..', an absolute path or a link, which no export of " +
			"this format needs: copy it into the folder, open the folder that a link leads to, or list the images in " +
			"a screen table (format loaddata)");
	}
}
