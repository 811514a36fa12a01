// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.stream.XMLStreamReader;

import io.github.isophene.screen.FolderListing;
import io.github.isophene.screen.ImagePaths;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.PlateFolders;
import io.github.isophene.screen.ScreenBuilder;
import io.github.isophene.screen.StreamingXml;
import io.github.isophene.screen.Wells;
import io.github.isophene.storage.NetworkShare;

/**
 * The index of a Harmony export ({@code Index.idx.xml}, {@code Index.xml}),
 * schemas V4 to V7: elements are known by their names, whatever the namespace.
 * V5 tells a channel's name in every image, later schemas in the map entries.
 *
 * @param file the index
 * @param plate the plate's name, empty if the index has none
 * @param channels name by channel number
 * @param images in the order of the index
 * @param flatFields numbers of the channels that have a flat-field profile
 */
record PhenixIndex(Path file, String plate, Map<Integer, String> channels, List<IndexedImage> images,
	Set<Integer> flatFields)
{

	/** One image; numbers as the index gives them. */
	record IndexedImage(String file, int frame, int row, int column, String field, int plane, int time, int channel) {}

	private static final Set<String> HOLDERS = Set.of("Plate", "Image", "Entry");
	private static final Pattern PROFILE_NAME = Pattern.compile("ChannelName: ([^,{}]+)");

	/**
	 * Reads an index in one pass.
	 *
	 * @throws IOException if it isn't well-formed, or names the image and the
	 *           element that is missing
	 */
	static PhenixIndex read(final Path file) throws IOException {
		final Parser parser = new Parser(file);
		StreamingXml.read(file, parser);
		return parser.index();
	}

	/**
	 * Adds the images to a screen.
	 *
	 * @param channels receives the names of the channels in their order
	 * @param known indexes by the plates that they describe
	 * @return the plate's name
	 * @throws IOException if the plate is known, or an image can't belong to it
	 */
	String addTo(final ScreenBuilder builder, final Set<String> channels, final Map<String, Path> known)
		throws IOException
	{
		final Path folder = file.toAbsolutePath().normalize().getParent();
		final String name = plate.isEmpty() ? PlateFolders.name(folder, null) : plate;
		if (known.containsKey(name)) throw twice(name, known.get(name), file);
		final Map<Integer, String> names = new TreeMap<>();
		this.channels.forEach(
			(id, channel) -> names.put(id, names.containsValue(channel) ? channel + " (ch" + id + ")" : channel));
		channels.addAll(names.values());
		builder.inside(folder);
		final Path base = base(folder);
		final Map<Integer, Plane> functions = new HashMap<>();
		for (final int channel : flatFields) functions.put(channel, new Plane(FolderListing.absolute(file), channel));
		for (final IndexedImage entry : images) {
			final String well;
			final String path;
			try {
				well = Wells.name(entry.row(), entry.column());
				path = ImagePaths.of(base, entry.file());
			}
			catch (final IllegalArgumentException e) {
				throw new IOException(file + ", image " + entry.file() + ": " + e.getMessage());
			}
			builder.add(
				new ScreenBuilder.Image(name, well, entry.field(), names.get(entry.channel()), entry.time(),
					entry.plane()),
				new Plane(path, entry.frame()).withIllumination(functions.get(entry.channel())), Map.of());
		}
		return name;
	}

	/**
	 * The folder of the images: that of the index, or Images below it, which the index of Harmony 7 leaves out
	 * of the names.
	 */
	private Path base(final Path folder) {
		final Path below = folder.resolve("Images");
		for (final IndexedImage entry : images) {
			if (ImagePaths.isUrl(entry.file()) || NetworkShare.is(entry.file())) continue;
			if (Files.exists(folder.resolve(entry.file()))) return folder;
			if (Files.exists(below.resolve(entry.file()))) return below;
		}
		return folder;
	}

	static IOException twice(final String plate, final Path a, final Path b) {
		return new IOException(
			"The plate " + plate + " comes twice: " + a + " and " + b + ". Open the measurements one by one");
	}

	/** Gathers the texts of one plate, image or map entry at a time. */
	private static final class Parser implements StreamingXml.Handler {

		private final Path file;
		private final List<IndexedImage> images = new ArrayList<>();
		private final Map<Integer, String> channels = new TreeMap<>();
		private final Set<Integer> flatFields = new HashSet<>();
		private Map<String, String> holder;
		private String holderName;
		private String plate = "";

		Parser(final Path file) {
			this.file = file;
		}

		PhenixIndex index() throws IOException {
			if (images.isEmpty()) {
				throw new IOException(
					file + " lists no images: expected <Images><Image> with URL, Row, Col and ChannelID");
			}
			return new PhenixIndex(file, plate, channels, images, flatFields);
		}

		@Override
		public void start(final String name, final XMLStreamReader xml) {
			if (HOLDERS.contains(name)) {
				holder = new HashMap<>();
				holderName = name;
			}
			if (holder == null) return;
			for (int i = 0; i < xml.getAttributeCount(); i++) {
				holder.putIfAbsent("@" + xml.getAttributeLocalName(i), xml.getAttributeValue(i));
			}
		}

		@Override
		public void end(final String name, final String text) throws IOException {
			if (holder == null) return;
			if (!name.equals(holderName)) {
				holder.put(name, text);
				return;
			}
			switch (name) {
				case "Plate" -> plate();
				case "Entry" -> entry();
				default -> image();
			}
			holder = null;
		}

		private void plate() {
			if (!plate.isEmpty()) return;
			plate = text("Name").isEmpty() ? text("PlateID") : text("Name");
		}

		private void entry() throws IOException {
			if (!holder.containsKey("@ChannelID")) return;
			final int channel = number("@ChannelID", "");
			final String profile = text("FlatfieldProfile");
			String name = text("ChannelName");
			final Matcher named = PROFILE_NAME.matcher(profile);
			if (name.isEmpty() && named.find()) name = named.group(1).strip();
			if (!name.isEmpty()) channels.putIfAbsent(channel, name);
			if (profile.contains("Coefficients:")) flatFields.add(channel);
		}

		private void image() throws IOException {
			// wells list their images by id only; the images themselves come later
			// and a plane that was not taken has a blank one
			final String url = text("URL");
			if (url.isEmpty()) return;
			if (!holder.getOrDefault("State", "Ok").equalsIgnoreCase("Ok")) return;
			if (!holder.getOrDefault("FlimID", "1").equals("1")) return;
			final int channel = number("ChannelID", "");
			final String name = text("ChannelName");
			if (!name.isEmpty()) channels.put(channel, name);
			else channels.putIfAbsent(channel, "ch" + channel);
			images.add(new IndexedImage(url, number("@BufferNo", "0"), number("Row", ""), number("Col", ""), //
				String.valueOf(number("FieldID", "1")), number("PlaneID", "1"), number("TimepointID", "0"), channel));
		}

		private String text(final String key) {
			return holder.getOrDefault(key, "");
		}

		private int number(final String key, final String otherwise) throws IOException {
			final String value = holder.getOrDefault(key, otherwise);
			try {
				return Integer.parseInt(value);
			}
			catch (final NumberFormatException e) {
				throw new IOException(
					file + ", " + holderName + " " + holder.getOrDefault("id", text("URL")) + ": " +
						(value.isEmpty() ? "has no " + key : key + " '" + value + "' is no number"));
			}
		}
	}
}
