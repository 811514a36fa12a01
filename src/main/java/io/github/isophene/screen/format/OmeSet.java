// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.xml.stream.XMLStreamReader;

import io.github.isophene.messages.Count;
import io.github.isophene.screen.FolderListing;
import io.github.isophene.screen.StreamingXml;

/**
 * Files, images and wells that one OME-XML document lists, after the OME schema of 2016-06 and those before it.
 *
 * @param folder that the names of files are relative to
 * @param images by their identifiers
 * @param wells samples of wells, in their order
 */
record OmeSet(Path folder, Map<String, FieldImage> images, List<WellSample> wells) {

	/** An image of one field: names of the channels, and the place of each plane. */
	record FieldImage(String name, List<String> channels, List<PlanePosition> planes) {}

	/** Position of a plane, from 0, and the directory of the TIFF file that holds it. */
	record PlanePosition(int c, int z, int t, String file, int ifd) {}

	/** A field of a well: row and column from 1. */
	record WellSample(String plate, int row, int column, String site, String acquisition, String image) {}

	/**
	 * Reads the document of a companion file, or the one in the first directory of a TIFF file, or the companion that
	 * the latter names.
	 *
	 * @return {@code null} if a TIFF file has none
	 * @throws IOException if it is no OME-XML, or lists planes that this reading doesn't know
	 */
	static OmeSet read(final Path file) throws IOException {
		final Path folder = file.toAbsolutePath().normalize().getParent();
		final Parser parser = new Parser(file);
		if (!FolderListing.name(file).toLowerCase(Locale.ROOT).matches(".*\\.tiff?")) StreamingXml.read(file, parser);
		else {
			final String description = TiffDirectories.description(file);
			if (description == null || !description.contains("<OME") && !description.contains(":OME")) return null;
			StreamingXml.read(file, new ByteArrayInputStream(description.strip().getBytes(StandardCharsets.UTF_8)),
				parser);
		}
		if (parser.companion == null) return parser.set(folder);
		final Path companion = folder.resolve(parser.companion);
		if (!companion.normalize().startsWith(folder) || !Files.isRegularFile(companion)) {
			throw new IOException(file + " names the file " + parser.companion +
				" for its metadata, which isn't beside it: copy it there");
		}
		final Parser other = new Parser(companion);
		StreamingXml.read(companion, other);
		return other.set(folder);
	}

	private static final class Parser implements StreamingXml.Handler {

		/** Planes of one image, above any that a microscope writes. */
		private static final int MOST = 1 << 20;

		/** Content of {@code TiffData}; -1 where it is silent. */
		private record Data(int c, int z, int t, int ifd, int count, String file) {}

		private final Path source;
		private final Map<String, FieldImage> images = new LinkedHashMap<>();
		private final List<WellSample> wells = new ArrayList<>();
		private String companion;
		private String id;
		private String name;
		private final List<String> channels = new ArrayList<>();
		private final List<Data> data = new ArrayList<>();
		private Data open;
		private String order = "XYZCT";
		private int sizeC;
		private int sizeZ;
		private int sizeT;
		private String plate = "";
		private int row;
		private int column;
		private String acquisition = "";
		private final Map<String, String> acquisitions = new LinkedHashMap<>();
		private final List<WellSample> pending = new ArrayList<>();
		private int sample;
		private String sampleId;

		Parser(final Path source) {
			this.source = source;
		}

		OmeSet set(final Path folder) {
			return new OmeSet(folder, images, wells);
		}

