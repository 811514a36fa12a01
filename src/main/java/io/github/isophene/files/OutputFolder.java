// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Folders that outputs go into. Outputs are local files: half of an object can't be moved to its place at once. */
public final class OutputFolder {

	/** Such as the {@code s3:} of {@code s3://bucket/profiles.parquet}, as a path of Unix. */
	private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:");

	private OutputFolder() {}

	/**
	 * Makes a folder, and those above it, if they are missing.
	 *
	 * @throws IOException if that fails, or the path is an address of the network
	 */
	public static void make(final Path folder) throws IOException {
		try {
			requireLocal(folder);
		}
		catch (final IllegalArgumentException exc) {
			throw new IOException(exc.getMessage(), exc);
		}
		Files.createDirectories(folder);
	}

	/**
	 * Refuses an address, which as a path is a folder with the name of a protocol.
	 *
	 * @throws IllegalArgumentException naming the address and the remedy
	 */
	public static void requireLocal(final Path path) {
		Path place = path.getRoot();
		for (final Path name : path) {
			place = place == null ? name : place.resolve(name);
			if (!SCHEME.matcher(name.toString()).matches() || Files.isDirectory(place)) continue;
			throw new IllegalArgumentException("Results can't be written to " + name + "//" + place.relativize(path) +
				": give a folder of a disk (for jobs on a cluster, one that all machines see), and copy the results " +
				"from there");
		}
	}
}
