// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.github.isophene.screen.FileTree;

/** File names as HTML, with the parts that a pattern's groups find in them in colors. */
public final class ColoredNames {

	private static final Map<String, String> COLORS = new LinkedHashMap<>();
	static {
		COLORS.put("plate", "#8e24aa");
		COLORS.put("well", "#1565c0");
		COLORS.put("row", "#1565c0");
		COLORS.put("column", "#0288d1");
		COLORS.put("site", "#2e7d32");
		COLORS.put("channel", "#d84315");
		COLORS.put("time", "#6d4c41");
		COLORS.put("plane", "#6d4c41");
	}
	private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");
	private static final int LISTED = 2000;

	private ColoredNames() {}

	/**
	 * Returns the first images below a folder that match, and one that does not.
	 *
	 * @param most number of names
	 * @return HTML without its outer element; empty if the pattern is malformed or the folder can't be listed
	 */
	public static String html(final Path folder, final String pattern, final int most) {
		final List<String> names = new ArrayList<>();
		try {
			final int[] listed = {0};
			FileTree.walk(folder, name -> {
				if (name.matches("(?i).*[.](tiff?|png|jpe?g)")) names.add(name);
				return ++listed[0] < LISTED;
			});
			return html(names, Pattern.compile(pattern), most);
		}
		catch (final IOException | PatternSyntaxException exc) {
			return "";
		}
	}

	static String html(final List<String> names, final Pattern pattern, final int most) {
		final StringBuilder html = new StringBuilder();
		final Matcher groups = GROUP.matcher(pattern.pattern());
		final Map<String, String> used = new LinkedHashMap<>();
		while (groups.find()) used.put(groups.group(1), COLORS.getOrDefault(groups.group(1), "#00838f"));
		used.forEach((group, color) -> html.append("<span style='color:")
			.append(color)
			.append("'><b>")
			.append(group)
			.append("</b></span> "));
		final int step = Math.max(1, names.size() / Math.max(1, most));
		int shown = 0;
		for (int i = 0; i < names.size() && shown < most; i += step, shown++)
			html.append("<br>").append(name(names.get(i), pattern, used));
		return html.toString();
	}

	private static String name(final String name, final Pattern pattern, final Map<String, String> groups) {
		final Matcher matcher = pattern.matcher(name);
		if (!matcher.matches()) return "<span style='color:#909090'>" + Sentence.escaped(name) +
			" (does not match)</span>";
		final StringBuilder html = new StringBuilder();
		int at = 0;
		while (at < name.length()) {
			String found = null;
			for (final String group : groups.keySet())
				if (matcher.start(group) == at && matcher.end(group) > at) found = group;
			final int end = found == null ? at + 1 : matcher.end(found);
			final String part = Sentence.escaped(name.substring(at, end));
			html.append(
				found == null ? part : "<span style='color:" + groups.get(found) + "'><b>" + part + "</b></span>");
			at = end;
		}
		return html.toString();
	}
}
