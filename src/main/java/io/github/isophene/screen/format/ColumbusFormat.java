// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.github.isophene.screen.FolderListing;
import io.github.isophene.screen.ImagePaths;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.PlateFolders;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenBuilder;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.TableFile;
import io.github.isophene.screen.Wells;
import org.scijava.plugin.Plugin;

/**
 * Exports of PerkinElmer Columbus: {@code ImageIndex.ColumbusIDX.xml}, or the table {@code ImageIndex.ColumbusIDX.csv}
 * alone, beside TIFF files of one or of many planes; one measurement, or measurements in folders below the source
 * (Opera's {@code .flex} files are for Bio-Formats). What is taken of several time points and planes, see
 * {@link ScreenBuilder}.
 */
@Plugin(type = ScreenFormat.class, name = "columbus")
public class ColumbusFormat implements ScreenFormat {

	private static final Pattern XML = Pattern.compile("(?i)ImageIndex\\.ColumbusIDX\\.xml");
	private static final Pattern TABLE = Pattern.compile("(?i)ImageIndex\\.ColumbusIDX\\.(?:csv|txt)");

	@Override
	public String name() {
		return "columbus";
	}

	@Override
	public String description() {
		return "Columbus export: ImageIndex.ColumbusIDX.xml or .csv, the folder of a measurement, or a folder of " +
			"several";
	}

	@Override
	public Optional<String> reject(final Path source) throws IOException {
		if (!Files.isDirectory(source))
			return isIndex(source) ? Optional.empty() //
				: Optional.of(FolderListing.name(source) + " is no ImageIndex.ColumbusIDX.xml");
		return PlateFolders.any(source, ColumbusFormat::index) ? Optional.empty() //
			: Optional.of("the folder holds no ImageIndex.ColumbusIDX.xml");
	}

	@Override
	public Screen read(final Path source, final ScreenOptions options) throws IOException {
		final List<Path> indexes = Files.isDirectory(source) ? PlateFolders.find(source, ColumbusFormat::index)
			: List.of(source);
		if (indexes.isEmpty()) throw new IOException(source + " cannot be opened: " + reject(source).orElseThrow());
		final ScreenBuilder builder = new ScreenBuilder();
		final Set<String> channels = new LinkedHashSet<>();
		final Map<String, Path> plates = new HashMap<>();
		for (final Path index : indexes) {
			final boolean xml = XML.matcher(FolderListing.name(index)).matches();
			final String plate = xml ? PhenixIndex.read(index).addTo(builder, channels, plates)
				: addTable(index, builder, channels, plates);
			plates.put(plate, index);
		}
		return builder.build(channels);
	}

	private static boolean isIndex(final Path file) {
		final String name = FolderListing.name(file);
		return XML.matcher(name).matches() || TABLE.matcher(name).matches();
	}

	private static Path index(final Path folder) throws IOException {
		for (final Pattern pattern : List.of(XML, TABLE)) {
			final List<Path> files = FolderListing.files(folder, pattern);
			if (!files.isEmpty()) return files.get(0);
		}
		return null;
	}

	/** Columns by their names without case and separators: exports differ in both. */
	private static String addTable(final Path index, final ScreenBuilder builder, final Set<String> channels,
		final Map<String, Path> plates) throws IOException
	{
		final Path folder = index.toAbsolutePath().normalize().getParent();
		final String plate = PlateFolders.name(folder, null);
		if (plates.containsKey(plate)) throw PhenixIndex.twice(plate, plates.get(plate), index);
		builder.inside(folder);
		final Map<Integer, String> names = new TreeMap<>();
		try (TableFile table = TableFile.open(index)) {
			final Map<String, Integer> columns = new HashMap<>();
			for (int i = 0; i < table.header().size(); i++) {
				columns.putIfAbsent(table.header().get(i).toLowerCase(Locale.ROOT).replaceAll("[\\s_]", ""), i);
			}
			final int file = require(table, columns, "sourcefilename", "url");
			final int row = require(table, columns, "row");
			final int column = require(table, columns, "column", "col");
			final int channel = columns.getOrDefault("channel", columns.getOrDefault("channelid", -1));
			final int channelName = columns.getOrDefault("channelname", -1);
			final int buffer = columns.getOrDefault("bufferno", columns.getOrDefault("buffer", -1));
			for (TableFile.Row r = table.next(); r != null; r = table.next()) {
				try {
					final int id = number(r.get(channel), 1);
					final String name = r.get(channelName).isEmpty() ? "ch" + id : r.get(channelName);
					final String known = names.putIfAbsent(id,
						names.containsValue(name) ? name + " (ch" + id + ")" : name);
					builder.add(new ScreenBuilder.Image(plate, Wells.of(r.get(row), r.get(column)),
						String.valueOf(number(r.get(columns.getOrDefault("field", -1)), 1)),
						known == null ? names.get(id) : known, number(r.get(columns.getOrDefault("timepoint", -1)), 1),
						number(r.get(columns.getOrDefault("plane", -1)), 1)),
						new Plane(ImagePaths.of(folder, r.get(file)), number(r.get(buffer), 0)),
						Map.of());
				}
				catch (final IllegalArgumentException e) {
					throw table.problem(r.line(), e.getMessage());
				}
			}
		}
		new TreeSet<>(names.keySet()).forEach(id -> channels.add(names.get(id)));
		return plate;
	}

	private static int require(final TableFile table, final Map<String, Integer> columns, final String... names)
		throws IOException
	{
		for (final String name : names) if (columns.containsKey(name)) return columns.get(name);
		return table.require(names[0], "export the index again, or delete the table to have the .xml read");
	}

	private static int number(final String text, final int otherwise) {
		if (text.isEmpty()) return otherwise;
		if (!text.matches("\\d{1,9}")) throw new IllegalArgumentException("'" + text + "' must be a whole number");
		return Integer.parseInt(text);
	}
}
