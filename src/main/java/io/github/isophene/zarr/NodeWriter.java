// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.isophene.files.AtomicFile;
import io.github.isophene.storage.Storages;

/**
 * Writes OME-NGFF images, wells and plates: 0.4 on Zarr 2, or 0.5 on Zarr 3.
 *
 * @param ngff {@code 0.4} or {@code 0.5}
 * @param compression of the chunks
 */
public record NodeWriter(String ngff, Compression compression) {

	private static final Gson JSON = new GsonBuilder().setPrettyPrinting()
		.serializeNulls()
		.disableHtmlEscaping()
		.create();
	private static final List<String> COLORS = List.of("00FF00", "FF0000", "FFFF00", "FF00FF", "00FFFF", "FFFFFF");

	/** @throws IllegalArgumentException if it is no version that we write */
	public NodeWriter {
		if (!ngff.equals("0.4") && !ngff.equals("0.5"))
			throw new IllegalArgumentException("version is '" + ngff + "': give 0.4 or 0.5");
	}

	/**
	 * A resolution of an image.
	 *
	 * @param factor how many of the finest pixels are one of these in each direction
	 * @param planes one per channel, all of one kind: {@code byte[]}, {@code short[]} or {@code float[]}
	 */
	public record PyramidLevel(int factor, List<?> planes, int width, int height) {}

	/**
	 * Writes an image into a new folder.
	 *
	 * @param levels from the finest to the coarsest
	 * @param pixel size of the finest pixels in µm; 0: unknown
	 * @param source what tells this image from others, for {@link #sourceOf}
	 */
	public void image(final Path folder, final String name, final List<PyramidLevel> levels,
		final List<String> channels, final double pixel, final String source) throws IOException
	{
		final JsonArray datasets = new JsonArray();
		for (int i = 0; i < levels.size(); i++) {
			final PyramidLevel level = levels.get(i);
			new ArrayWriter(version(), compression).write(folder.resolve(String.valueOf(i)), level.planes, level.width,
				level.height);
			final JsonArray scale = new JsonArray();
			scale.add(1.0);
			for (int d = 0; d < 2; d++) scale.add(level.factor * (pixel > 0 ? pixel : 1.0));
			final JsonObject transformation = new JsonObject();
			transformation.addProperty("type", "scale");
			transformation.add("scale", scale);
			final JsonObject dataset = new JsonObject();
			dataset.addProperty("path", String.valueOf(i));
			dataset.add("coordinateTransformations", array(transformation));
			datasets.add(dataset);
		}
		final JsonObject multiscale = new JsonObject();
		if (version() == 2) multiscale.addProperty("version", ngff);
		multiscale.addProperty("name", name);
		multiscale.addProperty("type", "mean");
		multiscale.add("axes",
			array(axis("c", "channel", false), axis("y", "space", pixel > 0), axis("x", "space", pixel > 0)));
		multiscale.add("datasets", datasets);
		final JsonObject attributes = new JsonObject();
		attributes.add("multiscales", array(multiscale));
		attributes.add("omero", omero(channels, levels.get(levels.size() - 1)));
		final JsonObject notes = new JsonObject();
		notes.addProperty("version", 1);
		notes.addProperty("source", source);
		group(folder, attributes, notes, false);
	}

	/** Returns the record of the source of an image that was written; {@code null}: there is none, or it isn't ours. */
	public String sourceOf(final Path folder) {
		try {
			final Optional<ZarrNode> node = ZarrNode.find(Storages.open(folder.toString()), version());
			final Optional<
				Json> notes = node.isEmpty() ? Optional.empty() : node.get().attributes().child(WellGroup.NOTES);
			return notes.isEmpty() ? null : notes.get().text("source");
		}
		catch (final IOException exc) {
			// Damaged: to be written again.
			return null;
		}
	}

	/**
	 * Writes what a well's images are, and what is known of them.
	 *
	 * @param images in order
	 */
	public void well(final Path folder, final List<WellGroup.SiteImage> images) throws IOException {
		final JsonArray list = new JsonArray();
		final JsonObject fields = new JsonObject();
		for (final WellGroup.SiteImage image : images) {
			final JsonObject entry = new JsonObject();
			entry.addProperty("path", image.path());
			list.add(entry);
			final JsonObject metadata = new JsonObject();
			image.metadata().forEach(metadata::addProperty);
			final JsonObject note = new JsonObject();
			note.addProperty("site", image.site());
			note.add("metadata", metadata);
			fields.add(image.path(), note);
		}
		final JsonObject well = new JsonObject();
		well.addProperty("version", ngff);
		well.add("images", list);
		final JsonObject attributes = new JsonObject();
		attributes.add("well", well);
		final JsonObject notes = new JsonObject();
		notes.addProperty("version", 1);
		notes.add("fields", fields);
		group(folder, attributes, notes, false);
	}

