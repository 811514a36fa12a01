// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

import io.github.isophene.pixels.ChannelScale;
import io.github.isophene.pixels.Downscale;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.Layout;
import io.github.isophene.pixels.Tile;
import io.github.isophene.pixels.TileCopier;
import io.github.isophene.pixels.Tiling;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileTableBuilder;
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
	private final TileCopier copier = new TileCopier();

	/** @param network what embeds; closed with this */
	public ImageEmbedder(final TileNetwork network) {
		this.network = network;
	}

	/**
	 * Embeds an image's tiles.
	 *
	 * @param full [X, Y] or [X, Y, C], any real type; made smaller first if the model wants it
	 * @param tile side of a tile in pixels; 0: the model's own
	 * @return one row per tile, with {@code Metadata_Tile_X} and {@code Metadata_Tile_Y} in pixels
	 *         of the image that the model sees
	 * @throws IllegalArgumentException if the image is smaller than a tile, or the model takes
	 *           another number of channels
	 */
	public ProfileTable embed(final RandomAccessibleInterval<?> full, final int tile) {
		final RandomAccessibleInterval<?> image = Downscale.by(full, network.downscale());
		final int channels = image.numDimensions() > 2 ? (int) image.dimension(2) : 1;
		final int side = tile > 0 ? tile : network.tileSize();
		final List<String> features = network.featureNames(channels, side);
		final Intensity intensity = Intensity.parse(network.intensity().isEmpty() ? Intensity.DEFAULT //
			: network.intensity());
		final List<Tile> tiles = Tiling.grid(side).tiles(image.dimension(0), image.dimension(1));
		final ChannelScale[] scales = intensity.fit(image);
		final ProfileTableBuilder table = ProfileTable.builder(List.of(PlateProfiles.TILE_X, PlateProfiles.TILE_Y), features);
		final int pixels = Math.multiplyExact(channels, Math.multiplyExact(side, side));
		final FloatBuffer batch = ByteBuffer.allocateDirect(Math.multiplyExact(4 * BATCH, pixels)).order(ByteOrder
			.nativeOrder()).asFloatBuffer();
		for (int from = 0; from < tiles.size(); from += BATCH) {
			final List<Tile> some = tiles.subList(from, Math.min(tiles.size(), from + BATCH));
			for (int i = 0; i < some.size(); i++) {
				copier.copy(image, some.get(i), scales, Layout.NCHW, batch.limit((i + 1) * pixels).position(i * pixels));
			}
			final float[][] vectors = network.embed(batch.position(0), some.size(), channels, side);
			for (int i = 0; i < some.size(); i++) {
				table.add(List.of(Long.toString(some.get(i).x()), Long.toString(some.get(i).y())), vectors[i]);
			}
		}
		return table.build();
	}

	/** Closes the network. */
	@Override
	public void close() {
		network.close();
	}
}
