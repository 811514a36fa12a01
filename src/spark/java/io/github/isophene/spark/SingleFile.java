// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import java.nio.file.Path;
import java.util.Locale;

/** An output as a user names it: a folder of plates, or one file that is made of such a folder. */
final class SingleFile {

	private final Path named;

	SingleFile(final Path named) {
		this.named = named.toAbsolutePath().normalize();
	}

	/** Returns whether the user wants one file. */
	boolean isWanted() {
		final String name = named.getFileName().toString().toLowerCase(Locale.ROOT);
		return name.endsWith(".parquet") || name.endsWith(".csv") || name.endsWith(".csv.gz");
	}

	/** The folder that plates go to: {@code <file>.plates} for a file. */
	Path folder() {
		return isWanted() ? named.resolveSibling(named.getFileName() + ".plates") : named;
	}

	/** The file to make. */
	Path file() {
		return named;
	}
}
