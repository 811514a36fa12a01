// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.FloatProcessor;
import org.junit.jupiter.api.Test;

class ImagePlusPlanesTest {

	/** An image of equal planes, labeled. */
	private static ImagePlus image(final float value, final String... labels) {
		final ImageStack stack = new ImageStack(8, 8);
		for (final String label : labels) {
			final float[] pixels = new float[64];
			Arrays.fill(pixels, value);
			stack.addSlice(label, new FloatProcessor(8, 8, pixels));
		}
		return new ImagePlus("drug", stack);
	}

	@Test
	void slicesAndFramesAreNoChannels() {
		final ImagePlus stack = image(3, "a", "b", "c", "d", "e", "f");
		stack.setDimensions(2, 3, 1);
		final ImagePlusPlanes planes = new ImagePlusPlanes(stack, true);
		assertEquals(3, planes.size());
		assertEquals(2, planes.plane(0).dimension(2));
		assertEquals("{Metadata_Slice=2, Metadata_Frame=1}", planes.metadata(1).toString());
		assertEquals(List.of("a", "b"), ImagePlusPlanes.channels(stack));
	}

	@Test
	void channelsWithoutNamesOfTheirOwnHaveNone() {
		final ImagePlus unnamed = image(3, null, "b");
		unnamed.setDimensions(2, 1, 1);
		assertEquals(List.of(), ImagePlusPlanes.channels(unnamed));
		final ImagePlus equal = image(3, "b", "b");
		equal.setDimensions(2, 1, 1);
		assertEquals(List.of(), ImagePlusPlanes.channels(equal));
	}

	@Test
	void blackImagesAndImagesWithoutNumbersAreNamed() {
		assertTrue(
			assertThrows(IllegalArgumentException.class, () -> ImagePlusPlanes.planes(image(0, "a"))).getMessage()
				.contains("'drug' is black"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ImagePlusPlanes.planes(image(Float.NaN, "a")))
			.getMessage()
			.contains("'drug' has no number in channel 1"));
	}
}
