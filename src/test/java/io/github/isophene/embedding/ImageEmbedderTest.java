// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.List;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;

class ImageEmbedderTest {

	/** A network of two features, the second of which is this value on the last tile of each call. */
	private record Constant(float value) implements TileNetwork {

		@Override
		public String name() {
			return "constant";
		}

		@Override
		public List<String> channels() {
			return List.of();
		}

		@Override
		public int tileSize() {
			return 32;
		}

		@Override
		public String downscale() {
			return "1";
		}

		@Override
		public String intensity() {
			return "";
		}

		@Override
		public String digest() {
			return "constant";
		}

		@Override
		public List<String> featureNames(final int channelCount, final int side) {
			return List.of("a", "b");
		}

		@Override
		public String device() {
			return "cpu";
		}

		@Override
		public float[][] embed(final FloatBuffer tiles, final int n, final int channelCount, final int side) {
			final float[][] vectors = new float[n][2];
			vectors[n - 1][1] = value;
			return vectors;
		}

		@Override
		public void close() {
			// It holds nothing.
		}
	}

	@Test
	void featuresThatAreNotFiniteAreRefusedWithTheirTile() {
		final float[] pixels = new float[64 * 32];
		for (int i = 0; i < pixels.length; i++) pixels[i] = i % 97;
		final Img<?> image = ArrayImgs.floats(pixels, 64, 32);
		try (ImageEmbedder embedder = new ImageEmbedder(new Constant(1))) {
			assertEquals(2, embedder.embed(image, 32).rowCount());
		}
		for (final float value : new float[]{Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
			try (ImageEmbedder embedder = new ImageEmbedder(new Constant(value))) {
				final IllegalArgumentException exc = assertThrows(IllegalArgumentException.class,
					() -> embedder.embed(image, 32));
				assertTrue(exc.getMessage().contains("not finite for the tile at 32, 0"), exc.getMessage());
			}
		}
	}
}
