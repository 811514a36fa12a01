// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.github.isophene.messages.Count;

/**
 * A regular expression on relative paths (with {@code /}) whose named groups say
 * what an image is. It has to match the whole path.
 * <p>
 * Groups: {@code well}, or {@code row} (letters or number) and {@code column}; a {@code well} that is a number is
 * counted row by row, on a plate with as many columns as stand behind the group's name ({@code well24}); optional
 * {@code plate} (else the name of the source folder), {@code site} (else {@code 1}), {@code channel} (else {@code 1}),
 * {@code time} and {@code plane} (numbers; for a time also {@code 00d02h30m}, in minutes, for a
 * plane also the name of a projection, such as {@code MIP}). Any other
 * group becomes {@code Metadata_<group>}.
 * </p>
 */
public final class ImagePattern {

	/** An image as its path tells it. */
	public record Match(ScreenBuilder.Image image, Map<String, String> metadata) {}

	// A named group, unless its parenthesis is escaped.
	private static final Pattern GROUP = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");
	private static final List<
		String> KNOWN = List.of("plate", "well", "row", "column", "site", "channel", "time", "plane");
	private static final String HELP = "a regular expression on the relative path, such as " +
		"(?<plate>[^/]+)/(?<well>[A-Z]{1,2}\\d{1,4})_s(?<site>\\d+)_(?<channel>\\w+)\\.tif";

	/** Time since the start as Incucyte writes it: {@code 00d02h30m}. */
	static final String ELAPSED = "(\\d{1,3})d(\\d{1,2})h(\\d{1,2})m";
	private static final Pattern TIME = Pattern.compile(ELAPSED);
	private static final Pattern NUMBERED = Pattern.compile("well(\\d{1,2})");
	private static final Pattern PROJECTION = Pattern
		.compile("(?i)mip|z?max|max[ -]?ip|z?max[ -]?proj(?:ect(?:ion|ed))?|z?proj(?:ect(?:ion|ed))?|edf");

	private final Pattern pattern;
	private final List<String> groups = new ArrayList<>();
	private final String folder;
	private final String well;
	private final WellNumbers plate;

	/**
	 * @param regex the expression
	 * @param source the folder that paths are relative to
	 * @throws IllegalArgumentException if it is empty or malformed, or has no group
	 *           for the well
	 */
	public ImagePattern(final String regex, final Path source) {
		if (regex == null || regex.isBlank()) throw new IllegalArgumentException("No pattern was given: write " + HELP);
		try {
			pattern = Pattern.compile(regex);
		}
		catch (final PatternSyntaxException e) {
			throw new IllegalArgumentException("The pattern is no regular expression: " + e.getMessage(), e);
		}
		final Matcher names = GROUP.matcher(regex);
		while (names.find()) groups.add(names.group(1));
		well = groups.stream()
			.filter(group -> group.equals("well") || NUMBERED.matcher(group).matches())
			.findFirst()
			.orElse(null);
		final Matcher columns = NUMBERED.matcher(well == null ? "" : well);
		plate = columns.matches() ? new WellNumbers(Integer.parseInt(columns.group(1))) : null;
		if (plate != null && (plate.columns() < 1 || plate.columns() > 48))
			throw new IllegalArgumentException("The group " + well + " of the pattern " + regex +
				" is of a plate with " + Count.of(plate.columns(), "column") + ": there are 1 to 48");
		if (well == null && !(groups.contains("row") && groups.contains("column"))) {
			throw new IllegalArgumentException("The pattern " + regex +
				" has no group (?<well>...), nor (?<row>...) and (?<column>...): write " + HELP);
		}
		folder = FolderListing.name(source);
	}

	/** The named groups in order. */
	public List<String> groups() {
		return groups;
	}

	/** Returns the value of each group, empty where it took no part; or nothing if the path doesn't match. */
	public Optional<Map<String, String>> values(final String path) {
		final Matcher matcher = pattern.matcher(path);
		if (!matcher.matches()) return Optional.empty();
		final Map<String, String> values = new LinkedHashMap<>();
		for (final String group : groups) values.put(group, matcher.group(group) == null ? "" : matcher.group(group));
		return Optional.of(values);
	}

