// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.recipe;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.TileSource;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.Split;
import io.github.isophene.training.data.TrainingData;

/** Simulated tiles with their classes, and behind them places of real images, which have none. */
record MixedTiles(SimulatedTiles simulated, RealTiles real, String pool) implements TileSource {

	/** Returns the simulated samples and the real ones, which count as controls: samples without a class. */
	TrainingData data(final TrainingData ofSimulated) {
		final List<Sample> samples = new ArrayList<>(ofSimulated.samples());
		for (int i = 0; i < real.count(); i++)
			samples.add(new Sample(real.stain(i), real.stain(i), Sample.NO_LABEL, true));
		return new TrainingData(samples, ofSimulated.classes(), this);
	}

	/** Returns the split of the simulated samples, with all real ones in training. */
	Split split(final Split ofSimulated) {
		final int n = simulated.count();
		return new Split(IntStream
			.concat(Arrays.stream(ofSimulated.training()), IntStream.range(n, n + real.count()))
			.toArray(), ofSimulated.validation(), new int[0], List.of());
	}

	@Override
	public int count() {
		return simulated.count() + real.count();
	}

	@Override
	public boolean isRandom() {
		return true;
	}

	@Override
	public String identity() {
		return simulated.identity() + " and " + real.count() + " places of " + pool;
	}

	@Override
	public int channels() {
		return 1;
	}

	@Override
	public int size() {
		return simulated.size();
	}

	@Override
	public void read(final int sample, final RandomStream augmentation, final FloatBuffer out) {
		if (sample < simulated.count()) simulated.read(sample, augmentation, out);
		else
			real.read(sample - simulated.count(), size(),
				augmentation == null ? RandomStream.of(1, "fixed", sample) : augmentation, out);
	}
}
