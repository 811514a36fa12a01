// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.isophene.screen.Plane;
import loci.common.services.DependencyException;
import loci.common.services.ServiceException;
import loci.common.services.ServiceFactory;
import loci.formats.IFormatReader;
import loci.formats.ImageReader;
import loci.formats.Memoizer;
import loci.formats.ome.OMEXMLMetadata;
import loci.formats.services.OMEXMLService;

/**
 * Images of a file, or of the set of files that belong to it.
 *
 * @param path the file that stands for all
 * @param images its images, those that are thumbnails left out
 * @param files all files of the set; none where nobody has asked
 */
record OmeFile(Path path, List<OmeImage> images, Set<Path> files) {

	/** Readers of single images, whose planes our own reader counts in the same way. */
	private static final Set<String> SINGLE = Set.of("Tagged Image File Format", "Animated PNG", "JPEG", "Tile JPEG");

	/**
	 * Lists a file without reading pixels.
	 *
	 * @param withFiles whether the files of the set are listed, too, which takes its time
	 * @throws IOException if Bio-Formats can't; the message names the file and the remedy
	 */
	static OmeFile list(final Path path, final boolean withFiles) throws IOException {
		final Memoizer reader = new Memoizer(new ImageReader(), MemoFolder.worthMillis(), MemoFolder.of(path, "list"));
		final OMEXMLMetadata metadata;
		try {
			metadata = new ServiceFactory().getInstance(OMEXMLService.class).createOMEXMLMetadata();
		}
		catch (final DependencyException | ServiceException exc) {
			throw new IOException("Bio-Formats is not complete (" + SeriesReader.reason(exc) + "): install it anew",
				exc);
		}
		reader.setOriginalMetadataPopulated(false);
		reader.setFlattenedResolutions(false);
		reader.setMetadataStore(metadata);
		SeriesReader.open(reader, path);
		final Optional<Path> index;
		final Set<Path> files;
		try {
			final boolean plain = SourceFiles.isPlain(path);
			files = plain || withFiles ? files(reader) : Set.of();
			final boolean single = plain && files.size() < 2 && reader.getSeriesCount() == 1 &&
				SINGLE.contains(reader.getFormat());
			if (single || !plain) {
				final OMEXMLMetadata filled = (OMEXMLMetadata) reader.getMetadataStore();
				filled.resolveReferences(); // of wells to their images
				return new OmeFile(path, images(reader, filled, path, single), files);
			}
			index = files.stream()
				.filter(file -> !SourceFiles.isPlain(file) && Files.exists(file))
				.sorted()
				.findFirst();
		}
		catch (final RuntimeException exc) {
			throw new IOException(path + " cannot be listed by Bio-Formats (" + SeriesReader.reason(exc) +
				"): copy or export it again, or update Bio-Formats", exc);
		}
		finally {
			reader.close();
		}
		if (index.isPresent()) return list(index.get(), withFiles);
		throw new IOException(
			path + " is an OME-TIFF or part of a set of files, but its name is that of a single image: " +
				"rename it to end in .ome.tif, or open the file that describes the set");
	}

	/** The files of a set; none where the reader stumbles over files that are missing. */
	private static Set<Path> files(final IFormatReader reader) {
		final Set<Path> files = new HashSet<>();
		try {
			for (final String file : reader.getUsedFiles()) files.add(Path.of(file).toAbsolutePath().normalize());
		}
		catch (final NullPointerException exc) {
			files.clear(); // MetaxpressTiffReader of 7.3.1, of a plate with empty wells
		}
		return files;
	}

	private static List<OmeImage> images(final IFormatReader reader, final OMEXMLMetadata metadata, final Path path,
		final boolean single) throws IOException
	{
		final Map<Integer, OmeImage.OmePosition> places = new OmePlates(metadata, path).places();
		final List<OmeImage> images = new ArrayList<>();
		final int count = reader.getSeriesCount(); // asked once, as it counts each time
		int next = 0;
		for (int series = 0; series < count; series++) {
			reader.setSeries(series);
			// Elsewhere each level of a pyramid counts as a series.
			final int number = single ? Plane.NO_SERIES : next;
			next += reader.getResolutionCount();
			if (reader.isThumbnailSeries() || !places.isEmpty() && !places.containsKey(series)) continue;
			final int z = OmeImage.middle(reader.getSizeZ());
			final Map<String, Plane> channels = new LinkedHashMap<>();
			for (int c = 0; c < reader.getEffectiveSizeC(); c++) {
				final Plane plane = new Plane(path.toString(), number, reader.getIndex(z, c, 0));
				final String name = channelName(metadata, series, c);
				if (channels.putIfAbsent(name, plane) != null) channels.put(name + " (ch" + (c + 1) + ")", plane);
			}
			final String name = metadata.getImageName(series);
			images.add(new OmeImage(name == null ? "" : name.strip(), places.get(series), channels, reader.getSizeT(),
				reader.getSizeZ()));
		}
		return images;
	}

	private static String channelName(final OMEXMLMetadata metadata, final int series, final int channel) {
		final String name = channel < metadata.getChannelCount(series) ? metadata.getChannelName(series, channel)
			: null;
		return name == null || name.isBlank() ? "ch" + (channel + 1) : name.strip();
	}

	/** A file's name without its ending. */
	static String stem(final Path file) {
		return file.getFileName().toString().replaceFirst("(?i)(\\.ome)?\\.[^.]*$", "");
	}
}
