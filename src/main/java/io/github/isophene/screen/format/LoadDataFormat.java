// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.ImageColumns;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.ScreenTable;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;

/**
 * A CellProfiler LoadData CSV, which is also our own {@link ScreenTable}; or the
 * folder that holds exactly one. Comes first: whoever puts such a table beside
 * images means the table.
 */
@Plugin(type = ScreenFormat.class, name = "loaddata", priority = Priority.HIGH)
public class LoadDataFormat implements ScreenFormat {

	private static final Pattern TABLE = Pattern.compile("(?i).*\\.csv(\\.gz)?");

	@Override
	public String name() {
		return "loaddata";
	}

	@Override
	public String description() {
		return "screen table or CellProfiler LoadData CSV (.csv, .csv.gz), or the folder that holds one";
	}

	@Override
	public Optional<String> reject(final Path source) throws IOException {
		return find(source).rejection();
	}

	@Override
	public Screen read(final Path source, final ScreenOptions options) throws IOException {
		final DefiningTable found = find(source);
		// a file that was named is read in any case: its own message says more
		return ScreenTable.read(Files.isDirectory(source) ? found.get(source) : source);
	}

	private static DefiningTable find(final Path source) throws IOException {
		return DefiningTable.find(source, TABLE, "LoadData CSV", table -> {
			final Optional<String> missing = DefiningTable.requireAll(table, List.of(Field.PLATE, Field.WELL));
			if (missing.isPresent()) return missing;
			return ImageColumns.of(table).isEmpty() ? Optional.of("has no column FileName_* or URL_*") : Optional.empty();
		});
	}
}
