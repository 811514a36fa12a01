// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.isophene.screen.FolderListing;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.PlateFolders;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenBuilder;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.Wells;
import org.scijava.plugin.Plugin;

/**
 * Exports of Harmony 4 to 7 (Operetta, Opera Phenix): an index ({@code Index.idx.xml}, {@code Index.xml}) and
 * {@code r01c01f01p01-ch1sk1fk1fl1.tiff}, beside the index or in {@code Images} below it; one measurement, or
 * measurements in folders at any depth below the source.
 * <p>
 * Plate and channels are named as in the index. A folder of such files without
 * an index opens, too: the plate is named after the folder, or one above it where it is called {@code Images},
 * {@code orig} or the like; channels {@code ch1}, {@code ch2}... Of several time points the first is taken, of
 * several focal planes the middle one, as the columns
 * {@code Metadata_Timepoint} and {@code Metadata_Plane} then say. Only the first
 * of lifetime images (fl1) counts; images whose state isn't Ok, or that have no file, are missing.
 * </p>
 */
@Plugin(type = ScreenFormat.class, name = "phenix")
public class PhenixFormat implements ScreenFormat {

	private static final Pattern INDEX = Pattern.compile("(?i)Index(\\.idx|\\.ref)?\\.xml");
	private static final Pattern IMAGE = Pattern.compile(
		"(?i)r(\\d{1,3})c(\\d{1,3})f(\\d{1,6})p(\\d{1,6})-" + "ch(\\d{1,3})sk(\\d{1,6})fk\\d+fl(\\d{1,6})\\.tiff?");

	@Override
	public String name() {
		return "phenix";
	}

	@Override
	public String description() {
		return "Harmony export of an Operetta or Opera Phenix: the index, the folder of a measurement, or a folder " +
			"of several";
	}

	@Override
	public Optional<String> reject(final Path source) throws IOException {
		if (!Files.isDirectory(source))
			return INDEX.matcher(FolderListing.name(source)).matches() ? Optional.empty() //
				: Optional.of(FolderListing.name(source) + " is no Index.idx.xml");
		if (PlateFolders.any(source, PhenixFormat::plate)) return Optional.empty();
		return Optional
			.of("the folder holds neither Images/Index.idx.xml nor files like r01c01f01p01-ch1sk1fk1fl1.tiff");
	}

	@Override
	public Screen read(final Path source, final ScreenOptions options) throws IOException {
		final boolean folder = Files.isDirectory(source);
		final List<Path> plates = folder ? PlateFolders.find(source, PhenixFormat::plate) : List.of(source);
		// Not asked where plates were found: it would walk through the folders once more, and give up sooner.
		final Optional<String> reason = folder && !plates.isEmpty() ? Optional.empty() : reject(source);
		if (reason.isPresent()) throw new IOException(source + " cannot be opened: " + reason.get());
		final ScreenBuilder builder = new ScreenBuilder();
		final Set<String> channels = new LinkedHashSet<>();
		final Map<String, Path> names = new HashMap<>();
		for (final Path plate : plates) {
			final PhenixIndex index = Files.isDirectory(plate) ? null : PhenixIndex.read(plate);
			final String name = index == null ? addFolder(plate, builder, channels)
				: index.addTo(builder, channels, names);
			final Path other = names.put(name, plate);
			if (other != null) throw PhenixIndex.twice(name, other, plate);
		}
		return builder.build(channels);
	}

	private static String addFolder(final Path folder, final ScreenBuilder builder, final Set<String> channels)
		throws IOException
	{
		final String plate = PlateFolders.name(folder, null);
		builder.inside(folder);
		final Set<Integer> ids = new TreeSet<>();
		for (final Path file : FolderListing.files(folder, IMAGE)) {
			final Matcher m = IMAGE.matcher(FolderListing.name(file));
			if (!m.matches() || number(m, 7) != 1) continue;
			final String well;
			try {
				well = Wells.name(number(m, 1), number(m, 2));
			}
			catch (final IllegalArgumentException e) {
				throw new IOException(file + ": " + e.getMessage());
			}
			ids.add(number(m, 5));
			builder.add(new ScreenBuilder.Image(plate, well, String.valueOf(number(m, 3)), "ch" + number(m, 5),
				number(m, 6) - 1, number(m, 4)), Plane.of(FolderListing.absolute(file)), Map.of());
		}
		ids.forEach(id -> channels.add("ch" + id));
		return plate;
	}

	private static int number(final Matcher matcher, final int group) {
		return Integer.parseInt(matcher.group(group));
	}

	/** The index of a folder, or else the folder of its images; {@code null} if it has neither. */
	private static Path plate(final Path folder) throws IOException {
		final List<Path> places = new ArrayList<>(List.of(folder));
		if (Files.isDirectory(folder.resolve("Images"))) places.add(folder.resolve("Images"));
		for (final Path place : places) {
			final List<Path> index = FolderListing.files(place, INDEX);
			if (!index.isEmpty()) return index.get(0);
		}
		for (final Path place : places) if (FolderListing.any(place, IMAGE)) return place;
		return null;
	}
}
