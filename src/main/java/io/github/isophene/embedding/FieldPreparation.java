// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.github.isophene.pixels.Background;
import io.github.isophene.pixels.ChannelScale;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.Tile;
import io.github.isophene.pixels.Tiling;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import net.imglib2.img.Img;

/**
 * What happens to a field before the network sees it: read, choose and order its
 * channels, cut into tiles, leave out background, find the intensity scales. Stateless,
 * so that many reader threads share one.
 */
final class FieldPreparation {

	private final FieldReaders readers;
	private final List<String> names;
	private final int[] channels;
	private final Tiling tiling;
	private final Background background;

	/**
	 * @param names the channels to embed, in order
	 * @param available the screen's channels
	 * @param background which tiles are left out; its channel counts among {@code channels}
	 */
	FieldPreparation(final FieldReaders readers, final List<String> names, final List<String> available,
		final Tiling tiling, final Background background)
	{
		this.readers = readers;
		this.names = List.copyOf(names);
		channels = names.stream().mapToInt(available::indexOf).toArray();
		this.tiling = tiling;
		this.background = background;
	}

	/** The field's pixels [X, Y, C], with the chosen channels in the chosen order. */
	Img<?> read(final Field field) throws IOException {
		final List<Plane> planes = new ArrayList<>();
		for (int i = 0; i < channels.length; i++) {
			final Plane plane = field.planes().get(channels[i]);
			if (plane == null) {
				throw new IOException("it has no image of channel " + names.get(i) +
					": restore the file, or list in channels only those that every field has");
			}
			planes.add(plane);
		}
		return readers.read(new Field(field.plate(), field.well(), field.site(), field.metadata(), planes));
	}

	/** How the intensities of an image [X, Y, C] are scaled, one scale per channel. */
	@FunctionalInterface
	interface Scaling {

		ChannelScale[] of(Img<?> image);
	}

	/** Reads and prepares a field; whatever is wrong with it becomes its failure. */
	PreparedField prepare(final Field field, final Scaling scaling) {
		try {
			final Img<?> image = read(field);
			final List<Tile> tiles = background.keep(image, tiling.tiles(image.dimension(0), image.dimension(1)));
			if (tiles.isEmpty()) {
				return PreparedField.failed(field, "no tile has a share of nuclear pixels of " + background.minimum() + " or more");
			}
			return new PreparedField(field, image, tiles, scaling.of(image), null);
		}
		catch (final IOException | RuntimeException exc) {
			return PreparedField.failed(field, exc.getMessage() == null ? exc.toString() : exc.getMessage());
		}
	}
}
