// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.isophene.files.RegularFile;
import io.github.isophene.screen.FolderListing;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.PlateFolders;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenBuilder;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.Wells;
import io.github.isophene.storage.SizeLimit;
import org.scijava.plugin.Plugin;

/**
 * Plates of a Molecular Devices ImageXpress as MetaXpress exports them: an
 * {@code .HTD} file, and {@code ..._B02_s1_w1<GUID>.TIF} beside it or in
 * {@code TimePoint_<n>[/ZStep_<n>]}; without an {@code .HTD}, the names alone. One plate, or plates in folders at any
 * depth below the source.
 * <p>
 * A plate is named after its folder, as the HTD has no name of its own (after the HTD where a folder holds several);
 * without an HTD, by the start of the files' names. Channels have the HTD's wavelength names;
 * those that were not saved are left out. Of several time points the first is
 * taken. Of a z-stack the projection is taken where there is one
 * ({@code ZStep_0}, or files beside the {@code ZStep} folders), as it is sharp
 * whatever the focus; else the middle step. The columns
 * {@code Metadata_Timepoint} and {@code Metadata_Plane} then say which.
 * Thumbnails are skipped.
 * </p>
 */
@Plugin(type = ScreenFormat.class, name = "imagexpress")
public class ImageXpressFormat implements ScreenFormat {

	private static final Pattern HTD = Pattern.compile("(?i).*\\.HTD");
	private static final Pattern TIME = Pattern.compile("(?i)TimePoint_(\\d{1,6})");
	private static final Pattern STEP = Pattern.compile("(?i)ZStep_(\\d{1,6})");
	private static final Pattern WAVE = Pattern.compile("\\s*\"WaveName(\\d{1,3})\"\\s*,\\s*\"(.*)\"\\s*");
	// A wavelength's number runs into the GUID, which has its fixed length.
	private static final Pattern IMAGE = Pattern
		.compile("(?i)(?:(.*?)_)?(" + ImageXpressNames.WELL + ")(?:_s(\\d{1,6}))?(?:_w(\\d{1,3}))?" +
			"(?:[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12})?\\.tiff?");

	private static final ImageXpressNames NAMES = new ImageXpressNames();

	@Override
	public String name() {
		return "imagexpress";
	}

	@Override
	public String description() {
		return "ImageXpress plate exported by MetaXpress: the .HTD file, the plate's folder (also without .HTD), or " +
			"a folder of several";
	}

	@Override
	public Optional<String> reject(final Path source) throws IOException {
		if (!Files.isDirectory(source))
			return HTD.matcher(FolderListing.name(source)).matches() ? Optional.empty() //
				: Optional.of(FolderListing.name(source) + " is no .HTD file");
		if (PlateFolders.any(source, folder -> FolderListing.any(folder, HTD) ? folder : null)) return Optional.empty();
		return NAMES.reject(source)
			.map(reason -> "neither the folder nor those in it hold an .HTD file, and " + reason);
	}

	@Override
	public Screen read(final Path source, final ScreenOptions options) throws IOException {
		final Map<Path, String> plates = plates(source);
		if (plates.isEmpty()) return NAMES.read(source, options);
		final ScreenBuilder builder = new ScreenBuilder();
		final Set<String> channels = new LinkedHashSet<>();
		for (final Map.Entry<Path, String> plate : plates.entrySet()) {
			new Reader(plate.getKey(), plate.getValue(), builder).read(channels);
		}
		return builder.build(channels);
	}

	/** The HTD files and the names of their plates. */
	private static Map<Path, String> plates(final Path source) throws IOException {
		final Map<Path, String> plates = new LinkedHashMap<>();
		if (!Files.isDirectory(source)) {
			if (!HTD.matcher(FolderListing.name(source)).matches()) return plates;
			final Path folder = source.toAbsolutePath().normalize().getParent();
			// each time point's folder has a copy of the HTD
			final Path copyOf = folder.resolveSibling(source.getFileName());
			if (TIME.matcher(FolderListing.name(folder)).matches() && Files.exists(copyOf)) return plates(copyOf);
			plates.put(source,
				FolderListing.files(folder, HTD).size() == 1 ? PlateFolders.name(folder, ImageXpressNames.INSIDE)
					: stem(source));
			return plates;
		}
		for (final Path folder : PlateFolders.find(source, f -> FolderListing.any(f, HTD) ? f : null)) {
			final List<Path> files = FolderListing.files(folder, HTD);
			for (final Path file : files) plates.putAll(files.size() == 1 ? plates(file) : Map.of(file, stem(file)));
		}
		return plates;
	}

