// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression on relative paths (with {@code /}) whose named groups say
 * what an image is. It has to match the whole path.
 * <p>
 * Groups: {@code well}, or {@code row} (letters or number) and {@code column};
 * optional {@code plate} (else the name of the source folder), {@code site}
 * (else {@code 1}), {@code channel} (else {@code 1}), {@code time} and
 * {@code plane} (numbers). Any other group becomes {@code Metadata_<group>}.
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
		"(?<plate>[^/]+)/(?<well>[A-P]\\d+)_s(?<site>\\d+)_(?<channel>\\w+)\\.tif";

	private final Pattern pattern;
	private final List<String> groups = new ArrayList<>();
	private final String folder;

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
		if (!groups.contains("well") && !(groups.contains("row") && groups.contains("column"))) {
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
		final Map<String, String> metadata = new LinkedHashMap<>();
		values.forEach((group, value) -> {
			if (!KNOWN.contains(group)) metadata.put("Metadata_" + group, value);
		});
		final String well = values.containsKey("well") ? Wells.normalize(values.get("well"))
			: Wells.of(values.get("row"), values.get("column"));
		return new Match(new ScreenBuilder.Image(value(values, "plate", folder), well, value(values, "site", "1"), //
			value(values, "channel", "1"), number(values, "time"), number(values, "plane")), metadata);
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
		try {
			return Integer.parseInt(value);
		}
		catch (final NumberFormatException e) {
			throw new IllegalArgumentException("'" + value + "' in the group " + group + " is no number");
		}
	}
}
