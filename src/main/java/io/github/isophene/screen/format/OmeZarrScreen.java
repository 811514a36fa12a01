// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import io.github.isophene.messages.Count;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.MetadataMap;
import io.github.isophene.screen.NaturalOrder;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Wells;
import io.github.isophene.storage.Fetches;
import io.github.isophene.storage.Storage;
import io.github.isophene.zarr.ImageGroup;
import io.github.isophene.zarr.PlateGroup;
import io.github.isophene.zarr.WellGroup;

/**
 * Gathers the fields of OME-Zarr plates. Reads each well's list of images, and of each image the names of its channels:
 * acquisitions may differ. Wells and images that a plate lists but that were never written are left out, with a
 * warning.
 */
final class OmeZarrScreen {

	/** The column of the acquisition, where a plate has several. */
	private static final String ACQUISITION = "Metadata_Acquisition";

	/** Images that may be unreadable, if none could be read, before the plate is given up. */
	private static final int ATTEMPTS = 20;

	/** Paths that a warning names. */
	private static final int NAMED = 5;

	private static final Comparator<Found> ORDER = Comparator
		.comparing((Found f) -> f.plate, NaturalOrder.COMPARATOR) //
		.thenComparing(f -> Wells.row(f.well))
		.thenComparing(f -> Wells.column(f.well)) //
		.thenComparing(f -> f.site, NaturalOrder.COMPARATOR);

	/** A field, before all channels are known. */
	private record Found(String plate, String well, String site, Map<String, String> metadata, String path,
		List<String> channels)
	{}

	/** A well and what it has; no group if it was never written. */
	private record Filled(PlateGroup.WellPath well, Storage storage, Optional<WellGroup> group) {}

	/** An image of a well; no channels if it was never written, an error if it can't be read. */
	private record Listed(Filled of, WellGroup.SiteImage image, List<String> channels, IOException error) {}

	private final Consumer<String> warnings;
	private final Map<List<String>, Integer> channelLists = new LinkedHashMap<>();

	private final List<Found> fields = new ArrayList<>();
	private final Set<String> channels = new LinkedHashSet<>();
	private final Map<String, String> plates = new LinkedHashMap<>();

	/** @param warnings takes sentences on what is left out */
	OmeZarrScreen(final Consumer<String> warnings) {
		this.warnings = warnings;
	}

	/**
	 * @throws IOException if nothing of the plate can be read, or another plate has the name; the message names
	 * the path
	 */
	void add(final String name, final PlateGroup plate) throws IOException {
		final String other = plates.put(name, plate.storage().location());
		if (other != null)
			throw new IOException("The plate " + name + " comes twice: " + other + " and " +
				plate.storage().location() + ". Open them one by one");
		final List<Filled> wells = Fetches.all(plate.storage().location(), plate.wells(), well -> {
			final Storage storage = plate.storage().at(well.path());
			return new Filled(well, storage, WellGroup.find(storage, plate.version()));
		});
		final List<Listed> images = images(plate, wells);
		final List<String> missing = new ArrayList<>();
		for (final Filled filled : wells) if (filled.group.isEmpty()) missing.add(filled.storage.location());
		if (missing.size() == wells.size())
			throw new IOException(missing.get(0) + " is missing, as are all wells that the plate " +
				plate.storage().location() + " names: restore them");
		warn(plate, missing, missing.size() == 1 ? "well" : "wells");
		warn(plate,
			images.stream()
				.filter(i -> i.channels == null && i.error == null)
				.map(i -> i.of.storage.at(i.image.path()).location())
				.toList(),
			"images");
		// Of an image that is damaged, reading says what is wrong; until then it has the channels that most have.
		final List<String> usual = images.stream()
			.filter(i -> i.channels != null)
			.map(Listed::channels)
			.findFirst()
			.orElse(List.of());
		final Map<Filled, Set<String>> sites = new IdentityHashMap<>();
		for (final Listed listed : images) {
			if (listed.channels == null && listed.error == null) continue;
			final List<String> own = listed.channels == null ? usual : listed.channels;
			channels.addAll(own);
			if (listed.channels != null) channelLists.merge(own, 1, Integer::sum);
			final Filled filled = listed.of;
			final String well;
			try {
				well = Wells.of(filled.well.row(), filled.well.column());
			}
			catch (final IllegalArgumentException exc) {
				throw new IOException(plate.storage().describe(filled.well.path()) + ": " + exc.getMessage(), exc);
			}
			final WellGroup.SiteImage image = listed.image;
			if (!sites.computeIfAbsent(filled, f -> new LinkedHashSet<>()).add(image.site())) {
				throw new IOException(filled.storage.location() + " has two images of the site " + image.site());
			}
			final Map<String, String> metadata = new LinkedHashMap<>(image.metadata());
			if (plate.acquisitions() > 1) metadata.putIfAbsent(ACQUISITION, image.acquisition());
			fields.add(new Found(name, well, image.site(), metadata, filled.storage.at(image.path()).location(), own));
		}
	}

