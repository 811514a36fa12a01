// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;

class PlateIntensityTest {

	private static final Intensity SPEC = Intensity.parse("control-percentile:1:99.5");

	/** One tall image, and the same pixels as several fields. */
	private static final RandomAccessibleInterval<?> WHOLE = Synthetic.channels(31, 60, 2);

	@Test
	void percentilesAreThoseOfAllControlPixelsTogether() {
		final PlateIntensity plate = new PlateIntensity(SPEC);
		fields().forEach(plate::add);
		assertEquals(6, plate.fields());
		assertArrayEquals(Intensity.parse("percentile:1:99.5").fit(WHOLE), plate.scales());
	}

	@Test
	void orderAndThreadsDoNotMatter() {
		final PlateIntensity plate = new PlateIntensity(SPEC);
		final List<RandomAccessibleInterval<?>> fields = fields();
		Collections.reverse(fields);
		IntStream.range(0, 6).parallel().forEach(i -> plate.add(fields.get(i)));
		assertArrayEquals(Intensity.parse("percentile:1:99.5").fit(WHOLE), plate.scales());
	}

	@Test
	void floatsAreKnownToTheirBin() {
		final RandomAccessibleInterval<?> image = Synthetic.image("f32holes", 61, 47);
		final PlateIntensity plate = new PlateIntensity(SPEC);
		plate.add(image);
		final ChannelScale exact = Intensity.parse("percentile:1:99.5").fit(image)[0];
		final ChannelScale binned = plate.scales()[0];
		assertEquals(exact.low(), binned.low(), .004 * Math.abs(exact.low()));
		assertEquals(exact.high(), binned.high(), .004 * Math.abs(exact.high()));
	}

	@Test
	void fixedMayFollow() {
		final PlateIntensity plate = new PlateIntensity(
			Intensity.parse("control-percentile:1:99.5+fixed:0.5,0.4:0.2,0.1"));
		plate.add(WHOLE);
		assertEquals(.4, plate.scales()[1].mean());
		assertEquals(Intensity.parse("percentile:1:99.5").fit(WHOLE)[0].then(.5, .2), plate.scales()[0]);
	}

	@Test
	void withoutControlsTheMessageSaysSo() {
		final String none = assertThrows(IllegalStateException.class, () -> new PlateIntensity(SPEC).scales())
			.getMessage();
		assertTrue(none.contains("needs fields of the plate") && none.contains(SPEC.spec()), none);
		final String single = assertThrows(IllegalStateException.class, () -> SPEC.fit(WHOLE)).getMessage();
		assertTrue(single.contains("control wells") && single.contains("percentile:1:99.5"), single);
		assertThrows(IllegalArgumentException.class, () -> new PlateIntensity(Intensity.parse("self")));
	}

	@Test
	void fieldsOfAnotherKindAreRefused() {
		final PlateIntensity plate = new PlateIntensity(SPEC);
		plate.add(WHOLE);
		assertThrows(IllegalArgumentException.class, () -> plate.add(ArrayImgs.unsignedShorts(4, 4, 3)));
		final String message = assertThrows(IllegalArgumentException.class,
			() -> plate.add(ArrayImgs.unsignedBytes(4, 4, 2))).getMessage();
		assertTrue(message.contains("UINT8") && message.contains("UINT16"), message);
		assertEquals(1, plate.fields());
	}

	private static List<RandomAccessibleInterval<?>> fields() {
		final List<RandomAccessibleInterval<?>> fields = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			fields.add(Views.interval(WHOLE, new long[]{0, 10 * i, 0}, new long[]{30, 10 * i + 9, 1}));
		}
		return fields;
	}
}
