// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

import io.github.isophene.IsopheneService;
import io.github.isophene.profiles.ProfileFile;

/**
 * Looks into the table that a dialog's user has chosen, once for each file. A dialog must not
 * wait: folders are not searched and large tables not opened, and nothing is known of them.
 */
final class TableLook {

	private static final long LARGEST_SCREEN = 8 << 20;
	private static final long LARGEST_CSV = 32 << 20;

	private interface Source {

		TableColumns columns() throws IOException;
	}

	private Path last;
	private FileTime time;
	private TableColumns columns = TableColumns.NONE;

	TableColumns screen(final Path table, final IsopheneService isophene) {
		return look(table, LARGEST_SCREEN, () -> TableColumns.of(isophene.openScreen(table)));
	}

	TableColumns profiles(final Path table) {
		final long largest = table != null && table.toString().endsWith(".parquet") ? Long.MAX_VALUE : LARGEST_CSV;
		return look(table, largest, () -> TableColumns.of(ProfileFile.head(table)));
	}

	private TableColumns look(final Path table, final long largest, final Source source) {
		if (table == null) return TableColumns.NONE;
		try {
			if (!Files.isRegularFile(table) || Files.size(table) > largest) return TableColumns.NONE;
			final FileTime now = Files.getLastModifiedTime(table);
			if (table.equals(last) && now.equals(time)) return columns;
			last = table;
			time = now;
			columns = TableColumns.NONE;
			columns = source.columns();
		}
		catch (final IOException | RuntimeException exc) {
			// The run will say what is wrong with it.
			columns = TableColumns.NONE;
		}
		return columns;
	}
}
