// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

import io.github.isophene.SharedData;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Percentiles, moments, 8-bit clipping and Otsu against numpy and scikit-image, of computed images, of files of our
 * own, and of files of real microscopes where these are there.
 */
class StatisticsGoldenTest {

	private static final double[] Q = {0, 0.1, 1, 33.3, 50, 99, 99.9, 100};
	private static final int AFTER_Q = 3 + Q.length;

	@TestFactory
	List<DynamicTest> numbersAreThoseOfNumpyAndScikitImage() throws IOException {
		final List<DynamicTest> tests = new ArrayList<>();
		try (BufferedReader in = new BufferedReader(
			new InputStreamReader(getClass().getResourceAsStream("statistics.csv"), StandardCharsets.UTF_8)))
		{
			for (final String line : in.lines().toList()) {
				if (line.startsWith("#") || line.startsWith("image,")) continue;
				final String[] cells = line.split(",");
				if (isReal(cells[0]) && !SharedData.has(cells[0])) continue;
				tests.add(DynamicTest.dynamicTest(cells[0] + " " + cells[1] + " x " + cells[2], () -> check(cells)));
			}
		}
		assertTrue(tests.size() >= 12, tests.size() + " rows");
		return tests;
	}

	private static boolean isReal(final String image) {
		return image.contains("/") && !image.startsWith("statistics/");
	}

	private static void check(final String[] cells) throws IOException {
		final Img<?> image = image(cells);
		final PixelBlocks blocks = PixelBlocks.of(image);
		final Ranks ranks = Ranks.of(blocks, 0);
		for (int i = 0; i < Q.length; i++) assertClose(cells[3 + i], ranks.percentile(Q[i]), "percentile " + Q[i]);
		final Moments moments = Moments.of(blocks, 0);
		assertClose(cells[AFTER_Q], moments.mean(), "mean");
		assertClose(cells[AFTER_Q + 1], moments.sd(), "sd");
		final ChannelScale clip = Intensity.parse("clip8").fit(image)[0];
		assertEquals(Double.parseDouble(cells[AFTER_Q + 2]), clip.high(), "the smallest of the brightest");
		assertEquals(Long.parseLong(cells[AFTER_Q + 3]), crcOf8Bit(image, clip), "8-bit image");
		assertClose(cells[AFTER_Q + 4], Otsu.threshold(blocks, 0), "otsu");
	}

	private static Img<?> image(final String[] cells) throws IOException {
		if (!cells[0].contains("/")) {
			return Synthetic.image(cells[0], Integer.parseInt(cells[1]), Integer.parseInt(cells[2]));
		}
		final Path file = isReal(cells[0]) ? SharedData.get(cells[0])
			: Path.of("src/test/resources/io/github/isophene/pixels", cells[0]).toAbsolutePath();
		final Plane plane = Plane.of(file.toString());
		return new ImageFileReader().read(new Field("P", "A01", "1", Map.of(), List.of(plane)));
	}

	private static long crcOf8Bit(final Img<?> image, final ChannelScale clip) {
		final CRC32 crc = new CRC32();
		final Img<FloatType> scaled = Pixels.normalize(image, new ChannelScale[]{clip});
		scaled.forEach(t -> {
			final float v8 = t.get() * 255;
			assertEquals(Math.round(v8), v8, 1e-4, "whole steps");
			crc.update(Math.round(v8));
		});
		return crc.getValue();
	}

	private static void assertClose(final String expected, final double actual, final String what) {
		final double value = Double.parseDouble(expected);
		assertEquals(value, actual, 1e-12 * Math.max(1, Math.abs(value)), what);
	}
}
