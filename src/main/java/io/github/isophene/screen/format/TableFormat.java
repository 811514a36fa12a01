// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.github.isophene.files.SourceFolder;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.TableFile;

/**
 * A data set that was published with one table of its fields, whose name, columns and
 * channels are known. What a row means is all that a format has to say.
 */
abstract class TableFormat implements ScreenFormat {

	private final Pattern names;
	private final String example;
	private final List<String> channels;
	private final List<String> required;

	/** Makes a field of each row of one table. */
	interface RowReader {

		/**
		 * @throws IllegalArgumentException if a cell can't be what it must be; the message is given the row's line
		 * @throws IOException if something else that names file and line is wrong
		 */
		Field field(TableFile.Row row) throws IOException;
	}

	/**
	 * @param names matches the names that the table may have in a folder
	 * @param example one of these, for messages
	 * @param channels of every field
	 * @param required columns without which it is another table
	 */
	TableFormat(final Pattern names, final String example, final List<String> channels, final List<String> required) {
		this.names = names;
		this.example = example;
		this.channels = channels;
		this.required = required;
	}

	/** Returns a reader for the rows of a table that has the required columns. */
	abstract RowReader rows(TableFile file) throws IOException;

	@Override
	public Optional<String> reject(final Path source) throws IOException {
		return find(source).rejection();
	}

	@Override
	public Screen read(final Path source, final ScreenOptions options) throws IOException {
		final Path csv = find(source).get(source);
		try (final TableFile file = TableFile.open(csv)) {
			final RowReader rows = rows(file);
			final SourceFolder folder = new SourceFolder(csv.toAbsolutePath().normalize().getParent());
			final List<Field> fields = new ArrayList<>();
			for (TableFile.Row row = file.next(); row != null; row = file.next()) {
				try {
					final Field field = rows.field(row);
					for (final Plane plane : field.planes()) {
						if (plane != null && !plane.isUrl()) folder.require(Path.of(plane.path()));
					}
					fields.add(field);
				}
				catch (final IllegalArgumentException e) {
					throw file.problem(row.line(), e.getMessage());
				}
			}
			if (fields.isEmpty()) throw new IOException(csv + " has a header but no rows");
			return new Screen(channels, fields);
		}
	}

	private DefiningTable find(final Path source) throws IOException {
		return DefiningTable.find(source, names, example, table -> DefiningTable.requireAll(table, required));
	}
}
