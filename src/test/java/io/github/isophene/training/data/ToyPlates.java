// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.util.ArrayList;
import java.util.List;

import io.github.isophene.numerics.RandomStream;

/**
 * A toy screen: spots in two channels, whose brightness relative to the controls' is the
 * class, on plates that each have a gain and an offset per channel of their own. Who doesn't
 * know the plate's controls can't tell a phenotype from a gain.
 */
public final class ToyPlates {

	/** Brightness of the spots by class and channel; controls have 1, 1. */
	private static final double[][] BRIGHTNESS = {{2.2, 1}, {1, 2.2}, {0.45, 0.45}};

	public static final List<String> CLASSES = List.of("left", "right", "dim");
	public static final int CHANNELS = 2;

	final List<Sample> samples = new ArrayList<>();
	private final List<PackedTile> tiles = new ArrayList<>();
	private final int size;
	private final long seed;

	public ToyPlates(final int size, final long seed) {
		this.size = size;
		this.seed = seed;
	}

	/** Adds a plate with this many images of each class and this many controls. */
	ToyPlates plate(final String plate, final String batch, final int each, final int controls, final double shift) {
		final RandomStream random = RandomStream.of(seed, plate);
		final double[] gain = new double[CHANNELS];
		final double[] offset = new double[CHANNELS];
		for (int c = 0; c < CHANNELS; c++) {
			gain[c] = Math.exp(shift * (2 * random.nextDouble() - 1));
			offset[c] = shift * 0.5 * (2 * random.nextDouble() - 1);
		}
		for (int i = 0; i < each * CLASSES.size() + controls; i++) {
			final int label = i < each * CLASSES.size() ? i % CLASSES.size() : Sample.NO_LABEL;
			samples.add(new Sample(plate, batch, label, label < 0));
			tiles.add(image(label, gain, offset, random));
		}
		return this;
	}

	/** Batches with 2 plates each. */
	public ToyPlates batches(final String prefix, final int n, final int each, final int controls, final double shift) {
		for (int b = 0; b < n; b++) {
			for (int p = 0; p < 2; p++) plate(prefix + b + "p" + p, prefix + b, each, controls, shift);
		}
		return this;
	}

	private PackedTile image(final int label, final double[] gain, final double[] offset, final RandomStream random) {
		final double[] values = new double[CHANNELS * size * size];
		for (int spot = 0; spot < 6; spot++) {
			final double y = random.nextDouble() * size;
			final double x = random.nextDouble() * size;
			for (int c = 0; c < CHANNELS; c++) {
				final double b = label < 0 ? 1 : BRIGHTNESS[label][c];
				for (int i = 0; i < size * size; i++) {
					final double dy = i / size - y;
					final double dx = i % size - x;
					values[c * size * size + i] += b * Math.exp(-(dy * dy + dx * dx) / 18);
				}
			}
		}
		final short[] pixels = new short[values.length];
		for (int i = 0; i < pixels.length; i++) {
			final int c = i / (size * size);
			final double v = gain[c] * (values[i] + 0.05 * random.nextGaussian()) + offset[c];
			pixels[i] = (short) Math.max(0, Math.min(65535, Math.round((v + 2) * 4000)));
		}
		final float scale = 1f / 4000;
		return new PackedTile(size, size, pixels, new float[]{scale, scale}, new float[]{-2.5f, -2.5f});
	}

	public TrainingData data(final int crop) {
		return new TrainingData(samples, CLASSES,
			new AugmentedTiles(tiles::get, tiles.size(), CHANNELS, Augmentation.all(crop)));
	}
}
