// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.isophene.messages.Count;

/**
 * Base of formats whose file names tell what the images are: a folder with such files at any depth, which are grouped
 * into plates by the folders that hold them. A format gives the pattern of the names and, per plate, reads their parts.
 *
 * <pre>
 * &#64;Plugin(type = ScreenFormat.class, name = "mine")
 * public class MyFormat extends FileNameFormat {
 *   public MyFormat() {
 *     super(Pattern.compile("(.+)_(\\d+)\\.tif"), null, "A01_1.tif");
 *   }
 *   protected Names names(Path folder, List&lt;Path&gt; files, ScreenOptions options) {
 *     return m -&gt; new Entry("", Wells.normalize(m.group(1)), m.group(2), "1", 1, 1, Map.of());
 *   }
 * }
 * </pre>
 */
public abstract class FileNameFormat implements ScreenFormat {

	/** Files of other names that are passed before the first that fits: a screen has its first image sooner. */
	private static final int LOOKED_AT = 5000;

	/** Names of the images that are read without Bio-Formats. */
	static final Pattern IMAGE = Pattern.compile("(?i).*\\.(?:tiff?|png|jpe?g)");
	private static final Pattern THUMBNAIL = Pattern.compile("(?i)thumb");

	private final Pattern pattern;
	private final Pattern inside;
	private final String example;

	/**
	 * Parts of a file's name.
	 *
	 * @param plate name of the plate; empty: that of its folder
	 * @param well normalized well name
	 * @param site name of the site
	 * @param channel name of the channel
	 * @param time number of the time point
	 * @param plane number of the focal plane, or {@link ScreenBuilder#PROJECTION}
	 * @param metadata further columns of the field
	 */
	public record Entry(String plate, String well, String site, String channel, int time, int plane,
		Map<String, String> metadata)
	{}

	/** Reads the names of the files of one plate. */
	public interface Names {

		/**
		 * Reads a name.
		 *
		 * @param name groups of the format's pattern
		 * @return {@code null} for a file that is no image of the screen
		 * @throws IllegalArgumentException if the well can't be one
		 */
		Entry entry(Matcher name);

		/** As {@link #entry(Matcher)}, for formats whose folders tell something, too. */
		default Entry entry(final Matcher name, final Path file) throws IOException {
			return entry(name);
		}

		/** Returns the channels in their order; by default that of their names, numbers as numbers. */
		default List<String> order(final Set<String> channels) {
			final TreeSet<String> sorted = new TreeSet<>(NaturalOrder.COMPARATOR);
			sorted.addAll(channels);
			return List.copyOf(sorted);
		}
	}

	/**
	 * @param pattern matches whole names of image files
	 * @param inside matches the ends of paths, from a separator on, that are folders within a plate; {@code null}: none
	 * @param example a name, for messages
	 */
	protected FileNameFormat(final Pattern pattern, final Pattern inside, final String example) {
		this.pattern = pattern;
		this.inside = inside;
		this.example = example;
	}

	/**
	 * Returns what reads the names in one plate.
	 *
	 * @param folder of the plate
	 * @param files of the plate whose names match, in order
	 */
	protected abstract Names names(Path folder, List<Path> files, ScreenOptions options) throws IOException;

	/**
	 * As {@link #names(Path, List, ScreenOptions)}, for formats where the plates beside it matter.
	 *
	 * @param plates files of all plates by their folders, {@code folder} among them
	 */
	protected Names names(final Path folder, final Map<Path, List<Path>> plates, final ScreenOptions options)
		throws IOException
	{
		return names(folder, plates.get(folder), options);
	}

	/**
	 * Returns the folder that a source stands for: itself, or that of a metadata file that the format knows.
	 *
	 * @return {@code null} if a file is none of the format's
	 */
	protected Path folder(final Path source) {
		return Files.isDirectory(source) ? source : null;
	}

	@Override
	public Optional<String> reject(final Path given) throws IOException {
		final Path source = folder(given);
		if (source == null) return Optional.of(FolderListing.name(given) + " is no folder");
		final boolean[] found = {false};
		final int[] looked = {0};
		FileTree.walk(source, new Visitor() {

			@Override
			public boolean take(final String path) {
				found[0] = pattern.matcher(fileName(path)).matches();
				return !found[0] && ++looked[0] < LOOKED_AT;
			}
		});
		return found[0] ? Optional.empty() : Optional.of("no file is named like " + example);
	}

