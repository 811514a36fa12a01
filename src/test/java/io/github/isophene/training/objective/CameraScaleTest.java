// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.isophene.network.CameraPerturbation.Effect;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.settings.Settings;
import io.github.isophene.training.data.Split;
import io.github.isophene.training.data.ToyPlates;
import io.github.isophene.training.data.TrainingData;
import org.junit.jupiter.api.Test;

/** Tests that the effects on images are estimated from them. */
class CameraScaleTest {

	private static final int SIZE = 48;

	/** Spots on a dark ground of 1. */
	private static double[] spots(final long seed) {
		final RandomStream random = RandomStream.of(seed, "spots");
		final double[] image = new double[SIZE * SIZE];
		for (int s = 0; s < 60; s++) {
			final double y = random.nextDouble() * SIZE;
			final double x = random.nextDouble() * SIZE;
			for (int i = 0; i < image.length; i++) {
				final double dy = i / SIZE - y;
				final double dx = i % SIZE - x;
				image[i] += 2 * Math.exp(-(dy * dy + dx * dx) / 3);
			}
		}
		for (int i = 0; i < image.length; i++) image[i] += 1;
		return image;
	}

	private static double effect(final Effect effect, final int channel, final double[]... images) {
		return ImageMoments.of(images, SIZE).effects()[effect.ordinal()][channel];
	}

	@Test
	void aGainAnOffsetAndAVignetteShowInTheirOwnNumbers() {
		final double[] plain = spots(1);
		final double[] gained = plain.clone();
		final double[] moved = plain.clone();
		final double[] dark = plain.clone();
		for (int i = 0; i < plain.length; i++) {
			gained[i] = 1 + 1.5 * (plain[i] - 1);
			moved[i] += 0.7;
			final double y = (2. * (i / SIZE) + 1) / SIZE - 1;
			final double x = (2. * (i % SIZE) + 1) / SIZE - 1;
			dark[i] = 1 + (plain[i] - 1) * (1 - .3 * (x * x + y * y) / 2);
		}
		assertEquals(Math.log(1.5), effect(Effect.GAIN, 0, gained) - effect(Effect.GAIN, 0, plain), .02);
		assertEquals(.7, effect(Effect.OFFSET, 0, moved) - effect(Effect.OFFSET, 0, plain), 1e-9);
		assertEquals(0, effect(Effect.GAIN, 0, moved) - effect(Effect.GAIN, 0, plain), 1e-9);
		assertEquals(.3, effect(Effect.VIGNETTING, 0, dark) - effect(Effect.VIGNETTING, 0, plain), .06);
	}

	@Test
	void bleedThroughShowsInTheChannelThatGetsIt() {
		final double[] first = spots(1);
		final double[] second = spots(2);
		final double[] mixed = second.clone();
		for (int i = 0; i < mixed.length; i++) mixed[i] += .2 * (first[i] - 1);
		assertEquals(.2, effect(Effect.BLEED, 1, first, mixed) - effect(Effect.BLEED, 1, first, second), .01);
		assertEquals(0, effect(Effect.BLEED, 0, first, mixed));
	}

	@Test
	void aSpreadBetweenPlatesIsFreedOfThatWithinThem() {
		final RandomStream random = RandomStream.of(3, "x");
		final List<double[]> alike = new ArrayList<>();
		final List<double[]> apart = new ArrayList<>();
		for (int p = 0; p < 400; p++) {
			final double plate = random.nextGaussian();
			final double[] a = new double[4];
			final double[] b = new double[4];
			for (int i = 0; i < 4; i++) {
				a[i] = random.nextGaussian();
				b[i] = .5 * plate + random.nextGaussian();
			}
			alike.add(a);
			apart.add(b);
		}
		assertEquals(0, CameraScale.between(alike), .2);
		assertEquals(.5, CameraScale.between(apart), .06);
	}

	@Test
	void unitsComeFromTheControlsOfTheTrainingPlates() throws Exception {
		// Gains exp(+-0.5), uniform: a standard deviation of 0.29.
		final ToyPlates toys = new ToyPlates(36, 4).batches("b", 12, 1, 8, 0.5);
		final TrainingData data = toys.data(32);
		final int[] all = Split.of(data.samples(), List.of(), Split.INNER, 1).training();
		final List<String> log = new ArrayList<>();
		final Settings settings = Settings.of("x", CameraScale.CHOICES, Map.of());
		CameraScale.of(data, all, settings, true, log::add);
		final String text = log.get(0);
		assertTrue(text.contains("spread of the controls of"), text);
		final double gain = Double.parseDouble(text.replaceAll(".*gain ([^ ]*) .*", "$1"));
		assertEquals(.29, gain, .12, text);
		CameraScale.of(data, all, settings, false, log::add);
		assertTrue(log.get(1).contains("gain 0.250 0.250"), log.get(1));
		final TrainingData bare = new ToyPlates(36, 4).batches("b", 3, 2, 0, 0.5).data(32);
		final int[] some = Split.of(bare.samples(), List.of(), Split.INNER, 1).training();
		assertTrue(
			assertThrows(IllegalArgumentException.class, () -> CameraScale.of(bare, some, settings, true, log::add))
				.getMessage()
				.contains("use unit=constants"));
	}
}
