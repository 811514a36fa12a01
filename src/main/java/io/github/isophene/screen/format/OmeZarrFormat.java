// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.isophene.screen.FolderListing;
import io.github.isophene.screen.NaturalOrder;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.storage.Storage;
import io.github.isophene.storage.Storages;
import io.github.isophene.zarr.PlateGroup;
import org.scijava.plugin.Plugin;

/**
 * OME-Zarr plates (OME-NGFF HCS 0.4 and 0.5; 0.1 to 0.3 as far as they say the same): the folder or address of
 * a plate, or of
 * several. A plane's path is its image's group and its frame the channel.
 */
@Plugin(type = ScreenFormat.class, name = "omezarr")
public class OmeZarrFormat implements ScreenFormat {

	@Override
	public String name() {
		return "omezarr";
	}

	@Override
	public String description() {
		return "OME-Zarr plate (NGFF 0.4, 0.5), also zipped (.ozx, .zarr.zip), or a folder of several; also https:// " +
			"and s3://";
	}

	@Override
	public Optional<String> reject(final Path source) throws IOException {
		if (isZip(source)) {
			try {
				return plates(Storages.open(source.toString())).isEmpty()
					? Optional.of("the zip file holds no OME-Zarr plate")
					: Optional.empty();
			}
			catch (final IOException exc) {
				// What reads it says why it is damaged.
				return Optional.empty();
			}
		}
		if (!Files.isDirectory(source))
			return Optional.of(FolderListing.name(source) + " is no folder, .ozx or .zarr.zip");
		if (mayBePlate(source)) return Optional.empty();
		for (final Path child : FolderListing.folders(source)) if (mayBePlate(child)) return Optional.empty();
		if (!zips(source).isEmpty()) return Optional.empty();
		return Optional.of("the folder is no OME-Zarr plate and holds none (.zattrs or zarr.json with 'plate')");
	}

	@Override
	public Screen read(final Path source, final ScreenOptions options) throws IOException {
		return read(Storages.open(source.toString()), options);
	}

	@Override
	public Optional<String> reject(final String address) throws IOException {
		return Optional.empty();
	}

	@Override
	public Screen read(final String address, final ScreenOptions options) throws IOException {
		return read(Storages.open(address), options);
	}

	/** Also if it is a damaged one: what reads it says why. */
	private static boolean mayBePlate(final Path folder) {
		if (Stream.of("zarr.json", ".zattrs").noneMatch(name -> Files.isReadable(folder.resolve(name)))) return false;
		try {
			return PlateGroup.find(Storages.open(folder.toString())).isPresent();
		}
		catch (final IOException exc) {
			return true;
		}
	}

	private static Screen read(final Storage root, final ScreenOptions options) throws IOException {
		final List<PlateGroup> plates = plates(root);
		if (plates.isEmpty())
			throw new IOException(root.location() +
				" is no OME-Zarr plate and holds none: neither .zattrs nor zarr.json there has a 'plate'. Give the " +
				"address of a plate");
		final Map<String, Integer> uses = new HashMap<>();
		plates.forEach(plate -> uses.merge(plate.name(), 1, Integer::sum));
		final OmeZarrScreen screen = new OmeZarrScreen(options.warnings());
		for (final PlateGroup plate : plates) {
			final boolean own = !plate.name().isEmpty() && uses.get(plate.name()) == 1;
			screen.add(own ? plate.name() : folderName(plate.storage()), plate);
		}
		return screen.build();
	}

	private static List<PlateGroup> plates(final Storage root) throws IOException {
		final Optional<PlateGroup> here = PlateGroup.find(root);
		if (here.isPresent()) return List.of(here.get());
		final boolean remote = Storages.isRemote(root.location());
		// Web servers can't be listed; a bucket's other folders may be many.
		if (root.location().startsWith("http")) return List.of();
		final List<PlateGroup> plates = new ArrayList<>();
		for (final String name : root.folders().stream().sorted(NaturalOrder.COMPARATOR).toList()) {
			if (name.startsWith(".") || remote && !name.endsWith(".zarr")) continue;
			final boolean folder = !remote && Files.isDirectory(Path.of(root.location()));
			if (folder && !mayBePlate(Path.of(root.location(), name))) continue;
			// A link to a plate is followed, and the plate a folder of its own.
			final Storage plate = folder ? Storages.open(Path.of(root.location(), name).toString()) : root.at(name);
			PlateGroup.find(plate).ifPresent(plates::add);
		}
		if (!remote && Files.isDirectory(Path.of(root.location()))) {
			for (final Path zip : zips(Path.of(root.location()))) plates.addAll(plates(Storages.open(zip.toString())));
		}
		return plates;
	}

	private static boolean isZip(final Path file) {
		return FolderListing.name(file).matches("(?i)[^.].*\\.(ozx|zarr\\.zip)") && Files.isRegularFile(file);
	}

	/** Zip files in a folder that hold a plate. */
	private static List<Path> zips(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(OmeZarrFormat::isZip).sorted().toList();
		}
	}

	private static String folderName(final Storage plate) {
		final String place = plate.location().replace('\\', '/');
		return place.substring(place.lastIndexOf('/') + 1).replaceFirst("(?i)((\\.ome)?\\.zarr(\\.zip)?|\\.ozx)$", "");
	}
}
