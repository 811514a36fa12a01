// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.isophene.messages.Count;
import io.github.isophene.network.ModelCard;
import io.github.isophene.pixels.ChannelScale;
import io.github.isophene.pixels.Downscale;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.Layout;
import io.github.isophene.pixels.Tile;
import io.github.isophene.pixels.TileCopier;
import io.github.isophene.pixels.Tiling;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileTableBuilder;
import io.github.isophene.progress.Progress;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;

/**
 * Embeds single images that are in memory, tile by tile, as a screen's fields are
 * embedded. Not thread-safe: one per thread.
 *
 * <pre>
 * try (ImageEmbedder embedder = new ImageEmbedder(TileNetwork.open("default", "auto"))) {
 *   ProfileTable tiles = embedder.embed(image, 224);
 * }
 * </pre>
 */
public final class ImageEmbedder implements AutoCloseable {

	private static final int BATCH = 8;

	private final TileNetwork network;
	private final FeatureSet features;
	private final TileCopier copier = new TileCopier();

	/** @param network what embeds; closed with this */
	public ImageEmbedder(final TileNetwork network) {
		this(network, FeatureSet.NETWORK);
	}

	/**
	 * @param network what embeds; closed with this
	 * @param features of a tile; channels are named by their numbers
	 */
	public ImageEmbedder(final TileNetwork network, final FeatureSet features) {
		this.network = network;
		this.features = features;
	}

	/**
	 * Embeds an image's tiles.
	 *
	 * @param full [X, Y] or [X, Y, C], any real type; made smaller first if the model wants it
	 * @param tile side of a tile in pixels; 0: see {@link TileNetwork#side}
	 * @return one row per tile, with {@code Metadata_Tile_X} and {@code Metadata_Tile_Y} in pixels
	 *         of the image that the model sees
	 * @throws IllegalArgumentException if the image is smaller than a tile, or the model takes
	 *           another number of channels
	 */
	public ProfileTable embed(final RandomAccessibleInterval<?> full, final int tile) {
		return embed(new ImagePlanes() {

			@Override
			public int size() {
				return 1;
			}

			@Override
			public RandomAccessibleInterval<?> plane(final int i) {
				return full;
			}
		}, tile, Progress.NONE).tiles();
	}

	/**
	 * Embeds the tiles of several planes.
	 *
	 * @param tile side of a tile in pixels; 0: see {@link TileNetwork#side}
	 * @param progress of the planes
	 * @throws IllegalArgumentException as {@link #embed(RandomAccessibleInterval, int)}, or if no tile lies in
	 * the part that is wanted
	 */
	public ImageProfiles embed(final ImagePlanes planes, final int tile, final Progress progress) {
		final Downscale downscale = Downscale.parse(network.downscale());
		final RandomAccessibleInterval<?> first = planes.plane(0);
		final int side = side(first, tile);
		ProfileTableBuilder table = null;
		for (int i = 0; i < planes.size(); i++) {
			final RandomAccessibleInterval<?> image = downscale.of(i == 0 ? first : planes.plane(i));
			final int channels = channels(image);
			final Map<String, String> metadata = planes.metadata(i);
			if (table == null) {
				table = ProfileTable.builder(
					Stream.concat(metadata.keySet().stream(), Stream.of(PlateProfiles.TILE_X, PlateProfiles.TILE_Y))
						.toList(),
					features.names(network, FeatureSet.numbered(channels), side));
			}
			embed(image, channels, tiles(planes, image, side), List.copyOf(metadata.values()), side, table);
			final int done = i + 1;
			progress.report("Plane " + done + " of " + planes.size(), done, planes.size());
			progress.check(() -> "Canceled after " + done + " of " + Count.of(planes.size(), "plane"));
		}
		return new ImageProfiles(table.build(), side * downscale.factor(), downscale.factor(), network.model());
	}

	/**
	 * Returns the names of the columns that an image's tiles get.
	 *
	 * @param image [X, Y] or [X, Y, C]
	 * @param tile side of a tile in pixels; 0: see {@link TileNetwork#side}
	 */
	public List<String> featureNames(final RandomAccessibleInterval<?> image, final int tile) {
		return features.names(network, FeatureSet.numbered(channels(image)), side(image, tile));
	}

	private int side(final RandomAccessibleInterval<?> image, final int tile) {
		return tile > 0 ? tile : network.side(
			Math.min(image.dimension(0), image.dimension(1)) / Downscale.parse(network.downscale()).factor());
	}

