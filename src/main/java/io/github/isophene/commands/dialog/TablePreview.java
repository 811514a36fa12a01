// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

import io.github.isophene.UserErrors;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenFormats;
import io.github.isophene.screen.ScreenOptions;
import org.scijava.plugin.PluginService;

/**
 * Looks into the table that a dialog's user has chosen, once for each file. A dialog must not
 * wait: folders are not searched and large tables not opened, and nothing is known of them.
 */
final class TablePreview {

	private static final long LARGEST_SCREEN = 8 << 20;
	private static final long LARGEST_CSV = 32 << 20;

	private interface Source {

		TableColumns columns() throws IOException;
	}

	private Path last;
	private FileTime time;
	private TableColumns columns = TableColumns.NONE;
	private String problem;
	private Screen opened;

	/** @param plugins the formats; the service of Isophene would show a look as a run, with its window */
	TableColumns screen(final Path table, final PluginService plugins) {
		return look(table, LARGEST_SCREEN, () -> {
			opened = new ScreenFormats(plugins.createInstancesOfType(ScreenFormat.class)).open(table,
				ScreenFormats.AUTO, ScreenOptions.none());
			return TableColumns.of(opened);
		});
	}

	/** Returns the screen that {@link #screen} found last; {@code null} if it was not a small table. */
	Screen opened() {
		return columns.known() ? opened : null;
	}

	TableColumns profiles(final Path table) {
		final long largest = table != null && table.toString().endsWith(".parquet") ? Long.MAX_VALUE : LARGEST_CSV;
		return look(table, largest, () -> TableColumns.of(ProfileFile.head(table)));
	}

	/** Returns the reason why the file is not a table; {@code null} if it is one, or nothing is known of it. */
	String problem() {
		return problem;
	}

	private TableColumns look(final Path table, final long largest, final Source source) {
		try {
			if (table == null || !Files.isRegularFile(table) || Files.size(table) > largest) {
				last = null;
				problem = null;
				return TableColumns.NONE;
			}
			final FileTime now = Files.getLastModifiedTime(table);
			if (table.equals(last) && now.equals(time)) return columns;
			last = table;
			time = now;
			columns = TableColumns.NONE;
			problem = null;
			columns = source.columns();
		}
		catch (final IOException | RuntimeException exc) {
			columns = TableColumns.NONE;
			problem = UserErrors.message(exc);
		}
		return columns;
	}
}
