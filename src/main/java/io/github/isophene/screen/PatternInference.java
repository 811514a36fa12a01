// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Inference of {@code format=pattern} expressions from the file names of a folder.
 * <p>
 * Names are cut into words at delimiters, and words into letters and digits, as far as all names agree. Wells
 * are found by their
 * form ({@code B02}, {@code B - 02}, {@code r02c02}), other parts by the letters before a number ({@code s1},
 * {@code w2},
 * {@code z003}), by names of stains, by folders, and by what is still needed to tell the images apart.
 * Wells that are only numbered ({@code W0001}, {@code well7}), and names that have nothing but numbers, are proposed
 * where no part can be a well's name. Thumbnails and files that are no images are left out. Nothing is opened.
 * </p>
 */
public final class PatternInference {

	/** Number of files that are looked at, at most. */
	public static final int FILES = 20_000;

	private static final int SAMPLE = 1000;
	private static final int PROPOSALS = 5;
	private static final Pattern IMAGE = FileNameFormat.IMAGE;
	private static final Pattern THUMBNAIL = Pattern.compile("(?i)(.*[/_. -])?\\.?thumb.*|.*[/_ -]preview[/_. -].*");
	// All delimiters of words first; fewer where names themselves hold some of them.
	private static final List<String> DELIMITERS = List.of("_-. (),=+#@", "_.", "-. ", "_. ()", ".");
	/**
	 * Names that only their convention explains: of the first Operettas and of Columbus (row, column, field, time
	 * point, plane, channel), and of MetaMorph's multi-dimensional acquisition (experiment, wavelength, stage
	 * position, time point), whose positions are taken for wells.
	 */
	private static final List<String> CONVENTIONS = List.of(
		"(?<row>\\d{3})(?<column>\\d{3})-(?<site>\\d+)-" +
			"(?<time>\\d{3})(?<plane>\\d{3})(?<channel>\\d{3})\\.(?i:tiff?)",
		"(?<plate>[^/]+?)_w\\d(?<channel>[^/]+?)_s(?<well>\\d+)(?:_t(?<time>\\d+))?\\.(?i:tiff?)");
	/** A site whose name is made of several words is a name that was not understood. */
	private static final Pattern WORDS = Pattern.compile(".+[_ +,.-].+");
	private static final int NOT_UNDERSTOOD = 5000;
	private static final List<
		String> GROUPS = List.of("plate", "well", "row", "column", "site", "channel", "time", "plane");

	private PatternInference() {}

	/**
	 * Proposes patterns for the images of a folder.
	 *
	 * @param folder whose files and subfolders are listed, {@value #FILES} files at most
	 * @return the best one first; empty if no part of the names can be a well or its number
	 * @throws IOException if the folder can't be listed; or has no file, or none that is an image
	 */
	public static List<PatternProposal> of(final Path folder) throws IOException {
		return of(folder, FILES);
	}

	/**
	 * Proposes patterns for the images among the first files of a folder.
	 *
	 * @param most number of files that are listed
	 * @throws IOException as {@link #of(Path)}
	 */
	public static List<PatternProposal> of(final Path folder, final int most) throws IOException {
		final List<String> paths = new ArrayList<>();
		FileTree.walk(folder, path -> {
			paths.add(path);
			return paths.size() < most;
		});
		if (paths.isEmpty())
			throw new IOException("The folder " + folder + " is empty: it and its subfolders hold no file");
		// Images may come after the files that were listed.
		if (paths.size() < most && paths.stream().noneMatch(path -> IMAGE.matcher(path).matches())) {
			throw new IOException("The folder " + folder + " holds no TIFF, PNG or JPEG image; the first files are " +
				String.join(", ", paths.subList(0, Math.min(3, paths.size()))));
		}
		return of(paths);
	}

	/**
	 * Proposes patterns for images.
	 *
	 * @param paths relative to the folder, with {@code /}; other files and thumbnails among them are left out
	 * @return the best one first, at most {@value #PROPOSALS}; empty if no part of the names can be a well
	 */
	public static List<PatternProposal> of(final List<String> paths) {
		final List<String> images = new ArrayList<>();
		final List<String> thumbnails = new ArrayList<>();
		for (final String path : paths) {
			if (IMAGE.matcher(path).matches()) (THUMBNAIL.matcher(path).matches() ? thumbnails : images).add(path);
		}
		if (images.isEmpty()) return List.of();
		final Map<String, Scored> proposals = new LinkedHashMap<>();
		for (final String delimiters : DELIMITERS) {
			for (final List<String> group : NameColumns.groups(images, delimiters).values()) {
				if (group.size() * 20 < images.size()) continue;
				final List<NameColumn> columns = NameColumns.of(sample(group), delimiters);
				NameRoles.wells(columns)
					.stream()
					.limit(2)
					.flatMap(well -> Stream.of(new NameRoles(columns, well, false), new NameRoles(columns, well, true)))
					.forEach(roles -> propose(proposals, roles.pattern(), images, thumbnails));
			}
			// Coarser words would only say the same again, with delimiters in the values.
			if (proposals.values()
				.stream()
				.map(Scored::proposal)
				.anyMatch(p -> p.matched() == images.size() && p.ambiguous() == 0)) break;
		}
		if (proposals.isEmpty()) conventions(images)
			.forEach(pattern -> propose(proposals, pattern, images, thumbnails));
		return best(proposals.values()
			.stream()
			.filter(scored -> scored.proposal().matched() > 0)
			.sorted(
				Comparator.comparingInt((Scored s) -> -s.quality()).thenComparing(s -> s.proposal().pattern().length()))
			.map(Scored::proposal)
			.toList());
	}