	/**
	 * Checks that a group holds a whole well: behind {@code .*}, which takes as much as it can, {@code A03} would be
	 * what is left of {@code AA03}, another well.
	 *
	 * @param path that the pattern matches
	 * @throws IllegalArgumentException naming the group, what it holds and the remedy, if the letter before it is the
	 *           first of a row of a 1536-well plate
	 */
	public void requireWhole(final String path) {
		final Matcher matcher = pattern.matcher(path);
		final String group = well == null ? "row" : well;
		if (!matcher.matches() || matcher.group(group) == null) return;
		final int start = matcher.start(group);
		final String value = matcher.group(group);
		// AA to AF; a well behind another letter, as in WellB02, is no part of one.
		if (start < 1 || !value.matches("[A-F]([^A-Za-z].*)?|[a-f]([^A-Za-z].*)?")) return;
		final char before = path.charAt(start - 1);
		final boolean word = start > 1 && Character.isLetter(path.charAt(start - 2));
		if (word || before != (Character.isUpperCase(value.charAt(0)) ? 'A' : 'a')) return;
		throw new IllegalArgumentException("the group " + group + " of the pattern is '" + value +
			"', but the letter before belongs to it: '" + before + value + "'. Write (?<" + group + ">" +
			(well == null ? "[A-Z]{1,2}" : "[A-Z]{1,2}\\d{1,4}") + ") and before it what stands there, such as " +
			(start < 2 ? "nothing" : ".*" + NameColumn.quote(path.substring(start - 2, start - 1))) + ", not .* alone");
	}

	/** Returns whether a word is what files of projections of a stack are called. */
	static boolean isProjection(final String word) {
		return PROJECTION.matcher(word).matches();
	}

	/** Returns the number by which a well is counted, -1 where it has a name, or where the group tells the columns. */
	public int number(final Map<String, String> values) {
		final String value = well == null || plate != null ? "" : values.get(well);
		return value.matches("\\d{1,5}") ? Integer.parseInt(value) : -1;
	}

	/** The part of a path that it would match if it had not to match the whole. */
	public Optional<String> part(final String path) {
		final Matcher matcher = pattern.matcher(path);
		return matcher.find() && !matcher.group().isEmpty() ? Optional.of(matcher.group()) : Optional.empty();
	}

	/**
	 * The image that the values of the groups describe.
	 *
	 * @throws IllegalArgumentException if the well, time point or plane can't be one
	 */
	public Match image(final Map<String, String> values) {
		return image(values, Wells::normalize);
	}

	/**
	 * As {@link #image(Map)}.
	 *
	 * @param counted names a well that is a number
	 */
	public Match image(final Map<String, String> values, final UnaryOperator<String> counted) {
		final Map<String, String> metadata = new LinkedHashMap<>();
		values.forEach((group, value) -> {
			if (!KNOWN.contains(group) && !group.equals(well)) metadata.put("Metadata_" + group, value);
		});
		return new Match(new ScreenBuilder.Image(value(values, "plate", folder), well(values, counted), //
			value(values, "site", "1"), value(values, "channel", "1"), number(values, "time"),
			isProjection(values.getOrDefault("plane", "")) ? ScreenBuilder.PROJECTION : number(values, "plane")),
			metadata);
	}

	/**
	 * The normalized name of the well.
	 *
	 * @throws IllegalArgumentException if it is none, or a number where no columns of a plate are given
	 */
	public String well(final Map<String, String> values) {
		return well(values, Wells::normalize);
	}

	private String well(final Map<String, String> values, final UnaryOperator<String> counted) {
		if (well == null) return Wells.of(values.get("row"), values.get("column"));
		final String name = values.get(well);
		if (!name.matches("\\d{1,5}")) return Wells.normalize(name);
		return plate == null ? counted.apply(name) : plate.name(Integer.parseInt(name));
	}

	/** Returns whether a group names the well. */
	public boolean isWell(final String group) {
		return group.equals(well);
	}

	@Override
	public String toString() {
		return pattern.pattern();
	}

	private static String value(final Map<String, String> values, final String group, final String otherwise) {
		final String value = values.getOrDefault(group, "");
		return value.isEmpty() ? otherwise : value;
	}

	private static int number(final Map<String, String> values, final String group) {
		final String value = value(values, group, "1");
		final Matcher elapsed = TIME.matcher(value);
		if (group.equals("time") && elapsed.matches())
			return 60 * (24 * Integer.parseInt(elapsed.group(1)) + Integer.parseInt(elapsed.group(2))) +
				Integer.parseInt(elapsed.group(3));
		try {
			return Integer.parseInt(value);
		}
		catch (final NumberFormatException e) {
			throw new IllegalArgumentException("'" + value + "' in the group " + group + " is no number");
		}
	}
}
