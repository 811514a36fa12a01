// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.isophene.pixels.file.GrayPlane;
import io.github.isophene.pixels.intensity.TopClip;
import io.github.isophene.pixels.intensity.TypeMaximum;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;

class IntensityTest {

	@Test
	void aModelsMeansStayUnlessTheyAreNamed() {
		final String model = "clip8+fixed:0.1,0.2:0.3,0.4";
		assertEquals("typemax+fixed:0.1,0.2:0.3,0.4", Intensity.forModel("typemax", model).spec());
		assertEquals(model, Intensity.forModel("", model).spec());
		assertEquals("typemax+fixed:0:1", Intensity.forModel("typemax+fixed:0:1", model).spec());
		assertEquals("fixed:5:7", Intensity.forModel("fixed:5:7", model).spec());
		assertEquals("typemax", Intensity.forModel("typemax", "clip8").spec());
		assertEquals("typemax", Intensity.forModel("typemax", "fixed:5:7").spec());
		assertEquals(Intensity.DEFAULT, Intensity.forModel(" ", "").spec());
	}

	@Test
	void clip8RefusesImagesOfNegativeValues() {
		for (final float[] values : new float[][]{{-5, -1, -3, -2}, {-5, -4, -3, 0}}) {
			final Exception e = assertThrows(IllegalArgumentException.class,
				() -> new TopClip().fit(ArrayImgs.floats(values, 2, 2)));
			assertTrue(e.getMessage().contains("channel 1 has values from -5.0"), e.getMessage());
		}
		assertEquals(0, new TopClip().fit(ArrayImgs.floats(new float[4], 2, 2))[0].high(), "a black image is black");
		assertEquals(3, new TopClip().fit(ArrayImgs.floats(new float[]{-5, 1, 2, 3}, 2, 2))[0].high());
	}

	/** A channel is divided by what the type of its own file can hold, also beside others, and made smaller. */
	@Test
	void typemaxIsOfEachFile() throws IOException {
		final List<GrayPlane> planes = List.of(new GrayPlane(2, 2, new byte[]{1, 2, 3, 4}),
			new GrayPlane(2, 2, new short[]{1, 2, 3, 4}), new GrayPlane(2, 2, new float[]{1, 2, 3, 4}),
			new GrayPlane(2, 2, new float[]{-1, 2, 3, 4}, 32767),
			new GrayPlane(2, 2, new float[]{1, 2, 3, 4}, 4294967295d));
		final double[] maxima = {255, 65535, 1, 32767, 4294967295d};
		for (int a = 0; a < planes.size(); a++) {
			for (int b = 0; b < planes.size(); b++) {
				final int first = a;
				final int second = b;
				final Field field = new Field("P", "A01", "1", Map.of(), List.of(Plane.of("a"), Plane.of("b")));
				final Img<
					?> image = FieldPlanes.read(field, plane -> planes.get(plane.path().equals("a") ? first : second));
				for (final Img<?> of : List.of(image, Downscale.mean(2).of(image))) {
					final ChannelScale[] scales = new TypeMaximum().fit(of);
					assertEquals(maxima[a], scales[0].high());
					assertEquals(maxima[b], scales[1].high());
				}
			}
		}
	}

	private static final List<String> SPECS = List.of("percentile:0.1:99.9", "percentile:0:100",
		"control-percentile:1:99", "plate-percentile:1:99", "auto:1:99", "clip8", "self", "typemax",
		"fixed:100,200:10,20", "fixed:0.5:0.25", "clip8+fixed:0.0913,0.088:0.1152,0.1075",
		"control-percentile:0.1:99.9+fixed:0.5:0.5", "auto:0.1:99.9+fixed:0.5:0.5", "typemax+fixed:0.485:0.229");