	/** A proposal and its rank. */
	private record Scored(PatternProposal proposal, int quality) {}

	/** Returns the patterns of names that are known by convention, with the folders around them. */
	private static List<String> conventions(final List<String> images) {
		final List<String> patterns = new ArrayList<>();
		final int depth = images.stream().mapToInt(path -> path.split("/").length - 1).min().orElse(0);
		final Set<String> innermost = new TreeSet<>();
		images.forEach(path -> innermost
			.add(path.replaceFirst("/?[^/]*$", "").replaceFirst(".*/", "").toLowerCase(Locale.ROOT)));
		for (final String name : CONVENTIONS) {
			patterns.add((depth == 0 ? "" : "(?:.*/)?") + name);
			if (name.contains("(?<plate>")) continue;
			if (depth > 0 && !NameRoles.FOLDERS.containsAll(innermost))
				patterns.add("(?:.*/)?(?<plate>[^/]+)/" + name);
			if (depth > 1) patterns.add("(?:.*/)?(?<plate>[^/]+)/[^/]+/" + name);
		}
		return patterns;
	}

	private static List<PatternProposal> best(final List<PatternProposal> sorted) {
		if (sorted.isEmpty()) return sorted;
		final PatternProposal first = sorted.get(0);
		return sorted.stream()
			.filter(p -> p.ambiguous() <= first.ambiguous() && 2 * p.matched() > first.matched())
			.limit(PROPOSALS)
			.toList();
	}

	/** Puts images that are told apart first, in percent, then the number of parts found. */
	private static int quality(final PatternProposal proposal, final Set<String> sites) {
		final int clear = 100 * (proposal.matched() - proposal.ambiguous()) / proposal.images();
		int parts = 0;
		for (final String group : proposal.groups().keySet()) parts += group.equals("row") ? 0 : 1;
		final boolean words = sites.size() > 1 && sites.stream().allMatch(site -> WORDS.matcher(site).matches());
		final Map<String, Integer> groups = proposal.groups();
		// Each image of its own plate, all in one well: something else was taken for the well.
		final boolean scattered = groups.getOrDefault("plate", 1) > 2 && !groups.containsKey("row") &&
			groups.getOrDefault("well", 2) == 1;
		return 100 * clear - (scattered ? NOT_UNDERSTOOD : 0) - (words ? NOT_UNDERSTOOD : 0) + 10 * Math.min(parts, 6) +
			Math.min(9, proposal.groups().getOrDefault("well", proposal.groups().getOrDefault("row", 1)));
	}

	private static void propose(final Map<String, Scored> proposals, final String found,
		final List<String> images, final List<String> thumbnails)
	{
		final Pattern loose = Pattern.compile(found);
		final boolean guard = thumbnails.stream().anyMatch(path -> loose.matcher(path).matches());
		final String pattern = guard ? "(?!(?i:.*thumb))" + found : found;
		if (proposals.containsKey(pattern)) return;
		final Pattern compiled = Pattern.compile(pattern);
		final Map<String, Set<String>> values = new LinkedHashMap<>();
		final Matcher names = Pattern.compile("\\(\\?<(\\w+)>").matcher(pattern);
		while (names.find()) values.put(names.group(1), new TreeSet<>(NaturalOrder.COMPARATOR));
		final Set<String> different = new TreeSet<>();
		int matched = 0;
		for (final String path : images) {
			final Matcher matcher = compiled.matcher(path);
			if (!matcher.matches()) continue;
			matched++;
			final StringBuilder image = new StringBuilder();
			for (final String group : values.keySet()) {
				final String value = matcher.group(group) == null ? "" : matcher.group(group);
				if (!value.isEmpty()) values.get(group).add(value);
				image.append(value).append('\t');
			}
			different.add(image.toString());
		}
		final Map<String, Integer> counts = new LinkedHashMap<>();
		GROUPS.forEach(group -> {
			if (values.containsKey(group)) counts.put(group, values.get(group).size());
		});
		final PatternProposal proposal = new PatternProposal(pattern, matched, images.size(), thumbnails.size(), counts,
			List.copyOf(values.getOrDefault("channel", Set.of())), matched - different.size());
		proposals.put(pattern, new Scored(proposal, quality(proposal, values.getOrDefault("site", Set.of()))));
	}

	/** Evenly spread paths, so that all plates are among them. */
	private static List<String> sample(final List<String> paths) {
		if (paths.size() <= SAMPLE) return paths;
		final List<String> some = new ArrayList<>(SAMPLE);
		for (int i = 0; i < SAMPLE; i++) some.add(paths.get((int) ((long) i * paths.size() / SAMPLE)));
		return some;
	}
}
