// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** File format of profiles, from the file name's extension. */
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
		if (name.matches(".*\\.(sqlite3?|db)"))
			throw new IOException(file + " is a database, which is not read: export its table of wells, " +
				"python -c \"import pandas, sqlite3; pandas.read_sql('SELECT * FROM Per_Well', " +
				"sqlite3.connect('in.sqlite')).to_parquet(" + "'out.parquet')\"");
		if (name.endsWith(".h5ad"))
			throw new IOException(file + " is an AnnData file, which is not read or written: the guide's page on " +
				"profiles has one line of Python for each direction");
		throw new IOException("Profiles are .parquet, .csv or .csv.gz files, told by the name: rename " + file);
	}
}
