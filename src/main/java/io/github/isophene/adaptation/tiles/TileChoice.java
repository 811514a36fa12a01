// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.tiles;

import java.util.Locale;

import io.github.isophene.pixels.Tiling;

/** Choice of the tiles of a field that are predicted: the key {@code tiles}. */
public enum TileChoice {

	/** As many as fit side by side; a field's probabilities are the mean over them (our choice). */
	GRID,
	/** One in the middle of the field: the published evaluation's center crop (arXiv:2604.20824). */
	CENTER;

	/** {@code grid}, {@code center}. */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** Returns the tiling for tiles of a size. */
	public Tiling tiling(final int size) {
		return this == GRID ? Tiling.grid(size) : Tiling.center(size);
	}

	/**
	 * By label.
	 *
	 * @throws IllegalArgumentException naming the labels, if there is none such
	 */
	public static TileChoice of(final String label) {
		return switch (label.strip().toLowerCase(Locale.ROOT)) {
			case "grid" -> GRID;
			case "center" -> CENTER;
			default -> throw new IllegalArgumentException(
				"tiles = " + label + ": use grid (all that fit side by side) or center (one per field)");
		};
	}
}
