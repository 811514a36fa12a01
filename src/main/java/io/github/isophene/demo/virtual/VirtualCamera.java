// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo.virtual;

import java.util.List;

import io.github.isophene.demo.BatchEffect;
import io.github.isophene.demo.DemoRandom;
import io.github.isophene.demo.Microscope;
import io.github.isophene.demo.Optics;

/**
 * Applies technical effects to real pixels as the simulator's {@link Microscope} does to light. The noise of the real
 * camera stays; noise is added where the noise factor n is above 1, with the variance that the simulator's camera would
 * have in addition: (n^2 - 1) (2 s + 16) counts^2 at a signal of s counts.
 */
final class VirtualCamera {

	/** Stored values per count, so that rounding is far below the noise, also where the source has 8 bits. */
	static final int VALUES_PER_COUNT = 8;

	private static final int WHITE = 65535;

	private final Optics optics;

	/** @param size height and width of a field in pixels */
	VirtualCamera(final int size) {
		optics = new Optics(size, 0);
	}

	/**
	 * Returns the image of one channel, unsigned 16 bit: 8 (200 + offset + signal) of counts, rounded.
	 *
	 * @param channel index of the channel
	 * @param light planes of all channels in counts above black, [size * size]
	 * @param random numbers for the additional noise
	 */
	short[] take(final int channel, final List<float[]> light, final BatchEffect effect, final DemoRandom random) {
		final float[] signal = optics.seen(channel, light, 0, effect);
		final double offset = Microscope.OFFSET + effect.offset().get(channel);
		final double more = effect.noise() * effect.noise() - 1;
		final double read = Microscope.READ_NOISE * Microscope.READ_NOISE;
		final short[] image = new short[signal.length];
		for (int p = 0; p < image.length; p++) {
			double counts = offset + signal[p];
			if (more > 0)
				counts += Math.sqrt(more * (Microscope.COUNTS_PER_ELECTRON * Math.max(0, signal[p]) + read)) *
					random.normal();
			image[p] = (short) Math.max(0, Math.min(WHITE, (int) StrictMath.rint(VALUES_PER_COUNT * counts)));
		}
		return image;
	}
}
