// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.github.isophene.numerics.RandomStream;

/**
 * The images of one plate, by what they are good for.
 *
 * @param plate the plate
 * @param labeled indices of its labeled samples, ascending
 * @param controls indices of its negative controls, ascending
 */
public record PlateImages(String plate, int[] labeled, int[] controls) {

	/** Divides samples into plates, in the order of the plates' names. */
	public static List<PlateImages> of(final TrainingData data, final int[] among) {
		final Map<String, List<Integer>> plates = new TreeMap<>();
		for (final int i : among) plates.computeIfAbsent(data.samples().get(i).plate(), p -> new ArrayList<>()).add(i);
		final List<PlateImages> images = new ArrayList<>();
		plates.forEach((plate, indices) -> images
			.add(new PlateImages(plate, ints(indices).filter(i -> data.samples().get(i).labeled()).sorted().toArray(),
				ints(indices).filter(i -> data.samples().get(i).control()).sorted().toArray())));
		return images;
	}

	/** As the published sampler draws: without replacement if there are more than are wanted, otherwise with. */
	public static int[] draw(final int[] from, final int n, final RandomStream random) {
		if (from.length > n) {
			final int[] order = from.clone();
			random.shuffle(order, n);
			return IntStream.range(0, n).map(i -> order[i]).toArray();
		}
		return IntStream.range(0, n).map(i -> from[random.nextInt(from.length)]).toArray();
	}

	private static IntStream ints(final List<Integer> list) {
		return list.stream().mapToInt(Integer::intValue);
	}
}