		@Override
		public void start(final String element, final XMLStreamReader xml) throws IOException {
			switch (element) {
				case "BinaryOnly" -> companion = text(xml, "MetadataFile");
				case "Image" -> {
					id = text(xml, "ID");
					name = text(xml, "Name");
					channels.clear();
					data.clear();
				}
				case "Pixels" -> {
					order = text(xml, "DimensionOrder");
					sizeC = number(xml, "SizeC", 1);
					sizeZ = number(xml, "SizeZ", 1);
					sizeT = number(xml, "SizeT", 1);
				}
				case "Channel" -> {
					if (id == null) return;
					if (number(xml, "SamplesPerPixel", 1) > 1)
						throw new IOException(source + ": image " + id +
							" holds color, or several samples per pixel: use Bio-Formats, or save its channels as " +
							"planes");
					final String channel = text(xml, "Name");
					final String unique = channel.isEmpty() ? "ch" + (channels.size() + 1) : channel;
					channels.add(channels.contains(unique) ? unique + " (ch" + (channels.size() + 1) + ")" : unique);
				}
				case "TiffData" ->
					open = new Data(number(xml, "FirstC", 0), number(xml, "FirstZ", 0), number(xml, "FirstT", 0),
						number(xml, "IFD", -1), number(xml, "PlaneCount", -1), FolderListing.name(source));
				case "UUID" -> {
					final String file = text(xml, "FileName");
					if (open != null && !file.isEmpty())
						open = new Data(open.c, open.z, open.t, open.ifd, open.count, file);
				}
				case "Plate" -> {
					plate = text(xml, "Name");
					acquisitions.clear();
				}
				case "Well" -> {
					row = number(xml, "Row", 0) + 1;
					column = number(xml, "Column", 0) + 1;
					sample = 0;
				}
				case "WellSample" -> {
					sample++;
					sampleId = text(xml, "ID");
				}
				case "PlateAcquisition" ->
					acquisition = text(xml, "Name").isEmpty() ? text(xml, "ID") : text(xml, "Name");
				case "WellSampleRef" -> {
					if (!acquisition.isEmpty()) acquisitions.put(text(xml, "ID"), acquisition);
				}
				case "ImageRef" -> {
					if (sampleId != null)
						pending.add(new WellSample(plate, row, column, String.valueOf(sample), sampleId,
						text(xml, "ID")));
				}
				default -> {
					// nothing that a screen needs
				}
			}
		}

		@Override
		public void end(final String element, final String text) throws IOException {
			switch (element) {
				case "TiffData" -> {
					if (open != null) data.add(open);
					open = null;
				}
				case "Image" -> {
					if (id != null) images.put(id, new FieldImage(name, names(), planes()));
					id = null;
				}
				case "WellSample" -> sampleId = null;
				case "PlateAcquisition" -> acquisition = "";
				case "Plate" -> {
					final boolean several = acquisitions.values().stream().distinct().count() > 1;
					for (final WellSample s : pending)
						wells.add(new WellSample(s.plate, s.row, s.column, s.site,
							several ? acquisitions.getOrDefault(s.acquisition, "") : "", s.image));
					pending.clear();
				}
				default -> {
					// nothing that a screen needs
				}
			}
		}

		private List<String> names() {
			final List<String> names = new ArrayList<>(channels);
			for (int c = names.size(); c < sizeC; c++) names.add("ch" + (c + 1));
			return names;
		}

		/**
		 * After the schema: a plane count without a directory starts at the first, no count means one plane, or
		 * all without both.
		 */
		private List<PlanePosition> planes() throws IOException {
			final List<PlanePosition> planes = new ArrayList<>();
			final long all = (long) sizeC * sizeZ * sizeT;
			for (final Data d : data) {
				final long count = d.count >= 0 ? d.count : d.ifd >= 0 ? 1 : data.size() == 1 ? all : 1;
				if (count > Math.min(all, MOST))
					throw new IOException(
						source + ": image " + id + " lists " + Count.of(count, "plane") + " of " + Math.min(all, MOST));
				int c = d.c;
				int z = d.z;
				int t = d.t;
				for (int i = 0; i < count; i++) {
					planes.add(new PlanePosition(c, z, t, d.file, Math.max(0, d.ifd) + i));
					// the order's letters behind XY, the fastest first
					for (final char axis : order.substring(Math.min(2, order.length())).toCharArray()) {
						if (axis == 'C' && ++c < sizeC || axis == 'Z' && ++z < sizeZ || axis == 'T' && ++t < sizeT)
							break;
						if (axis == 'C') c = 0;
						if (axis == 'Z') z = 0;
						if (axis == 'T') t = 0;
					}
				}
			}
			return planes;
		}

		private static String text(final XMLStreamReader xml, final String attribute) {
			final String value = xml.getAttributeValue(null, attribute);
			return value == null ? "" : value.strip();
		}

		private int number(final XMLStreamReader xml, final String attribute, final int otherwise) throws IOException {
			final String text = text(xml, attribute);
			if (text.isEmpty()) return otherwise;
			if (!text.matches("\\d{1,7}"))
				throw new IOException(source + ": " + attribute + " '" + text + "' must be a whole number");
			return Integer.parseInt(text);
		}
	}
}
