// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

/** Gathers the fields of OME-Zarr plates. Reads each well's list of images, and of one image per plate the channels. */
final class OmeZarrScreen {

	/** The column of the acquisition, where a plate has several. */
	private static final String ACQUISITION = "Metadata_Acquisition";

	/** Images that may be unreadable before we give up learning a plate's channels. */
	private static final int ATTEMPTS = 20;

	private static final Comparator<Found> ORDER = Comparator.comparing((Found f) -> f.plate, NaturalOrder.COMPARATOR) //
		.thenComparing(f -> Wells.row(f.well)).thenComparing(f -> Wells.column(f.well)) //
		.thenComparing(f -> f.site, NaturalOrder.COMPARATOR);

	/** A field, before all channels are known. */
	private record Found(String plate, String well, String site, Map<String, String> metadata, String path, List<String> channels) {}

	/** A well and what it has. */
	private record Filled(PlateGroup.Well well, Storage storage, WellGroup group) {}

	private final List<Found> fields = new ArrayList<>();
	private final Set<String> channels = new LinkedHashSet<>();
	private final Map<String, String> plates = new LinkedHashMap<>();

	/** @throws IOException if a well is missing, or another plate has the name; the message names the path */
	void add(final String name, final PlateGroup plate) throws IOException {
		final String other = plates.put(name, plate.storage().location());
		if (other != null) throw new IOException("The plate " + name + " comes twice: " + other + " and " + plate.storage().location() +
			". Open them one by one");
		final List<Filled> wells = Fetches.all(plate.storage().location(), plate.wells(), well -> {
			final Storage storage = plate.storage().at(well.path());
			return new Filled(well, storage, WellGroup.read(storage, plate.version()));
		});
		final List<String> own = channels(plate, wells);
		channels.addAll(own);
		for (final Filled filled : wells) {
			final String well;
			try {
				well = Wells.of(filled.well.row(), filled.well.column());
			}
			catch (final IllegalArgumentException exc) {
				throw new IOException(plate.storage().describe(filled.well.path()) + ": " + exc.getMessage(), exc);
			}
			final Set<String> sites = new LinkedHashSet<>();
			for (final WellGroup.Image image : filled.group.images()) {
				if (!sites.add(image.site())) throw new IOException(filled.storage.location() + " has two images of the site " + image.site());
				final Map<String, String> metadata = new LinkedHashMap<>(image.metadata());
				if (plate.acquisitions() > 1) metadata.putIfAbsent(ACQUISITION, image.acquisition());
				fields.add(new Found(name, well, image.site(), metadata, filled.storage.at(image.path()).location(), own));
			}
		}
	}

	Screen build() throws IOException {
		if (fields.isEmpty()) throw new IOException("The wells of " + String.join(", ", plates.values()) + " have no images");
		fields.sort(ORDER);
		final List<String> all = List.copyOf(channels);
		final Map<List<String>, MetadataMap.Columns> columns = new LinkedHashMap<>();
		final List<Field> built = new ArrayList<>(fields.size());
		for (final Found found : fields) {
			final List<Plane> planes = new ArrayList<>(all.size());
			for (final String channel : all) {
				final int index = found.channels.indexOf(channel);
				planes.add(index < 0 ? null : new Plane(found.path, index));
			}
			final MetadataMap.Columns shared = columns.computeIfAbsent(List.copyOf(found.metadata.keySet()), MetadataMap.Columns::new);
			built.add(new Field(found.plate, found.well, found.site, new MetadataMap(shared, found.metadata.values().toArray(
				String[]::new)), planes));
		}
		return new Screen(all, built);
	}

	/** The channels of a plate, from the first of its images that can be read. */
	private static List<String> channels(final PlateGroup plate, final List<Filled> wells) throws IOException {
		IOException first = null;
		int attempts = 0;
		for (final Filled filled : wells) {
			for (final WellGroup.Image image : filled.group.images()) {
				if (attempts++ == ATTEMPTS) throw first;
				try {
					return names(ImageGroup.read(filled.storage.at(image.path())));
				}
				catch (final IOException exc) {
					if (first == null) first = exc;
				}
			}
		}
		if (first != null) throw first;
		throw new IOException("The wells of " + plate.storage().location() + " have no images");
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
