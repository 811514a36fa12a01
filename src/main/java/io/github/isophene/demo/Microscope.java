// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.ArrayList;
import java.util.List;

import io.github.isophene.demo.DemoRandom.Purpose;
import io.github.isophene.screen.Wells;

/**
 * Turns light into camera images, and applies a {@link BatchEffect} on the way:
 * bleed-through and background, blur, vignetting and gain, shot noise (Poisson
 * photo-electrons, 2 counts each), read noise (sd 4 counts), offset (200 counts),
 * 12 bits (0 to 4095).
 */
public final class Microscope {

	/** Counts of the camera without light. */
	public static final double OFFSET = 200;
	/** Standard deviation of the read noise in counts. */
	public static final double READ_NOISE = 4;
	/** Counts of one photo-electron. */
	public static final double COUNTS_PER_ELECTRON = 2;
	static final int WHITE = 4095;
	/** Sharpness of the lens itself, sigma in pixels. */
	private static final double LENS = .6;

	private final DemoOptions options;
	private final Optics optics;

	Microscope(final DemoOptions options) {
		this.options = options;
		optics = new Optics(options.size(), LENS);
	}

	/**
	 * Takes the pictures of one field.
	 *
	 * @param field which one; its effect is applied
	 * @param light one canvas per channel
	 * @return one image per channel, [size * size] row by row, 0 to 4095
	 */
	List<short[]> expose(final PlannedField field, final List<Canvas> light) {
		final List<short[]> images = new ArrayList<>();
		for (final DemoChannel channel : DemoChannel.values()) {
			final DemoRandom random = DemoRandom.of(options.seed(), Purpose.CAMERA, field.batch(), field.plate(),
				Wells.row(field.well()), Wells.column(field.well()), field.site(), channel.ordinal());
			images.add(camera(expected(channel, light, field.effect()), channel, field.effect(), random));
		}
		return images;
	}

	/** Returns the signal at the camera, in counts, before noise and offset. */
	float[] expected(final DemoChannel channel, final List<Canvas> light, final BatchEffect effect) {
		return optics.seen(channel.ordinal(), light.stream().map(Canvas::light).toList(), channel.background(), effect);
	}

	private static short[] camera(final float[] expected, final DemoChannel channel, final BatchEffect effect,
		final DemoRandom random)
	{
		final double offset = OFFSET + effect.offset().get(channel.ordinal());
		final double perElectron = COUNTS_PER_ELECTRON * effect.noise() * effect.noise();
		final double read = READ_NOISE * effect.noise();
		final short[] image = new short[expected.length];
		for (int p = 0; p < image.length; p++) {
			final double counts = perElectron * electrons(expected[p] / perElectron, random) + read * random.normal() +
				offset;
			image[p] = (short) Math.max(0, Math.min(WHITE, (int) StrictMath.rint(counts)));
		}
		return image;
	}

	/**
	 * About a Poisson number: normal with the third moment's correction
	 * (Cornish-Fisher), rounded. Background alone is some 20 electrons, where the
	 * two are hard to tell apart.
	 */
	private static double electrons(final double mean, final DemoRandom random) {
		final double z = random.normal();
		return Math.max(0, StrictMath.rint(mean + Math.sqrt(mean) * z + (z * z - 1) / 6));
	}
}
