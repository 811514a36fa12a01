// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;

import io.github.isophene.IsopheneOps;
import net.imagej.ImgPlus;
import net.imagej.axis.Axes;
import net.imagej.axis.AxisType;
import net.imagej.ops.OpService;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Util;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.scijava.Context;

/** ImageJ Ops gives what the plain functions give. */
class ImageOpsTest {

	private static Context context;
	private static OpService ops;
	private static Img<UnsignedShortType> image;

	@BeforeAll
	static void start() {
		context = new Context(OpService.class);
		ops = context.service(OpService.class);
		image = ArrayImgs.unsignedShorts(300, 260, 2);
		final Random random = new Random(3);
		for (final UnsignedShortType pixel : image) pixel.set(random.nextInt(5000));
	}

	@AfterAll
	static void stop() {
		context.dispose();
	}

	@Test
	void tilesAreViews() {
		final List<?> tiles = (List<?>) ops.run("isophene.tiles", image, 100);
		assertEquals(6, tiles.size());
		assertArrayEquals(new long[]{100, 100, 2},
			((RandomAccessibleInterval<?>) tiles.get(0)).dimensionsAsLongArray());
	}

	@Test
	void intensitiesAreNormalized() {
		@SuppressWarnings("unchecked")
		final Img<FloatType> normalized = (Img<FloatType>) ops.run("isophene.normalize", image, "self");
		assertTrue(Util.imagesEqual(IsopheneOps.normalize(image, "self"), normalized));
	}

	@Test
	void imagesAreEmbedded() {
		final float[] expected = IsopheneOps.embed(image, "default");
		assertArrayEquals(expected, (float[]) ops.run("isophene.embed", image, "default"));
		assertArrayEquals(expected, (float[]) ops.run("isophene.embed", image));
		final ImgPlus<
			UnsignedShortType> named = new ImgPlus<>(image, "named", new AxisType[]{Axes.X, Axes.Y, Axes.CHANNEL});
		assertArrayEquals(expected, (float[]) ops.run("isophene.embed", named));
	}

	@Test
	void statisticsAndTheirNames() {
		for (final String features : List.of("statistics", "both")) {
			final float[] values = (float[]) ops.run("isophene.embed", image, "default", features);
			assertArrayEquals(IsopheneOps.embed(image, "default", features), values);
			final List<?> names = (List<?>) ops.run("isophene.featureNames", image, "default", features);
			assertEquals(values.length, names.size());
			assertTrue(names.contains("stat_1_2_correlation"), names::toString);
		}
	}
}
