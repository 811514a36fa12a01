// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.nio.FloatBuffer;

import io.github.isophene.numerics.RandomStream;

/**
 * Crop and orientation of a tile. Microscope images have no
 * up and no left, so flips and rotations by 90 degrees cost nothing and multiply the data.
 * Random crop and flips are those of Sanchez-Fernandez et al. 2026; rotations are our choice.
 *
 * @param size height and width of the crop, pixels
 * @param crop whether the crop's place is random; otherwise the center
 * @param flips whether the image is mirrored at random, in both directions
 * @param rotations whether it is turned at random by 0, 90, 180 or 270 degrees
 */
public record Augmentation(int size, boolean crop, boolean flips, boolean rotations) {

	/** @throws IllegalArgumentException if the size isn't positive */
	public Augmentation {
		if (size < 1) throw new IllegalArgumentException("A crop of " + size + " pixels has no pixels");
	}

	/** Everything at random. */
	public static Augmentation all(final int size) {
		return new Augmentation(size, true, true, true);
	}

	/**
	 * Writes the crop of a tile.
	 *
	 * @param random source of the randomness; {@code null} = center crop, unturned
	 * @param out takes C x size x size values
	 * @throws IllegalArgumentException if the tile is smaller than the crop
	 */
	public void apply(final PackedTile tile, final RandomStream random, final FloatBuffer out) {
		if (tile.height() < size || tile.width() < size)
			throw new IllegalArgumentException("A tile of " + tile.height() + " x " + tile.width() +
				" pixels is smaller than the crop of " + size + " x " + size + ": choose a smaller tile size");
		int top = (tile.height() - size) / 2;
		int left = (tile.width() - size) / 2;
		boolean flipY = false;
		boolean flipX = false;
		boolean transpose = false;
		if (random != null) {
			if (crop) {
				top = random.nextInt(tile.height() - size + 1);
				left = random.nextInt(tile.width() - size + 1);
			}
			if (flips) {
				flipY = random.nextBoolean();
				flipX = random.nextBoolean();
			}
			if (rotations) {
				final int quarters = random.nextInt(4);
				// A quarter turn is a transposition and a flip, a half turn is two flips.
				transpose = quarters % 2 == 1;
				flipY ^= quarters == 1 || quarters == 2;
				flipX ^= quarters == 2 || quarters == 3;
			}
		}
		write(tile, top, left, flipY, flipX, transpose, out);
	}

	/** Output (i, j) is tile (y, x) with (y, x) = (i, j), or (j, i) if transposed, then flipped, then moved. */
	private void write(final PackedTile tile, final int top, final int left, final boolean flipY, final boolean flipX,
		final boolean transpose, final FloatBuffer out)
	{
		final int w = tile.width();
		final int stepY = flipY ? -w : w;
		final int stepX = flipX ? -1 : 1;
		final int first = (flipY ? top + size - 1 : top) * w + (flipX ? left + size - 1 : left);
		final int stepI = transpose ? stepX : stepY;
		final int stepJ = transpose ? stepY : stepX;
		final short[] values = tile.values();
		final float[] row = new float[size];
		for (int c = 0; c < tile.channels(); c++) {
			final float scale = tile.scale()[c];
			final float offset = tile.offset()[c];
			for (int i = 0; i < size; i++) {
				int at = c * tile.height() * w + first + i * stepI;
				for (int j = 0; j < size; j++, at += stepJ) row[j] = scale * (values[at] & 0xFFFF) + offset;
				out.put(row);
			}
		}
	}
}
