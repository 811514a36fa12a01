// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.google.gson.JsonElement;
import io.github.isophene.messages.Count;
import io.github.isophene.storage.Storage;

/**
 * An OME-NGFF image: one field of view at several resolutions. Its axes before the height and the width may be time,
 * channel and depth, in any order.
 *
 * @param storage the group's place
 * @param version of Zarr, 2 or 3
 * @param axes names in order, for example {@code [t, c, z, y, x]}
 * @param levels from the finest to the coarsest
 * @param averaged whether the file says that the coarser levels are means of the finer ones
 * @param channels names of the channels; empty where the file has none
 */
public record ImageGroup(Storage storage, int version, List<String> axes, List<LevelArray> levels, boolean averaged,
	List<String> channels)
{

	/**
	 * One resolution.
	 *
	 * @param path of its array in the group
	 * @param height of a pixel, in the file's unit
	 * @param width of a pixel, in the file's unit
	 */
	public record LevelArray(String path, double height, double width) {}

	/**
	 * Reads what an image's group says.
	 *
	 * @throws IOException if there is no image; the message names path and remedy
	 */
	public static ImageGroup read(final Storage storage) throws IOException {
		return find(storage)
			.orElseThrow(() -> new IOException(storage.location() + " is no OME-Zarr image: there is neither " +
				ZarrNode.VERSION3 + " nor " + ZarrNode.ATTRIBUTES + ". Restore it, or correct the screen table"));
	}

	/** Reads an image as {@link #read}; empty if there is none. */
	public static Optional<ImageGroup> find(final Storage storage) throws IOException {
		final Optional<ZarrNode> found = ZarrNode.find(storage);
		if (found.isEmpty()) return Optional.empty();
		final ZarrNode node = found.get();
		final Json ome = ome(node);
		final List<Json> multiscales = ome.children("multiscales");
		if (multiscales.isEmpty())
			throw new IOException(ome.file() + " has no " + ome.path("multiscales") +
				": it is no OME-Zarr image. Restore it, or correct the screen table");
		final Json image = multiscales.get(0);
		final List<LevelArray> levels = new ArrayList<>();
		for (final Json dataset : image.children("datasets")) levels.add(level(dataset));
		if (levels.isEmpty())
			throw new IOException(
				image.file() + " has no " + image.path("datasets") + ": it is damaged, or of another format");
		final List<String> axes = axes(image);
		final String how = String.valueOf(image.get("type")).toLowerCase(Locale.ROOT);
		final List<String> channels = new ArrayList<>();
		final Optional<Json> omero = ome.child("omero");
		if (omero.isPresent()) {
			for (final Json channel : omero.get().children("channels")) {
				final String label = channel.text("label");
				channels.add(label == null ? "" : label.strip());
			}
		}
		return Optional.of(new ImageGroup(storage, node.version(), axes, List.copyOf(levels),
			how.contains("mean") || how.contains("average") || how.contains("area"), List.copyOf(channels)));
	}

	/** NGFF 0.5 puts everything below {@code ome}. */
	static Json ome(final ZarrNode node) throws IOException {
		return node.attributes().child("ome").orElse(node.attributes());
	}

	/** Opens the array of a level. */
	public ZarrArray open(final int level) throws IOException {
		final ZarrArray array = ZarrArray.open(storage.at(levels.get(level).path), version);
		if (array.shape().length != axes.size())
			throw new IOException(storage.describe(levels.get(level).path) + " has " + array.shape().length +
				" axes, but its image says " + axes + ": it is damaged");
		return array;
	}

	/** Returns the number of channels. */
	public int channelCount(final ZarrArray array) {
		final int axis = axes.indexOf("c");
		return axis < 0 ? 1 : (int) array.shape()[axis];
	}

	/**
	 * Returns the index of a channel along the axes before height and width: of the first time point, in the
	 * middle (the lower, of two) of the depth.
	 */
	public int[] lead(final ZarrArray array, final int channel) throws IOException {
		if (channel >= channelCount(array))
			throw new IOException(
				storage.location() + " has " + Count.of(channelCount(array), "channel") +
				"; there is none with the index " +
					channel + ". Restore the image, or correct the screen table");
		final int[] lead = new int[axes.size() - 2];
		for (int d = 0; d < lead.length; d++) {
			if (axes.get(d).equals("c")) lead[d] = channel;
			else if (axes.get(d).equals("z")) lead[d] = (int) (array.shape()[d] - 1) / 2;
		}
		return lead;
	}

	private static LevelArray level(final Json dataset) throws IOException {
		final String path = dataset.requireText("path");
		for (final Json transformation : dataset.children("coordinateTransformations")) {
			if (!"scale".equals(transformation.text("type"))) continue;
			final List<Double> scale = transformation.reals("scale");
			if (scale.size() < 2) throw transformation.wrong("scale", "a number per axis", transformation.get("scale"));
			return new LevelArray(path, scale.get(scale.size() - 2), scale.get(scale.size() - 1));
		}
		return new LevelArray(path, 1, 1);
	}

	private static List<String> axes(final Json image) throws IOException {
		final List<String> axes = new ArrayList<>();
		final JsonElement given = image.get("axes");
		// Before NGFF 0.3 an image had these five.
		if (given == null) return List.of("t", "c", "z", "y", "x");
		if (!given.isJsonArray()) throw image.wrong("axes", "a list", given);
		for (final JsonElement axis : given.getAsJsonArray()) {
			// NGFF 0.3 has names only.
			final JsonElement name = axis.isJsonObject() ? axis.getAsJsonObject().get("name") : axis;
			if (name == null || !name.isJsonPrimitive()) throw image.wrong("axes", "axes with names", given);
			axes.add(name.getAsString().toLowerCase(Locale.ROOT));
		}
		final int n = axes.size();
		if (n < 2 || !axes.get(n - 2).equals("y") || !axes.get(n - 1).equals("x"))
			throw image.wrong("axes", "y and x at the end", axes);
		for (final String axis : axes.subList(0, n - 2)) {
			if (!List.of("t", "c", "z").contains(axis)) throw image.wrong("axes", "t, c and z before y and x", axes);
		}
		return List.copyOf(axes);
	}
}
