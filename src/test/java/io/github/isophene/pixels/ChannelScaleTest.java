// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

class ChannelScaleTest {

	private static final List<ChannelScale> KINDS = List.of(ChannelScale.linear(100, 300),
		ChannelScale.clamped(100.37, 300.2), ChannelScale.quantized(200, 255), ChannelScale.clamped(5, 5),
		ChannelScale.quantized(0, 255), ChannelScale.linear(7, 7), ChannelScale.clamped(-3, 40000).then(.485, .229),
		ChannelScale.quantized(60000, 255).then(.1, .2), ChannelScale.linear(0, 65535));

	@Test
	void lowIsZeroAndHighIsOne() {
		final ChannelScale scale = ChannelScale.clamped(100, 300);
		assertEquals(0, scale.apply(100));
		assertEquals(1, scale.apply(300));
		assertEquals(.25f, scale.apply(150));
		assertEquals(0, scale.apply(3));
		assertEquals(1, scale.apply(65535));
		assertEquals(-.5f, ChannelScale.linear(100, 300).apply(0));
		assertEquals((.25f - .5f) / .25f, scale.then(.5, .25).apply(150), 1e-6);
	}

	@Test
	void levelsAreTheWholePartOfTheValueTimesTheRoundedFactor() {
		// v * (255.0 / thr) in double precision, for every value and many thresholds
		int belowTheLast = 0;
		for (int thr = 1; thr < 65536; thr += thr < 600 ? 1 : 997) {
			final ChannelScale scale = ChannelScale.quantized(thr, 255);
			for (int v = 0; v < 65536; v += thr < 600 ? 1 : 7) {
				final long expected = Math.min(255, (long) (v * (255.0 / thr)));
				if (v == thr && expected < 255) belowTheLast++;
				if (expected != Math.round(scale.apply(v) * 255.0))
					assertEquals(expected, scale.apply(v) * 255, v + " / " + thr);
			}
		}
		assertTrue(belowTheLast > 20, "the threshold itself is often 254: " + belowTheLast);
	}

	@Test
	void withoutContrastAllIsZero() {
		for (final float v : new float[]{0, 5, 7, 1000}) {
			assertEquals(0, ChannelScale.clamped(5, 5).apply(v));
			assertEquals(0, ChannelScale.linear(5, 5).apply(v));
			assertEquals(0, ChannelScale.quantized(0, 255).apply(v));
		}
		assertEquals(-2, ChannelScale.clamped(5, 5).then(1, .5).apply(9), "then the mean is subtracted as ever");
	}

	@Test
	void whatIsNotFiniteIsZero() {
		for (final ChannelScale scale : KINDS) {
			for (final float v : new float[]{Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
				assertEquals(0, scale.apply(v), scale.toString());
			}
		}
	}

	@Test
	void tablesAndLoopsGiveTheSameBits() {
		final Random random = new Random(3);
		for (final ChannelScale scale : KINDS) {
			final float[] table = new float[65536];
			scale.tabulate(table, table.length);
			for (int v = 0; v < table.length; v++)
				if (table[v] != scale.apply(v)) assertEquals(scale.apply(v), table[v], scale + " of " + v);
			for (final boolean wild : new boolean[]{false, true}) {
				final float[] values = new float[1000];
				for (int i = 0; i < values.length; i++) values[i] = 400 * random.nextFloat() - 50;
				if (wild) for (int i = 0; i < values.length; i += 9) values[i] = Float.intBitsToFloat(random.nextInt());
				final float[] mapped = values.clone();
				scale.apply(mapped, mapped.length);
				for (int i = 0; i < values.length; i++) {
					assertEquals(scale.apply(values[i]), mapped[i], scale + " of " + values[i]);
					assertEquals(true, Float.isFinite(mapped[i]), scale + " of " + values[i]);
				}
			}
		}
	}

	@Test
	void impossibleScalesAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> ChannelScale.clamped(3, 2));
		assertThrows(IllegalArgumentException.class, () -> ChannelScale.linear(Double.NaN, 2));
		assertThrows(IllegalArgumentException.class, () -> ChannelScale.linear(0, 1).then(0, 0));
		assertThrows(IllegalArgumentException.class, () -> ChannelScale.linear(0, 1).then(0, 2).then(0, 2));
		assertThrows(IllegalArgumentException.class, () -> ChannelScale.quantized(9, -1));
	}
}
