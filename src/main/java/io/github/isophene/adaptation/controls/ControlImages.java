// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.controls;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

import io.github.isophene.adaptation.tiles.ChosenTiles;
import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.pixels.TileSource;

/**
 * Negative controls of a plate, image by image, with the wells that they lie in.
 *
 * @param tiles the images
 * @param wells well of each image, index into the names
 * @param names names of the wells, in order of first appearance
 */
public record ControlImages(TileSource tiles, int[] wells, List<String> names) {

	/** Divides images into wells. */
	public static ControlImages of(final FieldImages images) {
		final List<String> names = images.wells();
		final int[] ofField = images.fields().stream().mapToInt(f -> names.indexOf(f.well())).toArray();
		return new ControlImages(images.tiles(),
			IntStream.range(0, images.tiles().count()).map(t -> ofField[images.tiles().field(t)]).toArray(), names);
	}

	/** Returns those of the other wells. */
	public ControlImages without(final Collection<String> left) {
		final List<String> kept = new ArrayList<>(names);
		kept.removeAll(left);
		final int[] chosen = IntStream.range(0, wells.length)
			.filter(t -> !left.contains(names.get(wells[t])))
			.toArray();
		return new ControlImages(new ChosenTiles(tiles, tiles, chosen),
			IntStream.of(chosen).map(t -> kept.indexOf(names.get(wells[t]))).toArray(), kept);
	}
}
