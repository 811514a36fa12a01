// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The screen table: a CellProfiler LoadData CSV with one row per field.
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code FileName_Orig<Channel>}</td><td>file name; empty where the channel is missing</td></tr>
 * <tr><td>{@code PathName_Orig<Channel>}</td><td>its folder; a relative one starts from the table's folder</td></tr>
 * <tr><td>{@code URL_Orig<Channel>}</td><td>instead of both: an address; {@code file:} is read as a path</td></tr>
 * <tr><td>{@code Series_Orig<Channel>}</td><td>optional: image in a file of several, from 0; see
 * {@link Plane}</td></tr>
 * <tr><td>{@code Frame_Orig<Channel>}</td><td>optional: plane in the file or in its series, from 0</td></tr>
 * <tr><td>{@code Metadata_Plate, Metadata_Well}</td><td>required</td></tr>
 * <tr><td>{@code Metadata_Site}</td><td>optional: without it sites are numbered per well in row order, from 1</td></tr>
 * <tr><td>{@code Metadata_*}</td><td>anything else that is known of the field</td></tr>
 * </table>
 * <p>
 * {@code FileName_Illum<Channel>}, {@code PathName_Illum<Channel>} and, for the index of a Harmony measurement,
 * {@code Frame_Illum<Channel>} name a channel's illumination function.
 * Channels come in the order of their columns; other columns are not looked at. Comma, semicolon or tab, quoted
 * cells, UTF-8 (with or without a byte order
 * mark), any line ending, gzip. Images are not looked for.
 * </p>
 */
public final class ScreenTable {

	private static final String WHAT = "a screen table needs Metadata_Plate, Metadata_Well and " +
		"FileName_Orig<Channel> columns";

	private ScreenTable() {}

	/**
	 * Reads a screen table.
	 *
	 * @throws IOException naming the column or line that is wrong: a missing
	 *           column, an empty plate, something that is no well, or two rows of
	 *           one plate, well and site
	 */
	public static Screen read(final Path table) throws IOException {
		return read(table, folder -> {});
	}

	/**
	 * As {@link #read(Path)}.
	 *
	 * @param above receives the folders outside of the table's that relative paths lead to, by {@code ..}
	 */
	public static Screen read(final Path table, final Consumer<String> above) throws IOException {
		try (final TableFile file = TableFile.open(table)) {
			final int plate = file.require(Field.PLATE, WHAT);
			final int well = file.require(Field.WELL, WHAT);
			final int site = file.column(Field.SITE);
			final List<ImageColumns> channels = ImageColumns.of(file);
			if (channels.isEmpty()) {
				throw new IOException(table + " has no column FileName_Orig<Channel> or URL_Orig<Channel>: " + WHAT);
			}
			final List<Integer> others = new ArrayList<>();
			final List<String> names = new ArrayList<>();
			for (int i = 0; i < file.header().size(); i++) {
				final String name = file.header().get(i);
				if (!name.startsWith("Metadata_") || i == plate || i == well || i == site) continue;
				others.add(i);
				names.add(name);
			}
			final MetadataMap.ColumnNames columns = new MetadataMap.ColumnNames(names);
			final ImagePaths paths = new ImagePaths(table, above);
			final SiteNames sites = new SiteNames(file);
			final List<Field> fields = new ArrayList<>();
			for (TableFile.Row row = file.next(); row != null; row = file.next()) {
				final String plateName = file.intern(row.get(plate));
				if (plateName.isEmpty()) throw file.problem(row.line(), "Metadata_Plate is empty");
				final String wellName = file.intern(well(file, row, well));
				final String siteName = sites.name(row, plateName, wellName, site < 0 ? null : row.get(site));
				final String[] values = new String[others.size()];
				for (int i = 0; i < values.length; i++) values[i] = file.intern(row.cells()[others.get(i)]);
				final List<Plane> planes = new ArrayList<>(channels.size());
				for (final ImageColumns channel : channels) planes.add(channel.plane(file, row, paths));
				fields.add(new Field(plateName, wellName, siteName, new MetadataMap(columns, values), planes));
			}
			if (fields.isEmpty()) throw new IOException(table + " has a header but no rows");
			return new Screen(channels.stream().map(ImageColumns::channel).toList(), fields);
		}
		catch (final IllegalArgumentException e) {
			throw new IOException(table + ": " + e.getMessage(), e);
		}
	}

	/**
	 * Writes a screen table, gzipped if its name ends in {@code .gz}. Paths below
	 * the table's folder are written relative to it with {@code /}, others
	 * absolute; series columns only where there is a series, frame columns only where
	 * a frame isn't 0. The table appears
	 * complete or not at all.
	 *
	 * @throws IOException if it can't be written
	 */
	public static void write(final Screen screen, final Path table) throws IOException {
		new ScreenTableWriter(screen, table).write();
	}

	private static String well(final TableFile file, final TableFile.Row row, final int column) throws IOException {
		try {
			return Wells.normalize(row.get(column));
		}
		catch (final IllegalArgumentException e) {
			throw file.problem(row.line(), e.getMessage());
		}
	}
}
