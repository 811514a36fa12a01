// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.isophene.files.SourceFolder;

/**
 * Makes a screen from single images, whatever order they come in: one field per
 * plate, well and site, sorted by plate, well (row by row) and site.
 * <p>
 * A field has one plane per channel, so of several time points the first is
 * taken, and of several focal planes the projection where there is one, else the
 * middle one of the field (the lower of two; a channel that lacks it gives its
 * nearest). What was taken stands in the columns {@link #TIMEPOINT} and
 * {@link #PLANE}, which exist only where there was a choice.
 * </p>
 */
public final class ScreenBuilder {

	/** The column that names the time point taken, where there are several. */
	public static final String TIMEPOINT = "Metadata_Timepoint";

	/** The column that names the focal plane taken, where there are several. */
	public static final String PLANE = "Metadata_Plane";

	/** In place of a focal plane's number: the projection of all. */
	public static final int PROJECTION = Integer.MIN_VALUE;

	private static final Comparator<Key> ORDER = Comparator.comparing(Key::plate, NaturalOrder.COMPARATOR) //
		.thenComparing(k -> Wells.row(k.well()))
		.thenComparing(k -> Wells.column(k.well())) //
		.thenComparing(Key::site, NaturalOrder.COMPARATOR);

	private record Key(String plate, String well, String site) {}

	/**
	 * Position of an image in a screen.
	 *
	 * @param plate name of the plate
	 * @param well normalized well name, see {@link Wells}
	 * @param site name of the site within the well
	 * @param channel name of the channel
	 * @param time number of the time point
	 * @param plane number of the focal plane, or {@link #PROJECTION}
	 */
	public record Image(String plate, String well, String site, String channel, int time, int plane) {}

	/** The images of one field: time point, channel, focal plane, file. */
	private static final class Site {

		private final TreeMap<Integer, Map<String, TreeMap<Integer, Plane>>> times = new TreeMap<>();
		private Map<String, String> metadata = Map.of();
		private String first;
	}

	private final Map<Key, Site> sites = new TreeMap<>(ORDER);
	private SourceFolder folder;

	/**
	 * Requires the local files that are added from now on to lie in a folder, also after links are resolved: an
	 * export lists nothing outside of its folder, so a file there was never meant to be read.
	 *
	 * @param root folder of the plate; {@code null}: anywhere, for layouts that users write themselves
	 * @throws IOException if the folder can't be resolved
	 */
	public void inside(final Path root) throws IOException {
		folder = root == null ? null : new SourceFolder(root);
	}

	/**
	 * Adds an image.
	 *
	 * @param metadata of its field, the same for each of its images
	 * @throws IOException if another image has the same place or other metadata, or if the file lies outside of the
	 *           folder that {@link #inside} names
	 */
	public void add(final Image image, final Plane file, final Map<String, String> metadata) throws IOException {
		if (folder != null && !file.isUrl()) folder.require(Path.of(file.path()));
		final Site site = sites.computeIfAbsent(new Key(image.plate, image.well, image.site), k -> new Site());
		final String label = image.plate + " " + image.well + " site " + image.site;
		if (site.first == null) {
			site.first = file.shown();
			site.metadata = metadata;
		}
		else if (!site.metadata.equals(metadata)) {
			throw new IOException("Two files of " + label + " say different things: " + site.first + " " +
				site.metadata + " and " + file.shown() + " " + metadata);
		}
		final Plane other = site.times.computeIfAbsent(image.time, k -> new LinkedHashMap<>()) //
			.computeIfAbsent(image.channel, k -> new TreeMap<>())
			.put(image.plane, file);
		if (other != null) {
			throw new IOException("Two files are both " + label + ", channel " + image.channel + ": " + other.shown() +
				" and " + file.shown());
		}
	}

	/** Returns whether no image was added. */
	public boolean isEmpty() {
		return sites.isEmpty();
	}

	/**
	 * Returns the screen.
	 *
	 * @param order channels in their order; those that no field has are left out
	 */
	public Screen build(final Collection<String> order) {
		final boolean severalTimes = sites.values().stream().anyMatch(s -> s.times.size() > 1);
		final boolean severalPlanes = sites.values()
			.stream() //
			.anyMatch(s -> s.times.firstEntry().getValue().values().stream().anyMatch(p -> p.size() > 1));
		final TreeSet<String> present = new TreeSet<>();
		sites.values().forEach(s -> present.addAll(s.times.firstEntry().getValue().keySet()));
		final List<String> channels = order.stream().filter(present::contains).distinct().toList();
		final List<Field> fields = new ArrayList<>(sites.size());
		sites.forEach((key, site) -> {
			final Map<String, TreeMap<Integer, Plane>> images = site.times.firstEntry().getValue();
			final int middle = middle(images.values());
			final List<Plane> planes = new ArrayList<>();
			final List<String> taken = new ArrayList<>();
			for (final String channel : channels) {
				final TreeMap<Integer, Plane> stack = images.get(channel);
				final int plane = stack == null ? 0 : nearest(stack, middle);
				planes.add(stack == null ? null : stack.get(plane));
				if (stack != null) taken.add(plane == PROJECTION ? "projection" : String.valueOf(plane));
			}
			final Map<String, String> metadata = new LinkedHashMap<>(site.metadata);
			if (severalTimes) metadata.put(TIMEPOINT, String.valueOf(site.times.firstKey()));
			if (severalPlanes) metadata.put(PLANE, String.join(" ", taken.stream().distinct().toList()));
			fields.add(new Field(key.plate, key.well, key.site, metadata, planes));
		});
		return new Screen(channels, fields);
	}

	private static int middle(final Collection<TreeMap<Integer, Plane>> stacks) {
		final TreeSet<Integer> planes = new TreeSet<>();
		stacks.forEach(stack -> planes.addAll(stack.keySet()));
		planes.remove(PROJECTION);
		return planes.isEmpty() ? PROJECTION : List.copyOf(planes).get((planes.size() - 1) / 2);
	}

	private static int nearest(final TreeMap<Integer, Plane> stack, final int middle) {
		if (stack.containsKey(PROJECTION)) return PROJECTION;
		final Integer below = stack.floorKey(middle);
		final Integer above = stack.ceilingKey(middle);
		if (below == null) return above;
		return above == null || middle - below <= above - middle ? below : above;
	}
}
