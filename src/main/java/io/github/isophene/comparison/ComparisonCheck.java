// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

import io.github.isophene.network.LayerNorms;
import io.github.isophene.pixels.TileSource;

/** Checks before the trainings for what would end a comparison after them. */
final class ComparisonCheck {

	/** Of a tile of this side a ResNet's last layers see one pixel. */
	private static final int ONE_PIXEL = 32;

	private ComparisonCheck() {}

	/** @throws IllegalArgumentException if a plate that is tested has no controls */
	static void plates(final ComparisonData data, final OuterSplit split) {
		for (final String plate : tested(split)) {
			if (data.controls(plate).length == 0)
				throw new IllegalArgumentException("Plate " + plate +
					" has no negative controls, which the comparison needs on every plate it tests: leave the plate " +
					"out, or say which of its wells are controls");
		}
	}

	/**
	 * Reads a control image of each plate that is tested, as plates may differ in their files.
	 *
	 * @throws IOException if one can't be read
	 * @throws IllegalArgumentException if one is smaller than a tile
	 */
	static void controls(final ComparisonData data, final OuterSplit split) throws IOException {
		final TileSource tiles = data.images().tiles();
		final FloatBuffer values = FloatBuffer
			.allocate(Math.multiplyExact(tiles.channels(), tiles.size() * tiles.size()));
		for (final String plate : tested(split)) tiles.read(data.controls(plate)[0], null, values.clear());
	}

	private static List<String> tested(final OuterSplit split) {
		final List<String> plates = new ArrayList<>(split.inDomain());
		plates.addAll(split.heldOut());
		return plates;
	}

	/**
	 * Refuses what leaves a layer a single value per channel, which has no spread.
	 *
	 * @param tile side of what the network sees, pixels
	 * @throws IllegalArgumentException naming plate, method, condition and remedy
	 */
	static void trials(final List<Trial> trials, final List<Method> methods, final int tile) {
		if (tile > ONE_PIXEL) return;
		for (final Trial trial : trials) {
			for (final Method method : methods) {
				if (method.weights().filter(w -> w.norms() == LayerNorms.INSTANCE).isPresent())
					throw new IllegalArgumentException("methods = " + method.label() + ": of " + tile + " x " + tile +
						" pixels the last layers see one, which has no variance of its own: choose a larger tile, or " +
						"leave the method out");
				if (method.frozen() || !Evaluation.applies(method, trial.condition()) || images(trial, method) > 1)
					continue;
				throw new IllegalArgumentException("Plate " + trial.plate() + ", " + method.label() + ", " +
					trial.condition().label() + ": the statistics come from a single image, of whose " + tile + " x " +
					tile + " pixels the last layers see one, and one value has no spread: choose a larger tile" +
					(trial.condition().kind() == Condition.Kind.CONTROL_WELLS
						? ", or leave the smallest numbers out of wells"
						: ", or leave the plate or the method out"));
			}
		}
	}

	/** Returns the number of images that a method takes statistics from. */
	private static int images(final Trial trial, final Method method) {
		return switch (method.statistics()) {
			case CONTROLS, CALIBRATED, MIX -> trial.controls().length;
			case BATCH -> trial.queries().length;
			case JOINT, JOINT_PLATE -> trial.queries().length + trial.controls().length;
			case TRAINING -> Integer.MAX_VALUE;
		};
	}
}
