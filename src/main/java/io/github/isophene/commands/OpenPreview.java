// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.isophene.UserErrors;
import io.github.isophene.commands.dialog.FileCheck;
import io.github.isophene.commands.dialog.TableColumns;
import io.github.isophene.screen.FileTree;
import io.github.isophene.screen.Platemap;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenFormats;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.format.ImageFiles;
import io.github.isophene.screen.format.LoadDataFormat;
import io.github.isophene.screen.format.PatternFormat;

/**
 * Screen that the keys of Open Screen describe, as far as a small table, a small folder or the first files of a folder
 * tell. Found once for the same keys.
 */
final class OpenPreview {

	/** Files of a folder that are looked at. */
	static final int FILES = 2000;

	private List<Object> last = List.of();
	private Screen screen;
	private boolean whole;
	private Path table;
	private String problem;
	private final List<String> gaps = new ArrayList<>();

	/**
	 * Looks at a source.
	 *
	 * @param pattern empty: there is none
	 */
	void look(final Path source, final String format, final String pattern, final List<? extends ScreenFormat> formats)
	{
		try {
			final List<Object> now = List.of(source, Files.getLastModifiedTime(source), format, pattern);
			if (now.equals(last)) return;
			forget();
			last = now;
			if (!pattern.isEmpty() && !format.equals("bioformats")) pattern(source, pattern);
			else if (!format.equals("pattern")) open(source, format, new ScreenFormats(formats));
		}
		catch (final IOException | RuntimeException exc) {
			problem = (pattern.isEmpty() ? "source: " : "pattern: ") +
				UserErrors.message(exc).lines().findFirst().orElse("").replaceAll("[: ]+$", "");
		}
	}

	/** Forgets what was found. */
	void forget() {
		last = List.of();
		screen = null;
		whole = false;
		table = null;
		problem = null;
		gaps.clear();
	}

	private void pattern(final Path source, final String pattern) throws IOException {
		final PatternFormat.FirstFiles first = PatternFormat.read(source,
			ScreenOptions.none().withPattern(pattern), FILES);
		screen = first.screen();
		whole = first.whole();
	}

	/** Opens a table or index that is small, or a folder of few files. What Bio-Formats opens may take it long. */
	private void open(final Path source, final String format, final ScreenFormats formats)
		throws IOException
	{
		final boolean folder = Files.isDirectory(source);
		final ScreenFormat chosen;
		try {
			chosen = formats.choose(source, format);
		}
		catch (final IOException exc) {
			// Of a folder that no format knows, the patterns of its names tell more.
			if (folder) return;
			throw exc;
		}
		if (chosen.name().equals("bioformats") || chosen.name().equals("pattern")) return;
		if (folder && chosen.name().equals("loaddata")) table = LoadDataFormat.table(source);
		final Path file = table == null ? source : table;
		if (Files.isDirectory(file) ? !isSmall(file) : Files.size(file) > FileCheck.LARGEST_TABLE) return;
		screen = formats.open(file, chosen.name(), ScreenOptions.none().withRemote(true));
		whole = true;
		ImageFiles.missing(screen, file.toString()).ifPresent(gaps::add);
	}

	private static boolean isSmall(final Path folder) throws IOException {
		final int[] files = {0};
		FileTree.walk(folder, path -> ++files[0] < FILES);
		return files[0] < FILES;
	}

	/** Refuses a source or pattern that can't be opened. */
	void require() {
		if (problem != null) throw new IllegalArgumentException(problem);
	}

	/** Returns the screen table that a folder holds and that is read instead of its images; {@code null}: none. */
	Path table() {
		return table;
	}

	/** Returns the columns of the screen; none if they are not known. */
	TableColumns columns() {
		if (screen == null) return TableColumns.NONE;
		final TableColumns columns = TableColumns.of(screen);
		return whole ? columns : columns.ofFirstRows();
	}

	/**
	 * Returns sentences on images that are not there, and on wells that a platemap lacks or has beyond the screen's.
	 *
	 * @param map {@code null} if there is none
	 * @throws IllegalArgumentException if no well of the screen is in the map
	 */
	List<String> missing(final Platemap map) {
		final List<String> sentences = new ArrayList<>(gaps);
		if (screen == null || map == null) return sentences;
		try {
			map.join(screen, sentences::add);
		}
		catch (final IllegalArgumentException exc) {
			if (whole) throw new IllegalArgumentException("platemap: " + exc.getMessage(), exc);
			return List.of("In the first " + FILES + " files: " + exc.getMessage());
		}
		return whole ? sentences : gaps;
	}
}
