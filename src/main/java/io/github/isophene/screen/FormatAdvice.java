// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Advice on a folder or file that has none of the formats: patterns that its names suggest, and what
 * Bio-Formats may open.
 */
final class FormatAdvice {

	/** Patterns that are shown, and files for each. */
	private static final int SHOWN = 3;

	/** Files whose endings are looked at. */
	private static final int FILES = 2000;

	/** Endings of microscopes' files that Bio-Formats reads and no format here does. */
	private static final Set<String> CONTAINERS = Set.of("czi", "nd2", "lif", "xlef", "lof", "vsi", "oib", "oif", "lsm",
		"dv", "ims", "stk", "nd", "flex", "mea", "dib", "c01", "zvi", "ics", "ids", "mvd2", "scn", "svs", "ndpi", "sld",
		"r3d", "im", "jdce", "bmp", "h5");

	private FormatAdvice() {}

	/**
	 * Returns lines to follow "No screen format fits", each with a line break before it; empty if there is
	 * nothing to advise.
	 *
	 * @param bioFormats whether the formats include Bio-Formats
	 */
	static String of(final Path source, final boolean bioFormats) {
		final StringBuilder advice = new StringBuilder();
		if (Files.isDirectory(source)) patterns(source, advice);
		final Set<String> endings = bioFormats ? Set.of() : containers(source);
		if (!endings.isEmpty())
			advice.append("\nBio-Formats isn't installed here; with it, format=bioformats may open its ")
				.append(String.join(", ", endings))
				.append(" files.");
		return advice.toString();
	}

	private static void patterns(final Path source, final StringBuilder advice) {
		final List<PatternProposal> proposals;
		try {
			proposals = PatternInference.of(source);
		}
		catch (final IOException e) {
			advice.append('\n').append(e.getMessage());
			return;
		}
		if (proposals.isEmpty()) {
			advice.append("\nNo pattern can be proposed, as no part of the names of its images can be a ")
				.append("well (such as B02, r02c02 or well7). The first are:");
			for (final String path : first(source)) advice.append("\n  ").append(path);
			advice.append("\nName the wells in the files, or list the images in a screen table (format loaddata).");
			return;
		}
		advice.append("\nThe names of its files suggest format=pattern with a pattern such as:");
		int number = 0;
		for (final PatternProposal proposal : proposals.subList(0, Math.min(SHOWN, proposals.size()))) {
			advice.append("\n  ").append(++number).append(". ").append(proposal.pattern());
			advice.append("\n     ").append(proposal.summary());
			for (final String line : examples(source, proposal.pattern())) advice.append("\n     ").append(line);
		}
	}

	/** Returns the first files of a folder. */
	private static List<String> first(final Path source) {
		final List<String> paths = new ArrayList<>();
		try {
			FileTree.walk(source, path -> {
				if (FileNameFormat.IMAGE.matcher(path).matches()) paths.add(path);
				return paths.size() < SHOWN;
			});
		}
		catch (final IOException e) {
			return paths; // the folder was listed before; what is wrong with it now, opening it says
		}
		return paths;
	}

	/** The first files that match, with what the pattern finds in them. */
	static List<String> examples(final Path source, final String pattern) {
		final List<String> lines = new ArrayList<>();
		final ImagePattern compiled = new ImagePattern(pattern, source);
		try {
			FileTree.walk(source, path -> {
				compiled.values(path).ifPresent(values -> lines.add(path + ": " + line(values)));
				return lines.size() < SHOWN;
			});
		}
		catch (final IOException e) {
			return List.of(); // the folder was listed before; what is wrong with it now, opening it says
		}
		return lines;
	}

	private static String line(final Map<String, String> values) {
		return values.entrySet()
			.stream()
			.map(value -> value.getKey() + " " + value.getValue())
			.collect(Collectors.joining(", "));
	}

	private static Set<String> containers(final Path source) {
		final Set<String> endings = new TreeSet<>();
		try {
			if (!Files.isDirectory(source)) add(FolderListing.name(source), endings);
			else {
				final int[] looked = {0};
				FileTree.walk(source, path -> {
					add(path, endings);
					return ++looked[0] < FILES;
				});
			}
		}
		catch (final IOException e) {
			return endings; // advice on what could be listed is better than none
		}
		return endings;
	}

	private static void add(final String path, final Set<String> endings) {
		final String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
		if (CONTAINERS.contains(ending)) endings.add("." + ending);
	}
}
