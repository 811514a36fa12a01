// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import io.github.isophene.files.AtomicFile;
import io.github.isophene.files.CsvCell;

/**
 * The results as CSV, a row for each seed, method, condition, plate and draw. A plate's name
 * is written as {@link CsvCell#inFile}.
 */
final class ResultFile {

	static final String HEADER = "seed,method,condition,plate,draw,queries,controls,correct,accuracy";

	private ResultFile() {}

	static void write(final List<ResultRow> rows, final Path file) throws IOException {
		AtomicFile.write(file, text(rows));
	}

	static String text(final List<ResultRow> rows) {
		return text(rows, "", row -> "");
	}

	/**
	 * The same with something behind each row.
	 *
	 * @param heading behind the names of the columns
	 */
	static String text(final List<ResultRow> rows, final String heading, final Function<ResultRow, String> behind) {
		final StringBuilder text = new StringBuilder(HEADER).append(heading).append('\n');
		for (final ResultRow r : rows) {
			text.append(r.seed())
				.append(',')
				.append(r.method().label())
				.append(',')
				.append(r.condition().label())
				.append(',')
				.append(CsvCell.inFile(r.plate()))
				.append(',')
				.append(r.draw())
				.append(',')
				.append(r.queries())
				.append(',')
				.append(r.controls())
				.append(',')
				.append(r.correct())
				.append(',')
				.append(ReportNumbers.share(r.accuracy()))
				.append(behind.apply(r))
				.append('\n');
		}
		return text.toString();
	}

	/**
	 * Reads back what {@link #write} has written for some trials and one method.
	 *
	 * @param trials say what each row was of
	 * @throws IOException if it isn't of these trials
	 */
	static List<ResultRow> read(final Path file, final long seed, final Method method, final List<Trial> trials)
		throws IOException
	{
		final List<String> lines = Files.readAllLines(file);
		final Map<String, Trial> known = new TreeMap<>();
		for (final Trial t : trials) known.put(start(seed, method, t), t);
		final List<ResultRow> rows = new ArrayList<>();
		for (final String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
			final String[] tail = line.split(",");
			final int n = tail.length;
			final String start = n < 9 ? line
				: line.substring(0, line.length() - tail[n - 1].length() - tail[n - 2].length() - tail[n - 3].length() -
					tail[n - 4].length() - 3);
			final Trial t = known.get(start);
			if (t == null)
				throw new IOException(
					file + " isn't a result of this comparison ('" + line + "'): delete it to compute it anew");
			rows.add(new ResultRow(seed, method, t.condition(), t.plate(), t.draw(), t.queries().length,
				t.controls().length, Integer.parseInt(tail[n - 2])));
		}
		return rows;
	}

	private static String start(final long seed, final Method method, final Trial t) {
		return seed + "," + method.label() + "," + t.condition().label() + "," + CsvCell.inFile(t.plate()) + "," +
			t.draw() + ",";
	}
}
