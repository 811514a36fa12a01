// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.isophene.files.ScratchFile;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Selection;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CachedTilesTest {

	private static final int SIDE = 50;
	private static final Tiling TILING = Tiling.grid(16);
	private static final int TILES = 9;

	@TempDir
	Path folder;

	/** Fields made of numbers, of 8, 16 or 32 bits. */
	private record Numbers(int bits) implements FieldReader {

		@Override
		public String description() {
			return "numbers";
		}

		@Override
		public boolean accepts(final Field field) {
			return true;
		}

		@Override
		public Img<?> read(final Field field) throws IOException {
			if (field.site().equals("7")) throw new IOException("no. 7 is broken");
			final Random random = new Random(field.site().hashCode());
			final int n = 2 * SIDE * SIDE;
			final byte[] bytes = new byte[n];
			random.nextBytes(bytes);
			final short[] shorts = new short[n];
			final float[] floats = new float[n];
			for (int i = 0; i < n; i++) {
				shorts[i] = (short) (bytes[i] * 200);
				floats[i] = bytes[i] / 3f;
			}
			return switch (bits) {
				case 8 -> ArrayImgs.unsignedBytes(bytes, SIDE, SIDE, 2);
				case 16 -> ArrayImgs.unsignedShorts(shorts, SIDE, SIDE, 2);
				default -> ArrayImgs.floats(floats, SIDE, SIDE, 2);
			};
		}
	}

	private static ScreenFields fields(final int n, final int bits) {
		final List<Field> fields = new ArrayList<>();
		for (int i = 0; i < n; i++) {
			fields
				.add(new Field("P", "A01", Integer.toString(100 + i), Map.of(), List.of(Plane.of("a"), Plane.of("b"))));
		}
		return new ScreenFields(new ChannelReader(new FieldReaders(List.of(new Numbers(bits))), List.of("a", "b"),
			List.of("a", "b"), Downscale.NONE), fields, Intensity.parse("percentile:1:99"), Selection.NONE);
	}

	private static float[] direct(final ScreenFields fields, final int field, final int tile) throws IOException {
		final ScaledField image = fields.read(field);
		final FloatBuffer values = FloatBuffer.allocate(2 * 16 * 16);
		new TileCopier().copy(image.image(), TILING.tiles(SIDE, SIDE).get(tile), image.scales(), Layout.NCHW, values);
		return values.array();
	}

	private static float[] cached(final CachedTiles tiles, final int field, final int tile) throws IOException {
		final FloatBuffer values = FloatBuffer.allocate(2 * 16 * 16);
		tiles.read(field, tile, values);
		assertEquals(0, values.remaining());
		return values.array();
	}

	@ParameterizedTest
	@ValueSource(ints = {8, 16, 32})
	void givesWhatDecodingGivesWhereverItWasKept(final int bits) throws IOException {
		final ScreenFields fields = fields(6, bits);
		// Two and a half fields in memory, as much on disk, one decoded anew.
		final long budget = (long) (2.5 * TILES * 2 * 16 * 16 * bits / 8);
		try (ScratchFile scratch = new ScratchFile(folder.resolve("x"), budget)) {
			final CachedTiles tiles = new CachedTiles(fields, TILING, budget, scratch);
			for (int f = 0; f < 6; f++) tiles.load(f);
			assertEquals(6, tiles.decoded());
			for (final int f : new int[]{5, 0, 3, 2, 4, 1}) {
				assertEquals(TILES, tiles.count(f));
				for (int t = 0; t < TILES; t++) assertArrayEquals(direct(fields, f, t), cached(tiles, f, t));
			}
			assertTrue(tiles.decoded() > 6 && tiles.decoded() <= 8, tiles.decoded() + " decoded");
		}
		try (var left = Files.list(folder)) {
			assertEquals(0, left.count(), "the scratch file is left");
		}
	}

	@Test
	void aPlateFourTimesAsLargeTakesNoMoreMemoryAndIsDecodedOnce() throws IOException {
		final long budget = 3L * TILES * 2 * 16 * 16 * 2;
		final long[] held = new long[2];
		for (int i = 0; i < 2; i++) {
			final int n = i == 0 ? 10 : 40;
			try (ScratchFile scratch = new ScratchFile(folder.resolve("x"), 1 << 30)) {
				final CachedTiles tiles = new CachedTiles(fields(n, 16), TILING, budget, scratch);
				for (int f = 0; f < n; f++) {
					tiles.load(f);
					assertTrue(tiles.inMemory() <= budget);
				}
				for (int pass = 0; pass < 3; pass++)
					for (int f = 0; f < n; f++) for (int t = 0; t < TILES; t++) cached(tiles, f, t);
				assertEquals(n, tiles.decoded());
				held[i] = tiles.inMemory();
			}
		}
		assertEquals(held[0], held[1]);
	}

	@Test
	void aFieldSmallerThanATileIsNamedWithItsFile() throws IOException {
		try (ScratchFile scratch = new ScratchFile(folder.resolve("x"), 0)) {
			final CachedTiles tiles = new CachedTiles(fields(2, 16), Tiling.grid(SIDE + 1), 0, scratch);
			final Exception exc = assertThrows(IllegalArgumentException.class, () -> tiles.load(1));
			assertTrue(exc.getMessage().startsWith("P A01 site 101 (a): The image has 50 x 50 pixels"),
				exc.getMessage());
		}
	}

	@Test
	void aFieldThatCannotBeReadHasNoTiles() throws IOException {
		final Field broken = new Field("P", "A01", "7", Map.of(), List.of(Plane.of("a"), Plane.of("b")));
		final ScreenFields fields = new ScreenFields(new ChannelReader(new FieldReaders(List.of(new Numbers(16))),
			List.of("a", "b"), List.of("a", "b"), Downscale.NONE), List.of(broken), Intensity.parse("self"),
				Selection.NONE);
		try (ScratchFile scratch = new ScratchFile(folder.resolve("x"), 0)) {
			final CachedTiles tiles = new CachedTiles(fields, TILING, 0, scratch);
			final IOException exc = assertThrows(IOException.class, () -> tiles.load(0));
			assertTrue(exc.getMessage().contains("no. 7"), exc.getMessage());
			assertEquals(0, tiles.count(0));
		}
	}
}