	/**
	 * Writes what a plate's wells are; its rows and wells must be there.
	 *
	 * @param wells in order
	 * @param fields the largest number of images in a well
	 */
	public void plate(final Path folder, final String name, final List<PlateGroup.WellPath> wells, final int fields)
		throws IOException
	{
		final Map<String, Integer> rows = new LinkedHashMap<>();
		final Map<String, Integer> columns = new LinkedHashMap<>();
		wells.forEach(well -> rows.putIfAbsent(well.row(), rows.size()));
		wells.stream()
			.map(PlateGroup.WellPath::column)
			.distinct()
			.sorted(java.util.Comparator.comparingInt(Integer::parseInt))
			.forEach(column -> columns.put(column, columns.size()));
		final JsonArray list = new JsonArray();
		for (final PlateGroup.WellPath well : wells) {
			final JsonObject entry = new JsonObject();
			entry.addProperty("path", well.path());
			entry.addProperty("rowIndex", rows.get(well.row()));
			entry.addProperty("columnIndex", columns.get(well.column()));
			list.add(entry);
		}
		final JsonObject plate = new JsonObject();
		plate.addProperty("version", ngff);
		plate.addProperty("name", name);
		plate.addProperty("field_count", fields);
		plate.add("rows", names(rows.keySet()));
		plate.add("columns", names(columns.keySet()));
		plate.add("wells", list);
		final JsonObject attributes = new JsonObject();
		attributes.add("plate", plate);
		for (final String row : rows.keySet()) group(folder.resolve(row), new JsonObject(), null, false);
		group(folder, attributes, null, true);
	}

	private int version() {
		return ngff.equals("0.4") ? 2 : 3;
	}

	/** The file that makes the folder a group comes last and, if it is to be forced, whole or not at all. */
	private void group(final Path folder, final JsonObject ome, final JsonObject notes, final boolean forced)
		throws IOException
	{
		Files.createDirectories(folder);
		final JsonObject attributes;
		if (version() == 2) attributes = ome;
		else {
			attributes = new JsonObject();
			if (ome.size() > 0) {
				final JsonObject wrapped = new JsonObject();
				wrapped.addProperty("version", ngff);
				ome.entrySet().forEach(entry -> wrapped.add(entry.getKey(), entry.getValue()));
				attributes.add("ome", wrapped);
			}
		}
		if (notes != null) attributes.add(WellGroup.NOTES, notes);
		final JsonObject group = new JsonObject();
		group.addProperty("zarr_format", version());
		if (version() == 2) write(folder.resolve(ZarrNode.GROUP), group);
		else {
			group.addProperty("node_type", "group");
			group.add("attributes", attributes);
		}
		if (version() == 2 && attributes.size() == 0) return;
		final Path file = folder.resolve(version() == 2 ? ZarrNode.ATTRIBUTES : ZarrNode.VERSION3);
		final JsonObject json = version() == 2 ? attributes : group;
		if (forced) AtomicFile.write(file, JSON.toJson(json) + "\n");
		else write(file, json);
	}

	static void write(final Path file, final JsonObject json) throws IOException {
		AtomicFile.writeSmall(file, (JSON.toJson(json) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
	}

	/**
	 * Colors and a range of gray levels to begin with: that of the coarsest level, where single bright pixels
	 * are averaged.
	 */
	private JsonObject omero(final List<String> channels, final PyramidLevel coarsest) {
		final JsonArray list = new JsonArray();
		final Set<String> used = new LinkedHashSet<>();
		for (int c = 0; c < channels.size(); c++) {
			final Object plane = coarsest.planes.get(c);
			final double[] range = Range.of(plane);
			final JsonObject window = new JsonObject();
			window.addProperty("min", plane instanceof float[] ? range[0] : 0);
			window.addProperty("max", plane instanceof byte[] ? 255 : plane instanceof short[] ? 65535 : range[1]);
			window.addProperty("start", range[0]);
			window.addProperty("end", Math.max(range[1], range[0] + 1e-6));
			final JsonObject channel = new JsonObject();
			final String label = channels.get(c);
			final boolean nuclei = label.toLowerCase(Locale.ROOT).matches(".*(dna|dapi|hoechst|nucle).*");
			final String color = nuclei && used.add("0000FF") ? "0000FF" : COLORS.get(c % COLORS.size());
			channel.addProperty("label", label);
			channel.addProperty("color", color);
			channel.addProperty("active", true);
			channel.add("window", window);
			list.add(channel);
		}
		final JsonObject omero = new JsonObject();
		if (version() == 2) omero.addProperty("version", ngff);
		omero.add("channels", list);
		return omero;
	}

	private static JsonObject axis(final String name, final String type, final boolean micrometer) {
		final JsonObject axis = new JsonObject();
		axis.addProperty("name", name);
		axis.addProperty("type", type);
		if (micrometer) axis.addProperty("unit", "micrometer");
		return axis;
	}

	private static JsonArray names(final Set<String> names) {
		final List<JsonObject> objects = new ArrayList<>();
		for (final String name : names) {
			final JsonObject object = new JsonObject();
			object.addProperty("name", name);
			objects.add(object);
		}
		return array(objects.toArray(JsonObject[]::new));
	}

	private static JsonArray array(final JsonObject... objects) {
		final JsonArray array = new JsonArray();
		for (final JsonObject object : objects) array.add(object);
		return array;
	}
}