	private static String stem(final Path file) {
		return FolderListing.name(file).replaceFirst("\\.[^.]*$", "");
	}

	/** Reads one plate. */
	private static final class Reader {

		private final Path htd;
		private final Path folder;
		private final boolean shared;
		private final String plate;
		private final ScreenBuilder builder;
		private final Map<Integer, String> waves = new TreeMap<>();
		private boolean found;

		Reader(final Path htd, final String plate, final ScreenBuilder builder) throws IOException {
			this.htd = htd;
			this.folder = htd.toAbsolutePath().normalize().getParent();
			this.shared = FolderListing.files(folder, HTD).size() > 1;
			this.plate = plate;
			this.builder = builder;
		}

		void read(final Set<String> channels) throws IOException {
			builder.inside(folder);
			for (final String line : text(htd).split("\\R")) {
				final Matcher m = WAVE.matcher(line);
				if (!m.matches()) continue;
				final String name = m.group(2).strip();
				final int wave = Integer.parseInt(m.group(1));
				if (!name.isEmpty()) waves.put(wave, waves.containsValue(name) ? name + " (w" + wave + ")" : name);
			}
			final Map<Integer, Path> times = numbered(folder, TIME);
			if (times.isEmpty()) times.put(1, folder);
			for (final Map.Entry<Integer, Path> time : times.entrySet()) {
				final Map<Integer, Path> steps = numbered(time.getValue(), STEP);
				addFiles(time.getValue(), time.getKey(), steps.isEmpty() ? 1 : ScreenBuilder.PROJECTION);
				for (final Map.Entry<Integer, Path> step : steps.entrySet()) {
					addFiles(step.getValue(), time.getKey(),
						step.getKey() == 0 ? ScreenBuilder.PROJECTION : step.getKey());
				}
			}
			if (!found) {
				throw new IOException("No images of " + htd + ": expected files such as " + stem(htd) +
					"_B02_s1_w1.TIF beside it or in TimePoint_1");
			}
			channels.addAll(waves.values());
		}

		private void addFiles(final Path place, final int time, final int plane) throws IOException {
			for (final Path file : FolderListing.files(place, IMAGE)) {
				final Matcher m = IMAGE.matcher(FolderListing.name(file));
				if (!m.matches() || shared && !stem(htd).equalsIgnoreCase(m.group(1))) continue;
				final String well;
				try {
					well = Wells.normalize(m.group(2));
				}
				catch (final IllegalArgumentException e) {
					throw new IOException(file + ": " + e.getMessage());
				}
				final int wave = m.group(4) == null ? 1 : Integer.parseInt(m.group(4));
				final String channel = waves.computeIfAbsent(wave, w -> "w" + w);
				final String site = m.group(3) == null ? "1" : m.group(3);
				builder.add(new ScreenBuilder.Image(plate, well, site, channel, time, plane),
					Plane.of(FolderListing.absolute(file)), Map.of());
				found = true;
			}
		}

		private static Map<Integer, Path> numbered(final Path folder, final Pattern name) throws IOException {
			final Map<Integer, Path> folders = new TreeMap<>();
			for (final Path child : FolderListing.folders(folder)) {
				final Matcher m = name.matcher(FolderListing.name(child));
				if (m.matches()) folders.put(Integer.parseInt(m.group(1)), child);
			}
			return folders;
		}

		/** HTD files are UTF-8 or, from older versions, Latin-1. */
		private static String text(final Path file) throws IOException {
			final byte[] bytes;
			try (InputStream in = Files.newInputStream(RegularFile.require(file))) {
				bytes = SizeLimit.read(file.toString(), in, SizeLimit.METADATA);
			}
			try {
				return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			}
			catch (final CharacterCodingException e) {
				return new String(bytes, StandardCharsets.ISO_8859_1);
			}
		}
	}
}