	@Test
	void specsRoundTrip() {
		for (final String spec : SPECS) {
			final Intensity intensity = Intensity.parse(spec);
			assertEquals(spec, intensity.spec());
			assertEquals(intensity, Intensity.parse(intensity.spec()));
			assertEquals(spec.startsWith("control"), intensity.needsControls(), spec);
		}
		assertEquals("percentile:1:99", Intensity.parse(" Percentile:1.0:99 ").spec());
		assertEquals("percentile:0.1:99.9", Intensity.parse("percentile").spec());
		assertEquals("percentile:1:99.9", Intensity.parse("percentile:1").spec());
		assertEquals("plate-percentile:0.1:99", Intensity.parse("plate-percentile:high=99").spec());
		assertEquals("auto:2:98+fixed:1,2:3,4", Intensity.parse("auto:high=98:low=2+fixed:sds=3,4:means=1,2").spec());
		assertEquals("fixed:0.001:1.0E-5", Intensity.parse("fixed:1e-3:1e-5").spec());
		assertEquals("fixed:0.001:1.0E-5", Intensity.parse("fixed:0.001:1.0E-5").spec());
	}

	@Test
	void otherTextsAreExplained() {
		for (final String text : List.of("", "clip", "clip8:3", "percentile:99:1", "percentile:99.9",
			"percentile:-1:99", "percentile:1:101", "percentile:a:99", "percentile:NaN:99", "percentile:1:99:3",
			"percentile:middle=5", "control-percentile:high=", "fixed:1,2:3", "fixed:1:0",
			"fixed:1", "fixed::", "fixed:1:-2", "clip8+self", "fixed:0:1+fixed:0:1", "clip8+fixed:0:1+fixed:0:1",
			"clip8+fixed"))
		{
			final String message = assertThrows(IllegalArgumentException.class, () -> Intensity.parse(text))
				.getMessage();
			assertTrue(message.startsWith("'" + text + "' is no intensity: "), message);
		}
	}

	@Test
	void aValueOutOfRangeIsNamedWithItsSettingAndRange() {
		final String range = assertThrows(IllegalArgumentException.class, () -> Intensity.parse("percentile:1:101"))
			.getMessage();
		assertTrue(range.endsWith("high of percentile is '101': give a number from 0 to 100"), range);
		final String order = assertThrows(IllegalArgumentException.class, () -> Intensity.parse("auto:99:1"))
			.getMessage();
		assertTrue(order.endsWith("high of auto is '1': must be above low, which is 99"), order);
		final String numbers = assertThrows(IllegalArgumentException.class, () -> Intensity.parse("clip8+fixed:a:1"))
			.getMessage();
		assertTrue(numbers.contains("means of fixed is 'a': must be numbers"), numbers);
	}

	@Test
	void everyChannelHasItsOwnScale() {
		final Img<UnsignedShortType> image = Synthetic.channels(23, 17, 3);
		for (final String spec : List.of("percentile:1:99", "clip8", "self")) {
			final ChannelScale[] scales = Intensity.parse(spec).fit(image);
			assertEquals(3, scales.length);
			for (int c = 0; c < 3; c++) {
				final Img<?> alone = ArrayImgs.unsignedShorts(plane(image, c), 23, 17, 1);
				assertEquals(Intensity.parse(spec).fit(alone)[0], scales[c], spec);
			}
		}
	}

	@Test
	void selfGivesMeanZeroAndSdOne() {
		final Img<FloatType> out = Pixels.normalize(Synthetic.image("f32", 61, 47), Intensity.parse("self"));
		double sum = 0;
		double squares = 0;
		for (final FloatType t : out) {
			sum += t.get();
			squares += (double) t.get() * t.get();
		}
		assertEquals(0, sum / out.size(), 1e-6);
		assertEquals(1, squares / out.size(), 1e-6);
	}

	@Test
	void fixedFollowsOrStandsAlone() {
		final Img<?> image = ArrayImgs.unsignedShorts(new short[]{10, 20, 30, 40}, 2, 1, 2);
		final ChannelScale[] alone = Intensity.parse("fixed:10,20:5,10").fit(image);
		assertEquals(2, alone[0].apply(20));
		assertEquals(1, alone[1].apply(30));
		final ChannelScale[] maximum = Intensity.parse("typemax+fixed:0.5:0.25").fit(image);
		assertEquals(2, maximum[1].apply(65535));
		assertEquals(-2, maximum[0].apply(0));
		assertEquals(1, Intensity.parse("typemax").fit(ArrayImgs.unsignedBytes(1, 1, 1))[0].apply(255));
		assertEquals(.5f, Intensity.parse("typemax").fit(ArrayImgs.floats(1, 1, 1))[0].apply(.5f));
		final String message = assertThrows(IllegalArgumentException.class,
			() -> Intensity.parse("fixed:1,2,3:1,1,1").fit(image)).getMessage();
		assertTrue(message.contains("3 channels") && message.contains("there are 2"), message);
	}

