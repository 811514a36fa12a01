// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.github.isophene.messages.Count;

/**
 * Plate configuration of the Bioconductor packages cellHTS2 and imageHTS: the head {@code Wells: 384} and
 * {@code Plates: 2}, then tab-separated rows of {@code Plate}, {@code Well} and {@code Content}. Plate is a number or
 * {@code *}; Well is {@code *} or a regular expression on names such as {@code A03}; a later row wins.
 * <p>
 * Contents become {@code Metadata_Content} and, where they are control types ({@code sample}, {@code pos}, {@code neg},
 * {@code empty}), {@code Metadata_pert_type}; names of one's own and {@code other} leave that empty.
 * </p>
 *
 * @param hasPlates whether plates differ; else the rows hold for each plate of a screen
 * @param rows by well, or by plate and well
 */
record CellHtsPlateConfiguration(boolean hasPlates, KeyedRows rows) {

	private static final Pattern HEAD = Pattern.compile("(?i)(Wells|Plates):\\s*(\\d{1,4})\\s*");
	private static final int LARGEST_HEAD = 4096;

	/** Wells of all plates together. */
	private static final int LARGEST = 1_000_000;

	/** One row: plate number or -1 for all, wells, content. */
	private record Rule(int plate, Pattern wells, String content) {}

	/** Returns whether a file begins as a plate configuration does. */
	static boolean is(final Path file) throws IOException {
		if (!Files.isRegularFile(file)) return false;
		final byte[] head;
		try (var in = Files.newInputStream(file)) {
			head = in.readNBytes(LARGEST_HEAD);
		}
		final String text = new String(head, StandardCharsets.ISO_8859_1);
		return HEAD.matcher(text.lines().findFirst().orElse("").strip()).matches();
	}

	/** @throws IOException naming the line that is wrong */
	static CellHtsPlateConfiguration read(final Path file) throws IOException {
		final Map<String, Integer> head = new TreeMap<>();
		final List<Rule> rules = new ArrayList<>();
		try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
			int[] columns = null;
			int number = 0;
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				number++;
				final String where = file + ", line " + number + ": ";
				final var matcher = HEAD.matcher(line.strip());
				if (columns == null && matcher.matches())
					head.put(matcher.group(1).toLowerCase(Locale.ROOT), Integer.parseInt(matcher.group(2)));
				else
					if (!line.isBlank())
					{
						final String[] cells = line.split("\t", -1);
						if (columns == null) columns = columns(cells, where);
						else rules.add(rule(cells, columns, where));
					}
			}
		}
		final int wells = head.getOrDefault("wells", 0);
		final WellNumbers plate = WellNumbers.upTo(Math.max(1, wells));
		if (plate.wells() != wells) throw new IOException(file + ": Wells: " + wells + " must be 96, 384 or 1536");
		if (rules.isEmpty()) throw new IOException(file + " has no rows of plate, well and content");
		final boolean plates = rules.stream().anyMatch(rule -> rule.plate >= 0);
		final int last = rules.stream().mapToInt(Rule::plate).max().orElse(1);
		final long all = plates ? Math.max(last, head.getOrDefault("plates", 1)) : 1;
		if (all * wells > LARGEST)
			throw new IOException(file + " describes " + Count.of(all, "plate") + " of " + Count.of(wells, "well") +
				", more than " + LARGEST +
				" wells: split it by plates");
		final KeyedRows rows = new KeyedRows(List.of(ControlTypes.COLUMN, "Metadata_Content"));
		for (int p = 1; p <= all; p++) {
			for (int w = 1; w <= wells; w++) add(rows, rules, plates ? p : -1, plate.name(w));
		}
		return new CellHtsPlateConfiguration(plates, rows);
	}

	private static void add(final KeyedRows rows, final List<Rule> rules, final int plate, final String well) {
		String content = null;
		for (final Rule rule : rules) {
			if ((rule.plate < 0 || rule.plate == plate) && (rule.wells == null || rule.wells.matcher(well).matches()))
				content = rule.content;
		}
		if (content == null) return;
		final List<String> key = plate < 0 ? List.of(well) : List.of(String.valueOf(plate), well);
		rows.put(key, new String[]{type(content), content}, "well " + String.join(" ", key));
	}

	private static String type(final String content) {
		try {
			return ControlTypes.normalize(content);
		}
		catch (final IllegalArgumentException e) {
			return ""; // contents may have names of their own: a control's gene, say
		}
	}

	private static int[] columns(final String[] header, final String where) throws IOException {
		final int[] columns = {-1, -1, -1};
		final List<String> names = List.of("plate", "well", "content");
		for (int i = 0; i < header.length; i++) {
			final int name = names.indexOf(header[i].strip().toLowerCase(Locale.ROOT));
			if (name >= 0 && columns[name] < 0) columns[name] = i;
		}
		for (final int column : columns)
			if (column < 0)
				throw new IOException(where + "expected the columns Plate, Well and Content, tab-separated");
		return columns;
	}

	private static Rule rule(final String[] cells, final int[] columns, final String where) throws IOException {
		final String[] values = new String[columns.length];
		for (int i = 0; i < columns.length; i++) values[i] = columns[i] < cells.length ? cells[columns[i]].strip() : "";
		if (!values[0].matches("\\*|\\d{1,5}"))
			throw new IOException(where + "the plate '" + values[0] + "' must be a number or *");
		final Pattern wells;
		try {
			wells = values[1].equals("*") ? null : Pattern.compile(values[1].toUpperCase(Locale.ROOT));
		}
		catch (final PatternSyntaxException e) {
			throw new IOException(where + "the well '" + values[1] +
				"' must be *, a name such as A03, or a regular expression: " + e.getDescription(), e);
		}
		return new Rule(values[0].equals("*") ? -1 : Integer.parseInt(values[0]), wells, values[2]);
	}
}
