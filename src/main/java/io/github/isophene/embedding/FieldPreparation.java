// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.io.IOException;
import java.util.List;

import io.github.isophene.pixels.Background;
import io.github.isophene.pixels.ChannelReader;
import io.github.isophene.pixels.FieldScaling;
import io.github.isophene.pixels.Tile;
import io.github.isophene.pixels.Tiling;
import io.github.isophene.run.Failure;
import io.github.isophene.screen.Field;
import net.imglib2.img.Img;

/**
 * Preparation of a field for the network: read its channels, cut into tiles,
 * leave out background, find the intensity scales. Stateless, so that many reader threads
 * share one.
 */
final class FieldPreparation {

	private final ChannelReader reader;
	private final Tiling tiling;
	private final Background background;

	/**
	 * @param reader what reads the channels to embed
	 * @param background which tiles are left out; its channel counts among those that are read
	 */
	FieldPreparation(final ChannelReader reader, final Tiling tiling, final Background background) {
		this.reader = reader;
		this.tiling = tiling;
		this.background = background;
	}

	/** Reads and prepares a field; whatever is wrong with it becomes its failure. */
	PreparedField prepare(final Field field, final FieldScaling scaling) {
		try {
			final Img<?> image = reader.read(field);
			final List<
				Tile> tiles = background.keep(image, tiling.tiles(field, image.dimension(0), image.dimension(1)));
			if (tiles.isEmpty()) {
				return PreparedField.failed(field, Failure.Kind.READING,
					"no tile has a share of nuclear pixels of " + background.minimum() + " or more");
			}
			return new PreparedField(field, image, tiles, scaling.of(image), null);
		}
		catch (final IOException | RuntimeException exc) {
			return PreparedField.failed(field, Failure.Kind.READING,
				exc.getMessage() == null ? exc.toString() : exc.getMessage());
		}
	}
}
