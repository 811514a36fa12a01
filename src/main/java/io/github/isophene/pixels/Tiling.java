// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.util.ArrayList;
import java.util.List;

import io.github.isophene.screen.Field;

/**
 * Division of a field into tiles. As text:
 * <ul>
 * <li>{@code grid:224} — side by side, as many as fit;</li>
 * <li>{@code stride:224:112} — every 112 pixels, so that they overlap (or, with a
 * stride above the size, leave gaps), as many as fit;</li>
 * <li>{@code center:256} — one in the middle.</li>
 * </ul>
 * Tiles never reach beyond the image. What is left over is a margin of the same
 * width on both sides; of an odd rest the right and lower margin take the
 * additional pixel.
 *
 * @param placement grid, stride or center
 * @param size pixels per side of a tile
 * @param stride pixels from one tile's left (upper) edge to the next one's; equal
 *          to {@code size} unless the placement is {@code STRIDE}
 */
public record Tiling(Placement placement, int size, int stride) {

	/** Placement of tiles. */
	public enum Placement {
		/** Side by side. */
		GRID,
		/** Overlapping, or with gaps. */
		STRIDE,
		/** One in the middle. */
		CENTER
	}

	public Tiling {
		if (size < 1 || stride < 1) {
			throw new IllegalArgumentException("Tile size " + size + " and stride " + stride + " must be 1 or more");
		}
		if (placement != Placement.STRIDE && stride != size) {
			throw new IllegalArgumentException("Only the placement STRIDE has a stride other than the tile size");
		}
	}

	/** Side by side. */
	public static Tiling grid(final int size) {
		return new Tiling(Placement.GRID, size, size);
	}

	/** One in the middle. */
	public static Tiling center(final int size) {
		return new Tiling(Placement.CENTER, size, size);
	}

	/** Every {@code stride} pixels. */
	public static Tiling stride(final int size, final int stride) {
		return new Tiling(Placement.STRIDE, size, stride);
	}

	/**
	 * The tiling that a text names; the inverse of {@link #toString()}.
	 *
	 * @throws IllegalArgumentException if the text is none of the three forms
	 */
	public static Tiling parse(final String text) {
		final String[] parts = text.strip().split(":", -1);
		try {
			if (parts.length == 2 && parts[0].equals("grid")) return grid(Integer.parseInt(parts[1]));
			if (parts.length == 2 && parts[0].equals("center")) return center(Integer.parseInt(parts[1]));
			if (parts.length == 3 && parts[0].equals("stride")) {
				return stride(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
			}
		}
		catch (final IllegalArgumentException exc) {
			throw new IllegalArgumentException(
				"'" + text + "' is no tiling: sizes are whole numbers from 1, as in grid:224", exc);
		}
		throw new IllegalArgumentException("'" + text + "' is no tiling: write grid:224, stride:224:112 or center:256");
	}

	/**
	 * As {@link #tiles(long, long)}, of a field's image.
	 *
	 * @throws IllegalArgumentException if it is smaller than one tile; the message names the field and its file
	 */
	public List<Tile> tiles(final Field field, final long width, final long height) {
		try {
			return tiles(width, height);
		}
		catch (final IllegalArgumentException exc) {
			throw new IllegalArgumentException(field.location() + ": " + exc.getMessage(), exc);
		}
	}

	/**
	 * The tiles of an image, row by row from the top, each from the left.
	 *
	 * @param width columns of the image
	 * @param height rows of the image
	 * @throws IllegalArgumentException if the image is smaller than one tile
	 */
	public List<Tile> tiles(final long width, final long height) {
		if (width < size || height < size) {
			throw new IllegalArgumentException("The image has " + width + " x " + height + " pixels, a tile needs " +
				size + " x " + size + ": choose a smaller tile");
		}
		final long columns = count(width);
		final long rows = count(height);
		final long left = margin(width, columns);
		final long top = margin(height, rows);
		final List<Tile> tiles = new ArrayList<>();
		for (long r = 0; r < rows; r++) {
			for (long c = 0; c < columns; c++) tiles.add(new Tile(left + c * stride, top + r * stride, size));
		}
		return tiles;
	}

	/** The text of this tiling: {@code grid:224}. */
	@Override
	public String toString() {
		return switch (placement) {
			case GRID -> "grid:" + size;
			case CENTER -> "center:" + size;
			case STRIDE -> "stride:" + size + ":" + stride;
		};
	}

	private long count(final long length) {
		return placement == Placement.CENTER ? 1 : (length - size) / stride + 1;
	}

	private long margin(final long length, final long count) {
		return (length - (count - 1) * stride - size) / 2;
	}
}
