// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.github.isophene.screen.FileTree;
import io.github.isophene.screen.FolderListing;
import io.github.isophene.screen.ImagePaths;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.PlateFolders;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenBuilder;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.WellNumbers;
import io.github.isophene.screen.Wells;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;

/**
 * Sets of OME-TIFF files with wells: a {@code .companion.ome} file, or files whose own OME-XML lists the set.
 * Planes are
 * found by the file's name and directory (IFD) that {@code TiffData} gives, without Bio-Formats, and so alike
 * inside and
 * outside of Fiji.
 * <p>
 * A companion file without a plate becomes one well, the first A01, with an image per site and its name in
 * {@code Metadata_Image}. OME-TIFF files without a plate and without a companion are left to Bio-Formats or to a
 * pattern, as nothing in them says which well they are.
 * </p>
 */
@Plugin(type = ScreenFormat.class, name = "ometiff", priority = Priority.LOW)
public class OmeTiffFormat implements ScreenFormat {

	private static final Pattern COMPANION = Pattern.compile("(?i).*\\.companion\\.ome(?:\\.xml)?");
	private static final Pattern TIFF = Pattern.compile("(?i).*\\.ome\\.tiff?");

	/** Files whose descriptions are read before a folder counts as one without plates. */
	private static final int LOOKED_AT = 20;

	@Override
	public String name() {
		return "ometiff";
	}

	@Override
	public String description() {
		return "OME-TIFF set with wells: its .companion.ome, a file of the set, their folder, or a folder of several " +
			"sets";
	}

	@Override
	public Optional<String> reject(final Path source) throws IOException {
		if (!Files.isDirectory(source)) {
			if (COMPANION.matcher(FolderListing.name(source)).matches()) return Optional.empty();
			if (!TIFF.matcher(FolderListing.name(source)).matches())
				return Optional.of(FolderListing.name(source) + " is no OME-TIFF");
			return hasPlate(source) ? Optional.empty() : Optional.of("its OME-XML has no plate: give a pattern");
		}
		if (PlateFolders.any(source, folder -> FolderListing.any(folder, COMPANION) ? folder : null))
			return Optional.empty();
		final int[] looked = {0};
		final boolean[] found = {false};
		FileTree.walk(source, path -> {
			if (!TIFF.matcher(path).matches()) return looked[0] < LOOKED_AT * LOOKED_AT;
			found[0] = hasPlate(source.resolve(path));
			return !found[0] && ++looked[0] < LOOKED_AT;
		});
		return found[0] ? Optional.empty()
			: Optional.of("it holds no .companion.ome, and no OME-TIFF whose OME-XML has a plate");
	}

	@Override
	public Screen read(final Path source, final ScreenOptions options) throws IOException {
		final ScreenBuilder builder = new ScreenBuilder();
		final Set<String> channels = new LinkedHashSet<>();
		final List<Path> masters = masters(source);
		for (int i = 0; i < masters.size(); i++) {
			final int number = i + 1;
			add(masters.get(i), () -> WellNumbers.upTo(masters.size()).name(number), builder, channels, options);
		}
		if (builder.isEmpty())
			throw new IOException(source + " cannot be opened: " + reject(source).orElse("its sets list no images"));
		return builder.build(channels);
	}

	private static boolean hasPlate(final Path tiff) {
		try {
			final OmeSet set = OmeSet.read(tiff);
			return set != null && !set.wells().isEmpty();
		}
		catch (final IOException e) {
			return false; // another format's, or damaged: what reads it says why
		}
	}

	/** The companion files, or else one TIFF file of each set. */
	private static List<Path> masters(final Path source) throws IOException {
		if (!Files.isDirectory(source)) return List.of(source);
		final List<Path> companions = new ArrayList<>();
		final List<Path> tiffs = new ArrayList<>();
		FileTree.walk(source, path -> {
			if (COMPANION.matcher(path).matches()) companions.add(source.resolve(path));
			else if (TIFF.matcher(path).matches()) tiffs.add(source.resolve(path));
			return true;
		});
		return companions.isEmpty() ? tiffs : companions;
	}

	private static void add(final Path file, final Supplier<String> number, final ScreenBuilder builder,
		final Set<String> channels, final ScreenOptions options) throws IOException
	{
		final OmeSet set = OmeSet.read(file);
		if (set == null) {
			options.warnings().accept(file + " has no OME-XML and is left out");
			return;
		}
		final Path folder = set.folder();
		builder.inside(folder);
		final Set<String> placed = new HashSet<>();
		for (final OmeSet.WellSample sample : set.wells()) {
			final OmeSet.FieldImage image = set.images().get(sample.image());
			if (image == null || !placed.add(sample.image())) continue;
			final String plate = sample.plate().isEmpty() ? PlateFolders.name(folder, null) : sample.plate();
			final Map<String, String> metadata = new LinkedHashMap<>();
			if (!sample.acquisition().isEmpty()) metadata.put("Metadata_Acquisition", sample.acquisition());
			final String well;
			try {
				well = Wells.name(sample.row(), sample.column());
			}
			catch (final IllegalArgumentException exc) {
				throw new IOException(file + ": " + exc.getMessage(), exc);
			}
			add(image, folder, plate, well, sample.site(), metadata, builder, channels);
		}
		if (!set.wells().isEmpty()) return;
		if (!COMPANION.matcher(FolderListing.name(file)).matches()) return;
		final String well = number.get();
		final String plate = PlateFolders.name(folder, null);
		int site = 0;
		for (final OmeSet.FieldImage image : set.images().values()) {
			add(image, folder, plate, well, String.valueOf(++site), Map.of("Metadata_Image", image.name()), builder,
				channels);
		}
		options.warnings().accept(file + " has no plate: its images are sites of well " + well);
	}

	private static void add(final OmeSet.FieldImage image, final Path folder, final String plate, final String well,
		final String site, final Map<String, String> metadata, final ScreenBuilder builder, final Set<String> channels)
		throws IOException
	{
		channels.addAll(image.channels());
		for (final OmeSet.PlanePosition place : image.planes()) {
			if (place.c() >= image.channels().size()) continue;
			final String file;
			try {
				file = ImagePaths.of(folder, place.file());
			}
			catch (final IllegalArgumentException exc) {
				throw new IOException(folder + ", OME-XML: " + exc.getMessage(), exc);
			}
			builder.add(
				new ScreenBuilder.Image(plate, well, site, image.channels().get(place.c()), place.t() + 1,
					place.z() + 1),
				new Plane(file, place.ifd()), metadata);
		}
	}
}
