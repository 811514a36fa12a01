// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Each effect alone does what its size says. */
class MicroscopeTest {

	private static final int SIZE = 96;
	private static final DemoOptions OPTIONS = DemoOptions.defaults().withSize(SIZE);
	private static final Microscope MICROSCOPE = new Microscope(OPTIONS);
	private static final BatchEffect NONE = BatchEffect.none(4);

	@Test
	void theGainIsTheRatioOfImagesLessTheirOffset() {
		final List<Canvas> light = new FieldRenderer(OPTIONS).render(field(NONE)).channels();
		final double[] before = means(MICROSCOPE.expose(field(NONE), light));
		final double[] after = means(MICROSCOPE.expose(field(with(NONE, "gain", .4, 1.3, .8, 1)), light));
		final double[] gains = {.4, 1.3, .8, 1};
		for (int c = 0; c < 4; c++) {
			assertEquals(gains[c], (after[c] - Microscope.OFFSET) / (before[c] - Microscope.OFFSET), .01,
				"channel " + c);
		}
	}

	@Test
	void theOffsetIsAdded() {
		final double[] before = means(MICROSCOPE.expose(field(NONE), flat(300)));
		final double[] after = means(MICROSCOPE.expose(field(with(NONE, "offset", 30, -40, 0, 5)), flat(300)));
		assertArrayEquals(new double[]{30, -40, 0, 5},
			new double[]{after[0] - before[0], after[1] - before[1], after[2] - before[2], after[3] - before[3]}, .01);
	}

	@Test
	void lightBleedsIntoTheNextChannelOnly() {
		final List<Canvas> light = flat(0);
		Arrays.fill(light.get(1).light(), 400);
		final BatchEffect effect = with(NONE, "bleed", .5, .25, .5, 0);
		final double[] expected = {0, 400, 100, 0};
		for (final DemoChannel channel : DemoChannel.values()) {
			final float[] seen = MICROSCOPE.expected(channel, light, effect);
			assertEquals(expected[channel.ordinal()] + channel.background(), seen[SIZE * SIZE / 2], 1e-3);
		}
	}

	@Test
	void blurWidensASpotToItsSigma() {
		final List<Canvas> light = flat(0);
		light.get(0).light()[48 * SIZE + 48] = 10_000;
		final float[] seen = MICROSCOPE.expected(DemoChannel.DNA, light, with(NONE, "blur", 2, 0, 0, 0));
		double sum = 0;
		double square = 0;
		for (int p = 0; p < seen.length; p++) {
			final double v = seen[p] - DemoChannel.DNA.background();
			final double dx = p % SIZE - 48;
			sum += v;
			square += v * dx * dx;
		}
		assertEquals(10_000, sum, 10);
		// The lens has 0.6 of its own; the cut at 3.5 sigma takes a little.
		assertEquals(2 * 2 + .6 * .6, square / sum, .1);
	}

	@Test
	void vignettingDarkensTowardTheCornerOpposite() {
		final BatchEffect effect = new BatchEffect(NONE.gain(), NONE.offset(), NONE.blur(), .4, -.5, -.5, NONE.bleed(),
			1, 1);
		final float[] seen = MICROSCOPE.expected(DemoChannel.ER, flat(930), effect);
		// The center lies in the first corner, so the last is twice half the diagonal away: 1 - .4 * 4 < .1.
		assertEquals(1000, seen[0], 1);
		assertEquals(1000 * (1 - .4), seen[SIZE / 2 * SIZE + SIZE / 2], 10);
		assertEquals(100, seen[SIZE * SIZE - 1], .1);
	}

	@Test
	void noiseIsPhotonsPlusCamera() {
		for (final double noise : new double[]{1, 1.5}) {
			final BatchEffect effect = new BatchEffect(NONE.gain(), NONE.offset(), NONE.blur(), 0, 0, 0, NONE.bleed(),
				noise, 1);
			final short[] image = MICROSCOPE.expose(field(effect), flat(955)).get(0);
			double square = 0;
			final double mean = mean(image);
			for (final short v : image) square += (v - mean) * (v - mean);
			// Photo-electrons are worth 2 counts: variance 2 * 1000; read noise 4; rounding 1/12 in all but name.
			final double expected = noise * noise * (2 * 1000 + 16);
			assertEquals(expected, square / image.length, .05 * expected);
			assertEquals(1000 + Microscope.OFFSET, mean, 2.5);
		}
	}

	@Test
	void theCameraHasTwelveBits() {
		for (final short v : MICROSCOPE.expose(field(NONE), flat(10_000)).get(2)) assertEquals(4095, v);
		final BatchEffect dark = with(NONE, "offset", -900, -900, -900, -900);
		for (final short v : MICROSCOPE.expose(field(dark), flat(0)).get(2)) assertEquals(0, v);
	}

	@Test
	void channelsHaveTheirOwnNoise() {
		final List<short[]> images = MICROSCOPE.expose(field(NONE), flat(500));
		int equal = 0;
		for (int p = 0; p < SIZE * SIZE; p++) if (images.get(0)[p] - 45 == images.get(2)[p] - 60) equal++;
		assertTrue(equal < SIZE * SIZE / 20, equal + " pixels have the same noise");
	}

	private static PlannedField field(final BatchEffect effect) {
		return new PlannedField(1, 1, "C07", 1, 0, effect);
	}

	private static List<Canvas> flat(final float level) {
		final List<Canvas> light = new ArrayList<>();
		for (int c = 0; c < 4; c++) {
			light.add(new Canvas(SIZE));
			Arrays.fill(light.get(c).light(), level);
		}
		return light;
	}

	private static BatchEffect with(final BatchEffect e, final String what, final double... sizes) {
		final List<Double> list = Arrays.stream(sizes).boxed().toList();
		return new BatchEffect(what.equals("gain") ? list : e.gain(), what.equals("offset") ? list : e.offset(),
			what.equals("blur") ? list : e.blur(), 0, 0, 0, what.equals("bleed") ? list : Collections.nCopies(4, 0.), 1,
			1);
	}

	private static double[] means(final List<short[]> images) {
		return images.stream().mapToDouble(MicroscopeTest::mean).toArray();
	}

	private static double mean(final short[] image) {
		double sum = 0;
		for (final short v : image) sum += v;
		return sum / image.length;
	}
}
