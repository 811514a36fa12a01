// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths of one form, cut into columns: word by word at delimiters, and words into letters and digits where all
 * allow it.
 */
final class NameColumns {

	private static final Pattern GUID = Pattern.compile("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
	private static final int GUID_LENGTH = 36;
	private static final Pattern NUMBERED = Pattern.compile("([A-Za-z]*)(\\d+)");
	private static final Pattern RUNS = Pattern.compile("\\d+|\\D+");

	private NameColumns() {}

	/**
	 * Groups paths by depth, by the delimiters of the file's name, by extension, and by whether they begin with the
	 * name of a projection.
	 *
	 * @param delimiters characters that separate words, other than {@code /}
	 */
	static Map<String, List<String>> groups(final List<String> paths, final String delimiters) {
		final Map<String, List<String>> groups = new LinkedHashMap<>();
		for (final String path : paths) {
			final String[] segments = path.split("/");
			final String name = segments[segments.length - 1];
			final String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
			final List<String> words = words(name, delimiters);
			// ImageJ calls a projection as its stack, with MAX_ before.
			final String projection = ImagePattern.isProjection(words.get(0)) ? "projection" : "";
			groups.computeIfAbsent(segments.length + signature(words) + extension + projection, k -> new ArrayList<>())
				.add(path);
		}
		return groups;
	}

	/** Cuts paths of one group. */
	static List<NameColumn> of(final List<String> paths, final String delimiters) {
		final List<NameColumn> columns = new ArrayList<>();
		final List<String[]> split = paths.stream().map(path -> path.split("/")).toList();
		final int depth = split.get(0).length;
		for (int s = 0; s < depth; s++) {
			final int segment = s;
			if (s > 0)
				columns.add(
					new NameColumn(NameColumn.Kind.DELIMITER, split.stream().map(p -> "/").toList(), s, true, true));
			final List<String> names = split.stream().map(p -> p[segment]).toList();
			final List<List<String>> words = names.stream().map(name -> words(name, delimiters)).toList();
			final String form = signature(words.get(0));
			if (words.stream().allMatch(w -> signature(w).equals(form))) {
				for (int w = 0; w < words.get(0).size(); w++) {
					final int at = w;
					word(columns, words.stream().map(list -> list.get(at)).toList(), s, form.charAt(w));
				}
			}
			else columns.add(new NameColumn(NameColumn.Kind.WORD, names, s, true, true));
		}
		keys(columns);
		return columns;
	}

	private static void word(final List<NameColumn> columns, final List<String> values, final int segment,
		final char form)
	{
		if (form == 'G') columns.add(new NameColumn(NameColumn.Kind.GUID, values, segment, true, true));
		else if (values.stream().allMatch(value -> value.matches(ImagePattern.ELAPSED)))
			columns.add(new NameColumn(NameColumn.Kind.WORD, values, segment, true, true));
		else if (values.stream().allMatch(value -> value.matches("Well(?:[A-P]|A[A-F])\\d{1,2}"))) {
			well(columns, values, segment);
		}
		else if (form != 'W') columns.add(new NameColumn(NameColumn.Kind.DELIMITER, values, segment, true, true));
		else {
			final List<List<String>> runs = values.stream().map(NameColumns::runs).toList();
			final List<String> shape = shape(runs.get(0));
			if (!runs.stream().allMatch(r -> shape(r).equals(shape))) {
				final NameColumn stack = stack(values, segment);
				if (stack != null) columns.add(stack);
				else columns.add(new NameColumn(NameColumn.Kind.WORD, values, segment, true, true));
				return;
			}
			for (int r = 0; r < shape.size(); r++) {
				final int at = r;
				columns.add(new NameColumn(shape.get(r).equals("D") ? NameColumn.Kind.DIGITS : NameColumn.Kind.LETTERS,
					runs.stream().map(list -> list.get(at)).toList(), segment, r == 0, r == shape.size() - 1));
			}
		}
	}

	/** Cuts words such as {@code WellB02} of NIS-Elements. */
	private static void well(final List<NameColumn> columns, final List<String> values, final int segment) {
		final List<String> names = values.stream().map(value -> value.substring("Well".length())).toList();
		columns.add(new NameColumn(NameColumn.Kind.LETTERS, values.stream().map(value -> "Well").toList(), segment,
			true, false));
		columns.add(new NameColumn(NameColumn.Kind.LETTERS, names.stream().map(n -> n.replaceAll("\\d", "")).toList(),
			segment, true, false));
		columns.add(new NameColumn(NameColumn.Kind.DIGITS, names.stream().map(n -> n.replaceAll("\\D", "")).toList(),
			segment, false, true));
	}

	/** Returns a column of planes and projections ({@code z1}, {@code z2}, {@code MIP}), {@code null} for others. */
	private static NameColumn stack(final List<String> values, final int segment) {
		String letters = null;
		final List<String> planes = new ArrayList<>();
		for (final String value : values) {
			final Matcher numbered = NUMBERED.matcher(value);
			if (ImagePattern.isProjection(value)) planes.add(value);
			else if (numbered.matches() && (letters == null || letters.equals(numbered.group(1)))) {
				letters = numbered.group(1);
				planes.add(numbered.group(2));
			}
			else return null;
		}
		if (letters == null || !letters.isEmpty() && !NameRoles.PLANE.contains(letters.toLowerCase(Locale.ROOT)))
			return null;
		final NameColumn column = new NameColumn(NameColumn.Kind.STACK, planes, segment, true, true);
		column.key(letters);
		return column;
	}

	/** Names each column by the constant letters before it: in its word, else the word before. */
	private static void keys(final List<NameColumn> columns) {
		for (int i = 1; i < columns.size(); i++) {
			final NameColumn column = columns.get(i);
			if (column.kind() == NameColumn.Kind.DELIMITER || column.kind() == NameColumn.Kind.STACK) continue;
			int before = i - 1;
			if (column.first()) {
				while (before >= 0 && columns.get(before).kind() == NameColumn.Kind.DELIMITER) before--;
			}
			if (before < 0) continue;
			final NameColumn word = columns.get(before);
			if (word.segment() != column.segment() || word.kind() != NameColumn.Kind.LETTERS || !word.constant())
				continue;
			if (column.first() && !word.whole()) continue;
			column.key(word.values().get(0));
		}
	}

	private static List<String> runs(final String word) {
		final List<String> runs = new ArrayList<>();
		final Matcher matcher = RUNS.matcher(word);
		while (matcher.find()) runs.add(matcher.group());
		return runs;
	}

	private static List<String> shape(final List<String> runs) {
		return runs.stream().map(run -> Character.isDigit(run.charAt(0)) ? "D" : "L").toList();
	}

	/** Returns words, delimiters (one character each) and GUIDs of a name, in order. */
	private static List<String> words(final String name, final String delimiters) {
		final List<String> words = new ArrayList<>();
		final Matcher matcher = GUID.matcher(name);
		int from = 0;
		// Only long names can hold one, and the search is slow.
		while (name.length() >= GUID_LENGTH && matcher.find(from)) {
			plain(words, name.substring(from, matcher.start()), delimiters);
			words.add(matcher.group());
			from = matcher.end();
		}
		plain(words, name.substring(from), delimiters);
		return words;
	}

	private static void plain(final List<String> words, final String text, final String delimiters) {
		int start = 0;
		for (int i = 0; i <= text.length(); i++) {
			if (i < text.length() && delimiters.indexOf(text.charAt(i)) < 0) continue;
			if (i > start) words.add(text.substring(start, i));
			if (i < text.length()) words.add(text.substring(i, i + 1));
			start = i + 1;
		}
	}

	private static String signature(final List<String> words) {
		final StringBuilder text = new StringBuilder();
		for (final String word : words) {
			if (word.length() == GUID_LENGTH && GUID.matcher(word).matches()) text.append('G');
			else if (word.length() == 1 && !Character.isLetterOrDigit(word.charAt(0))) text.append(word);
			else text.append('W');
		}
		return text.toString();
	}
}
