// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.isophene.screen.FileTree;
import io.github.isophene.screen.ImagePattern;
import io.github.isophene.screen.WellNumbers;

/**
 * Matches of a pattern on the first files of a folder, shown in a dialog before the screen is opened.
 *
 * @param columns {@code file}, the pattern's groups in order, {@code problem}
 * @param rows one per file that matches, as long as {@code columns}; the last cell
 *          is empty, or says why the file can't be used
 * @param unmatched the files that don't match
 * @param hint what may be wrong with a pattern that matches none of them; or empty
 */
public record PatternPreview(List<String> columns, List<List<String>> rows, List<String> unmatched, String hint) {

	/** Copies what it is given. */
	public PatternPreview {
		columns = List.copyOf(columns);
		rows = rows.stream().map(List::copyOf).toList();
		unmatched = List.copyOf(unmatched);
	}

	/**
	 * Tries a pattern on the first files of a folder, in their order by name.
	 *
	 * @param source the folder
	 * @param pattern see {@link PatternFormat}
	 * @param limit how many files to look at
	 * @throws IOException if the folder can't be listed
	 * @throws IllegalArgumentException if the pattern is empty or malformed, or has
	 *           no group for the well
	 */
	public static PatternPreview of(final Path source, final String pattern, final int limit) throws IOException {
		final ImagePattern compiled = PatternFormat.pattern(source, pattern);
		final List<String> columns = new ArrayList<>(List.of("file"));
		columns.addAll(compiled.groups());
		columns.add("problem");
		final List<List<String>> rows = new ArrayList<>();
		final List<String> unmatched = new ArrayList<>();
		if (limit > 0) FileTree.walk(source, path -> {
			final Optional<Map<String, String>> values = compiled.values(path);
			if (values.isEmpty()) unmatched.add(path);
			else rows.add(row(path, values.get(), compiled));
			return rows.size() + unmatched.size() < limit;
		});
		return new PatternPreview(columns, rows, unmatched,
			rows.isEmpty() ? PatternFormat.partly(compiled, unmatched) : "");
	}

	private static List<String> row(final String path, final Map<String, String> values, final ImagePattern pattern) {
		final List<String> row = new ArrayList<>(List.of(path));
		row.addAll(values.values());
		String problem = "";
		try {
			pattern.requireWhole(path);
			// How many columns the plate has is known of all files together.
			pattern.image(values, number -> new WellNumbers(48).name(Math.max(1, Integer.parseInt(number))));
		}
		catch (final IllegalArgumentException e) {
			problem = e.getMessage();
		}
		row.add(problem);
		return row;
	}
}