	private void warn(final PlateGroup plate, final List<String> missing, final String what) {
		if (missing.isEmpty()) return;
		warnings.accept("The plate " + plate.storage().location() + " names " + missing.size() + " " + what +
			" that were never written, which are left out: " +
			String.join(", ", missing.subList(0, Math.min(NAMED, missing.size()))) +
			(missing.size() > NAMED ? "..." : ""));
	}

	Screen build() throws IOException {
		if (fields.isEmpty())
			throw new IOException("The wells of " + String.join(", ", plates.values()) + " have no images");
		fields.sort(ORDER);
		if (channelLists.size() > 1) {
			final List<String> some = channelLists.entrySet()
				.stream()
				.limit(NAMED)
				.map(e -> Count.of(e.getValue(), "has ", "have ") + String.join(", ", e.getKey()))
				.toList();
			warnings.accept("The images of " + String.join(", ", plates.keySet()) +
				" differ in their channels, which are joined by name: " + String.join("; ", some) +
				(channelLists.size() > NAMED ? "; ..." : ""));
		}
		final List<String> all = List.copyOf(channels);
		final Map<List<String>, MetadataMap.ColumnNames> columns = new LinkedHashMap<>();
		final List<Field> built = new ArrayList<>(fields.size());
		for (final Found found : fields) {
			final List<Plane> planes = new ArrayList<>(all.size());
			for (final String channel : all) {
				final int index = found.channels.indexOf(channel);
				planes.add(index < 0 ? null : new Plane(found.path, index));
			}
			final MetadataMap.ColumnNames shared = columns.computeIfAbsent(List.copyOf(found.metadata.keySet()),
				MetadataMap.ColumnNames::new);
			built.add(new Field(found.plate, found.well, found.site,
				new MetadataMap(shared, found.metadata.values().toArray(String[]::new)), planes));
		}
		return new Screen(all, built);
	}

	/** The images of all wells with their channels. */
	private static List<Listed> images(final PlateGroup plate, final List<Filled> wells) throws IOException {
		final List<Listed> listed = new ArrayList<>();
		for (final Filled filled : wells) {
			if (filled.group.isEmpty()) continue;
			for (final WellGroup.SiteImage image : filled.group.get().images())
				listed.add(new Listed(filled, image, null, null));
		}
		if (listed.isEmpty()) {
			if (wells.stream().allMatch(filled -> filled.group.isEmpty())) return listed;
			throw new IOException("The wells of " + plate.storage().location() + " have no images");
		}
		// The first ones one by one: a place that can't be read at all should say so soon.
		final List<Listed> images = new ArrayList<>();
		IOException first = null;
		while (images.size() < listed.size() && images.stream().allMatch(i -> i.channels == null)) {
			final Listed image = channels(listed.get(images.size()));
			images.add(image);
			if (first == null) first = image.error;
			if (images.size() >= ATTEMPTS && first != null) throw first;
		}
		images.addAll(Fetches.all(plate.storage().location(), listed.subList(images.size(), listed.size()),
			OmeZarrScreen::channels));
		if (images.stream().allMatch(i -> i.channels == null)) {
			if (first != null) throw first;
			throw new IOException(
				"The wells of " + plate.storage().location() + " have no images: none that they name was written");
		}
		return images;
	}

	private static Listed channels(final Listed listed) {
		final Storage storage = listed.of.storage.at(listed.image.path());
		try {
			final Optional<ImageGroup> image = ImageGroup.find(storage);
			return image.isEmpty() ? listed : new Listed(listed.of, listed.image, names(image.get()), null);
		}
		catch (final IOException exc) {
			return new Listed(listed.of, listed.image, null, exc);
		}
	}

	private static List<String> names(final ImageGroup image) throws IOException {
		final int count = image.channelCount(image.open(0));
		final List<String> names = new ArrayList<>();
		for (int c = 0; c < count; c++) {
			final String given = c < image.channels().size() ? image.channels().get(c) : "";
			final String label = given.isEmpty() ? "ch" + (c + 1) : given;
			names.add(names.contains(label) ? label + " (ch" + (c + 1) + ")" : label);
		}
		return names;
	}
}
