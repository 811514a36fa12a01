// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What kind of file holds profiles, told by the end of its name. */
public enum ProfileFormat {

	PARQUET(".parquet"), CSV_GZ(".csv.gz"), CSV(".csv");

	private final String ending;

	ProfileFormat(final String ending) {
		this.ending = ending;
	}

	/** That of a file, or of a folder of Parquet files. */
	static ProfileFormat ofExisting(final Path fileOrFolder) throws IOException {
		return Files.isDirectory(fileOrFolder) ? PARQUET : of(fileOrFolder);
	}

	/** @throws IOException if the name ends like none of them */
	public static ProfileFormat of(final Path file) throws IOException {
		final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
		for (final ProfileFormat format : values()) {
			if (name.endsWith(format.ending)) return format;
		}
		throw new IOException("Profiles are .parquet, .csv or .csv.gz files, told by the name: rename " + file);
	}
}