	private static int channels(final RandomAccessibleInterval<?> image) {
		return image.numDimensions() > 2 ? (int) image.dimension(2) : 1;
	}

	/** Returns the intensity of the network. Where it is of a plate, an image's own percentiles take their place. */
	private Intensity intensity() {
		return Intensity.forModel("", network.intensity());
	}

	/**
	 * Checks that a tile fits into the part of an image that is wanted.
	 *
	 * @param part in pixels of the image as it is open
	 * @param tile side of a tile in pixels that the model sees; 0: the model's, or what fits a smaller image
	 * @param smallest shorter side of the image, pixels
	 * @throws IllegalArgumentException if it doesn't fit
	 */
	public static void requireTile(final Interval part, final int tile, final ModelCard card, final long smallest) {
		final int scale = Downscale.parse(card.downscale()).factor();
		requireTile(part, tile > 0 ? tile : TileNetwork.side(card, smallest / scale), scale);
	}

	private static void requireTile(final Interval part, final int side, final int scale) {
		if (part.dimension(0) / scale >= side && part.dimension(1) / scale >= side) return;
		throw new IllegalArgumentException("The selection has " + part.dimension(0) + " x " + part.dimension(1) +
			" pixels, a tile needs " + side * scale + " x " + side * scale +
			": choose a smaller tile, select more, or select nothing (Edit > Selection > Select None) to take the " +
			"whole image");
	}

	/** The tiles of a plane that are wanted: a grid in the middle of the part that is. */
	private List<Tile> tiles(final ImagePlanes planes, final RandomAccessibleInterval<?> image, final int side) {
		final Interval bounds = planes.bounds();
		final int scale = Downscale.parse(network.downscale()).factor();
		if (bounds == null) return Tiling.grid(side).tiles(image.dimension(0), image.dimension(1));
		requireTile(bounds, side, scale);
		final long left = (bounds.min(0) + scale - 1) / scale;
		final long top = (bounds.min(1) + scale - 1) / scale;
		final long width = Math.min((bounds.max(0) + 1) / scale, image.dimension(0)) - left;
		final long height = Math.min((bounds.max(1) + 1) / scale, image.dimension(1)) - top;
		final List<Tile> wanted = Tiling.grid(side)
			.tiles(width, height)
			.stream()
			.map(t -> new Tile(t.x() + left, t.y() + top, side))
			.filter(t -> planes.holds((2 * t.x() + side) * scale / 2, (2 * t.y() + side) * scale / 2))
			.toList();
		if (wanted.isEmpty())
			throw new IllegalArgumentException("No tile of " + side * scale +
				" pixels has its middle in the selection: select more, or choose a smaller tile");
		return wanted;
	}

	private void embed(final RandomAccessibleInterval<?> image, final int channels, final List<Tile> tiles,
		final List<String> metadata, final int side, final ProfileTableBuilder table)
	{
		final ChannelScale[] scales = intensity().of(Intensity.Reference.IMAGE).fit(image);
		final int pixels = Math.multiplyExact(channels, Math.multiplyExact(side, side));
		final FloatBuffer batch = ByteBuffer.allocateDirect(Math.multiplyExact(4 * BATCH, pixels))
			.order(ByteOrder.nativeOrder())
			.asFloatBuffer();
		for (int from = 0; from < tiles.size(); from += BATCH) {
			final List<Tile> some = tiles.subList(from, Math.min(tiles.size(), from + BATCH));
			for (int i = 0; i < some.size(); i++) {
				copier.copy(image, some.get(i), scales, Layout.NCHW,
					batch.limit((i + 1) * pixels).position(i * pixels));
			}
			final float[][] vectors = features.of(network, batch.position(0), some.size(), channels, side);
			for (int i = 0; i < some.size(); i++) {
				final List<String> cells = new ArrayList<>(metadata);
				cells.add(Long.toString(some.get(i).x()));
				cells.add(Long.toString(some.get(i).y()));
				if (!PlateProfiles.isFinite(vectors[i]))
					throw new IllegalArgumentException(PlateProfiles.NOT_FINITE + " for the tile at " +
					some.get(i).x() + ", " + some.get(i).y() + ": take another model");
				table.add(cells, vectors[i]);
			}
		}
	}

	/** Closes the network. */
	@Override
	public void close() {
		network.close();
	}
}