	@Override
	public Screen read(final Path given, final ScreenOptions options) throws IOException {
		final Path source = folder(given);
		if (source == null)
			throw new IOException(given + " cannot be opened: " + reject(given).orElse("give its folder"));
		final ScreenBuilder builder = new ScreenBuilder();
		final Map<String, List<String>> order = new LinkedHashMap<>();
		final Map<String, Path> plates = new TreeMap<>();
		final Map<Path, List<Path>> files = plates(source, options);
		for (final Path folder : files.keySet()) {
			add(folder, files.get(folder), names(folder, files, options), builder, order, plates);
		}
		if (builder.isEmpty()) throw new IOException(source + " cannot be opened: no file is named like " + example);
		final Set<String> channels = new TreeSet<>(NaturalOrder.COMPARATOR);
		final List<String> ordered = new ArrayList<>();
		order.values().forEach(ordered::addAll);
		// one plate's order holds; of several, each may lack a channel that others have between two of its own
		if (order.size() == 1) return builder.build(ordered);
		final List<String> longest = order.values().stream().max(Comparator.comparingInt(List::size)).orElse(List.of());
		final List<String> all = new ArrayList<>(longest);
		channels.addAll(ordered);
		channels.stream().filter(channel -> !all.contains(channel)).forEach(all::add);
		return builder.build(all);
	}

	/** The files of each plate's folder; images among them whose names don't match are told. */
	private Map<Path, List<Path>> plates(final Path source, final ScreenOptions options) throws IOException {
		final Map<Path, List<Path>> plates = new LinkedHashMap<>();
		final List<String> others = new ArrayList<>();
		final Set<String> folders = new HashSet<>();
		FileTree.walk(source, new Visitor() {

			@Override
			public boolean take(final String path) {
				final String name = fileName(path);
				if (!pattern.matcher(name).matches()) {
					if (IMAGE.matcher(name).matches() && !THUMBNAIL.matcher(name).find()) others.add(path);
					return true;
				}
				folders.add(path.substring(0, path.length() - name.length()));
				final Path file = source.resolve(path);
				plates.computeIfAbsent(plateFolder(source, file), k -> new ArrayList<>()).add(file);
				return true;
			}
		});
		others.removeIf(path -> !folders.contains(path.substring(0, path.length() - fileName(path).length())));
		if (!others.isEmpty()) {
			options.warnings()
				.accept(Count.of(others.size(), "image is", "images are") +
					" left out, as not named like " + example + ": " + others.get(0) +
					(others.size() == 1 ? "" : ", ..."));
		}
		return plates;
	}

	/** The folder of a file's plate: above those that the format makes within a plate, but not above the source. */
	private Path plateFolder(final Path source, final Path file) {
		Path folder = file.getParent();
		while (inside != null && !folder.equals(source) && folder.getParent() != null) {
			final Matcher end = inside.matcher(folder.toString());
			if (!end.find()) break;
			folder = folder.getParent();
		}
		return folder;
	}

	private void add(final Path folder, final List<Path> files, final Names names, final ScreenBuilder builder,
		final Map<String, List<String>> order, final Map<String, Path> plates)
		throws IOException
	{
		builder.inside(folder);
		final String named = PlateFolders.name(folder, inside);
		final Set<String> channels = new TreeSet<>();
		final Map<String, String> unique = new LinkedHashMap<>();
		for (final Path file : files) {
			final Matcher matcher = pattern.matcher(FolderListing.name(file));
			if (!matcher.matches()) continue;
			final Entry entry;
			try {
				entry = names.entry(matcher, file);
			}
			catch (final IllegalArgumentException e) {
				throw new IOException(file + ": " + e.getMessage(), e);
			}
			if (entry == null) continue;
			final String plate = unique.computeIfAbsent(entry.plate().isEmpty() ? named : entry.plate(),
				name -> unique(name, folder, plates));
			channels.add(entry.channel());
			builder.add(new ScreenBuilder.Image(plate, entry.well(), entry.site(), entry.channel(), entry.time(),
				entry.plane()), Plane.of(FolderListing.absolute(file)), entry.metadata());
		}
		if (!channels.isEmpty()) order.put(folder.toString(), names.order(channels));
	}

	/** Two folders may hold plates of one name: the second is named with its folder, or else counted. */
	private static String unique(final String name, final Path folder, final Map<String, Path> plates) {
		String unique = name;
		for (int i = 1; plates.putIfAbsent(unique, folder) != null; i++) {
			unique = name + " " + FolderListing.name(folder) + (i == 1 ? "" : " " + i);
		}
		return unique;
	}

	private static String fileName(final String path) {
		return path.substring(path.lastIndexOf('/') + 1);
	}

	/** Visits files, but not the chunks of Zarr arrays. */
	private abstract static class Visitor implements FileTree.Visitor {

		@Override
		public boolean enter(final String path) {
			return !path.toLowerCase(Locale.ROOT).endsWith(".zarr");
		}
	}
}
