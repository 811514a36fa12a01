// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.isophene.messages.Count;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.NaturalOrder;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Wells;

/** Makes a screen of what Bio-Formats finds in a source. For one use. */
final class OmeScreen {

	private static final Comparator<Field> ORDER = Comparator.comparing(Field::plate, NaturalOrder.COMPARATOR) //
		.thenComparing(f -> Wells.row(f.well()))
		.thenComparing(f -> Wells.column(f.well())) //
		.thenComparing(Field::site, NaturalOrder.COMPARATOR);

	/** Columns of plates with 96, 384 and 1536 wells. */
	private static final int[] COLUMNS = {12, 24, 48};

	private final Path source;
	private final ImageNames names;
	private final List<OmeFile> files = new ArrayList<>();
	private final Set<String> channels = new LinkedHashSet<>();
	private final Map<String, Integer> counted = new HashMap<>();
	private boolean severalTimes;
	private boolean severalPlanes;
	private int unplaced;

	/** @param names places of images, or {@code null} to believe the metadata */
	OmeScreen(final Path source, final ImageNames names) {
		this.source = source.toAbsolutePath().normalize();
		this.names = names;
	}

	Screen read() throws IOException {
		listFiles();
		for (final OmeFile file : files) {
			if (file.images().stream().anyMatch(image -> image.place() == null)) unplaced++;
			for (final OmeImage image : file.images()) {
				channels.addAll(image.channels().keySet());
				severalTimes |= image.times() > 1;
				severalPlanes |= image.depth() > 1;
			}
		}
		final List<Field> fields = new ArrayList<>();
		int well = 0;
		for (final OmeFile file : files) {
			final boolean placed = names == null && file.images().stream().anyMatch(image -> image.place() == null);
			fields.addAll(fields(file, placed ? well(well++) : null));
		}
		if (fields.isEmpty())
			throw new IOException(names == null ? source + " holds no images"
				: "The pattern " + names + " matches none of the images in " + source + example());
		requireDistinct(fields);
		fields.sort(ORDER);
		return new Screen(List.copyOf(channels), fields);
	}

	private void listFiles() throws IOException {
		final Set<Path> known = new HashSet<>();
		try (SourceFiles finder = new SourceFiles()) {
			for (final List<Path> group : SourceFiles.candidates(source)) {
				for (final Path candidate : group) {
					// A plate may have thousands of images: those that belong to it aren't looked at.
					if (known.contains(candidate) || !candidate.equals(source) && !finder.opens(candidate)) continue;
					final OmeFile file = OmeFile.list(candidate, group.size() > 1);
					known.add(candidate);
					known.addAll(file.files());
					if (files.stream().noneMatch(other -> other.path().equals(file.path()))) files.add(file);
				}
				if (!files.isEmpty()) return;
			}
		}
		throw new IOException(
			source + " cannot be opened: neither the folder nor those in it hold a file that Bio-Formats opens");
	}

	private List<Field> fields(final OmeFile file, final String well) throws IOException {
		final List<Field> fields = new ArrayList<>();
		int site = 0;
		for (final OmeImage image : file.images()) {
			site++;
			final Map<String, String> metadata = new LinkedHashMap<>();
			String plate;
			String wellName;
			String siteName = String.valueOf(site);
			if (names != null) {
				final Optional<ImageNames.NamedPosition> place = place(file, image);
				if (place.isEmpty()) continue;
				plate = place.get().plate();
				wellName = place.get().well();
				siteName = place.get().site();
				metadata.putAll(place.get().metadata());
			}
			else if (image.place() != null) {
				plate = image.place().plate();
				wellName = image.place().well();
				siteName = image.place().site();
				if (!image.place().acquisition().isEmpty())
					metadata.put("Metadata_Acquisition", image.place().acquisition());
			}
			else {
				plate = "";
				wellName = well;
				metadata.put("Metadata_File", relative(file));
				metadata.put("Metadata_Image", image.name());
			}
			if (plate.isEmpty())
				plate = Files.isDirectory(source) ? source.getFileName().toString() : OmeFile.stem(source);
			if (siteName.isEmpty()) siteName = String.valueOf(counted.merge(plate + "\n" + wellName, 1, Integer::sum));
			if (severalTimes) metadata.put("Metadata_Timepoint", "1");
			if (severalPlanes) metadata.put("Metadata_Plane", String.valueOf(OmeImage.middle(image.depth()) + 1));
			final List<Plane> planes = new ArrayList<>();
			for (final String channel : channels) planes.add(image.channels().get(channel));
			fields.add(new Field(plate, wellName, siteName, metadata, planes));
		}
		return fields;
	}

	private Optional<ImageNames.NamedPosition> place(final OmeFile file, final OmeImage image) throws IOException {
		final String name = nameOf(file, image);
		try {
			return names.place(name);
		}
		catch (final IllegalArgumentException exc) {
			throw new IOException(source + ": " + name + ": " + exc.getMessage() +
				". Change the pattern so that it leaves this image out", exc);
		}
	}

	private String nameOf(final OmeFile file, final OmeImage image) {
		return file.images().size() > 1 ? relative(file) + "/" + image.name() : relative(file);
	}

	private String relative(final OmeFile file) {
		final Path folder = Files.isDirectory(source) ? source : source.getParent();
		return file.path().startsWith(folder) ? folder.relativize(file.path()).toString().replace('\\', '/')
			: file.path().getFileName().toString();
	}

	private String example() {
		return files.stream()
			.flatMap(file -> file.images().stream().map(image -> nameOf(file, image)))
			.limit(3)
			.reduce((a, b) -> a + ", " + b)
			.map(some -> "; the first are " + some)
			.orElse("");
	}

	/** The well that stands for a file without plate, row by row on the smallest plate that holds them all. */
	private String well(final int index) throws IOException {
		for (final int columns : COLUMNS) {
			if (unplaced <= columns * columns * 2 / 3) return Wells.name(index / columns + 1, index % columns + 1);
		}
		throw new IOException(
			source + " holds " + Count.of(unplaced, "file") +
			" without a plate, more than a plate has wells: say in the " +
				"key pattern which plates and wells they are");
	}

	private void requireDistinct(final List<Field> fields) throws IOException {
		final Map<String, Field> labels = new HashMap<>();
		for (final Field field : fields) {
			final Field other = labels.putIfAbsent(field.label(), field);
			if (other == null) continue;
			throw new IOException(
				"Two images are both " + field.label() + ": " + where(other) + " and " + where(field) +
					". Open their files one by one" + (names == null ? "" : ", or let the pattern tell them apart"));
		}
	}

	private static String where(final Field field) {
		return field.planes()
			.stream()
			.filter(plane -> plane != null)
			.findFirst()
			.map(plane -> plane.path() + (plane.hasSeries() ? " (series " + plane.series() + ")" : ""))
			.orElse("one without channels");
	}
}