	@Test
	void constantAndBlackImagesBecomeZero() {
		final short[] thousand = new short[12];
		Arrays.fill(thousand, (short) 1000);
		for (final String spec : List.of("percentile:0.1:99.9", "self")) {
			assertAllZero(ArrayImgs.unsignedShorts(thousand, 4, 3, 1), spec);
		}
		for (final String spec : List.of("percentile:0.1:99.9", "self", "clip8", "typemax")) {
			assertAllZero(ArrayImgs.unsignedShorts(4, 3, 1), spec);
			assertAllZero(ArrayImgs.unsignedBytes(1, 1, 1), spec);
			assertAllZero(ArrayImgs.floats(4, 3, 1), spec);
			final float[] nothing = new float[12];
			Arrays.fill(nothing, Float.NaN);
			assertAllZero(ArrayImgs.floats(nothing, 4, 3, 1), spec);
		}
	}

	@Test
	void oneByOneImagesAreNoSpecialCase() {
		final Img<?> one = ArrayImgs.unsignedShorts(new short[]{77}, 1, 1, 1);
		assertEquals(1, Pixels.normalize(one, Intensity.parse("clip8")).firstElement().get());
		assertEquals(0, Pixels.normalize(one, Intensity.parse("self")).firstElement().get());
	}

	@Test
	void whatIsNotFiniteBecomesZeroWhateverFollows() {
		final Img<FloatType> out = Pixels.normalize(Synthetic.image("f32holes", 61, 47),
			Intensity.parse("percentile:1:99+fixed:0.5:0.25"));
		final float[] raw = new float[(int) out.size()];
		int i = 0;
		for (final Object t : Synthetic.image("f32holes", 61, 47)) raw[i++] = ((FloatType) t).get();
		i = 0;
		int holes = 0;
		for (final FloatType t : out) {
			assertTrue(Float.isFinite(t.get()));
			if (!Float.isFinite(raw[i++])) {
				holes++;
				assertEquals(0, t.get());
			}
		}
		assertTrue(holes > 50);
	}

	@Test
	void imagesMustBeRealNumbersInTwoOrThreeDimensions() {
		final Intensity intensity = Intensity.parse("self");
		assertThrows(IllegalArgumentException.class, () -> intensity.fit(ArrayImgs.floats(2, 2, 2, 2)));
		assertThrows(IllegalArgumentException.class, () -> intensity.fit(ArrayImgs.argbs(2, 2, 2)));
		assertEquals(1, intensity.fit(ArrayImgs.floats(2, 2)).length);
	}

	private static void assertAllZero(final Img<?> image, final String spec) {
		for (final FloatType t : Pixels.normalize(image, Intensity.parse(spec))) assertEquals(0, t.get(), spec);
	}

	private static short[] plane(final Img<UnsignedShortType> image, final int c) {
		final short[] plane = new short[(int) (image.dimension(0) * image.dimension(1))];
		PixelBlocks.of(image).copy(0, 0, c, (int) image.dimension(0), (int) image.dimension(1), plane);
		return plane;
	}

	@Test
	void anotherNumberOfChannelsIsToldBeforeTheFirstImage() {
		final Intensity two = Intensity.parse("clip8+fixed:0.1,0.2:1,1");
		assertEquals(2, two.channels());
		two.requireChannels(2);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> two.requireChannels(3)).getMessage()
			.contains("for 2 channels, but there are 3"));
		Intensity.parse("fixed:0.2:0.2").requireChannels(5);
		Intensity.parse("self").requireChannels(5);
	}
}
