// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.img.Img;
import net.imglib2.img.ImgFactory;
import net.imglib2.img.array.ArrayImgFactory;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.img.list.ListImgFactory;
import net.imglib2.img.planar.PlanarImgFactory;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.ByteType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.DoubleType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;

/** Every kind of image, both layouts, against one pixel at a time. */
class TileCopierTest {

	private static final List<
		String> SPECS = List.of("percentile:1:99", "clip8", "self+fixed:0.1,0.2,0.3:1,2,3", "fixed:5:7", "typemax");

	@Test
	void everyImageLayoutAndScaleAgreesWithSinglePixels() {
		final TileCopier copier = new TileCopier();
		for (final Map.Entry<String, RandomAccessibleInterval<?>> entry : images().entrySet()) {
			for (final String spec : SPECS) {
				final ChannelScale[] scales = Intensity.parse(spec).fit(entry.getValue());
				for (final Layout layout : Layout.values()) {
					for (final Tile tile : List.of(new Tile(0, 0, 1), new Tile(3, 2, 13), new Tile(70, 1, 29),
						new Tile(36, 0, 64)))
					{
						assertTile(copier, entry.getValue(), tile, scales, layout,
							entry.getKey() + ", " + spec + ", " + layout + ", " + tile);
					}
				}
			}
		}
	}

	@Test
	void tilesFollowEachOtherInTheBuffer() {
		final Img<?> image = Synthetic.channels(20, 10, 2);
		final ChannelScale[] scales = Intensity.parse("percentile:1:99").fit(image);
		final FloatBuffer out = FloatBuffer.allocate(3 + 2 * 2 * 25 + 3);
		out.position(3);
		final TileCopier copier = new TileCopier();
		for (final Tile tile : List.of(new Tile(0, 0, 5), new Tile(9, 4, 5)))
			copier.copy(image, tile, scales, Layout.NCHW, out);
		assertEquals(3 + 100, out.position());
		final float[] second = new float[60];
		copier.copy(image, new Tile(9, 4, 5), scales, Layout.NCHW, second, 7);
		for (int i = 0; i < 50; i++) assertEquals(out.get(53 + i), second[7 + i]);
		assertEquals(0, second[6]);
		assertEquals(0, second[57]);
		for (final int untouched : new int[]{0, 1, 2, 103, 104, 105}) assertEquals(0, out.get(untouched));
	}

	@Test
	void tablesFollowTheScale() {
		final Img<?> image = Synthetic.channels(8, 8, 1);
		final TileCopier copier = new TileCopier();
		for (final int high : new int[]{100, 40000, 100, 7}) {
			final ChannelScale[] scales = {ChannelScale.clamped(0, high)};
			assertTile(copier, image, new Tile(1, 1, 6), scales, Layout.NCHW, "high " + high);
		}
		final Img<?> bytes = Synthetic.image("u8", 8, 8);
		final ChannelScale[] same = {ChannelScale.clamped(0, 7)};
		assertTile(copier, bytes, new Tile(1, 1, 6), same, Layout.NCHW, "bytes after shorts");
		assertTile(copier, image, new Tile(1, 1, 6), same, Layout.NCHW, "shorts after bytes");
	}

	@Test
	void changedPixelsAreSeen() {
		final Img<UnsignedShortType> image = Synthetic.channels(8, 8, 1);
		final TileCopier copier = new TileCopier();
		final ChannelScale[] scales = {ChannelScale.linear(0, 1)};
		final float[] out = new float[64];
		copier.copy(image, new Tile(0, 0, 8), scales, Layout.NCHW, out, 0);
		image.firstElement().set(4321);
		copier.copy(image, new Tile(0, 0, 8), scales, Layout.NCHW, out, 0);
		assertEquals(4321, out[0]);
	}

	@Test
	void wrongUseIsExplained() {
		final Img<?> image = Synthetic.channels(20, 10, 2);
		final ChannelScale[] two = {ChannelScale.linear(0, 1), ChannelScale.linear(0, 1)};
		final TileCopier copier = new TileCopier();
		final FloatBuffer out = FloatBuffer.allocate(1000);
		final String beyond = assertThrows(IllegalArgumentException.class,
			() -> copier.copy(image, new Tile(16, 0, 5), two, Layout.NCHW, out)).getMessage();
		assertTrue(beyond.contains("20 x 10"), beyond);
		assertThrows(IllegalArgumentException.class,
			() -> copier.copy(image, new Tile(0, 6, 5), two, Layout.NCHW, out));
		assertThrows(IllegalArgumentException.class,
			() -> copier.copy(image, new Tile(0, 0, 5), new ChannelScale[]{two[0]}, Layout.NCHW, out));
		assertThrows(BufferOverflowException.class,
			() -> copier.copy(image, new Tile(0, 0, 5), two, Layout.NHWC, FloatBuffer.allocate(49)));
		assertEquals(0, out.position(), "nothing was written");
	}

	@Test
	void normalizeAndTilesAreTheSamePixels() {
		final Img<UnsignedShortType> image = Synthetic.channels(50, 41, 3);
		for (final String spec : SPECS) {
			final Intensity intensity = Intensity.parse(spec);
			final List<RandomAccessibleInterval<FloatType>> views = Pixels.tiles(Pixels.normalize(image, intensity),
				Tiling.grid(20));
			final List<Tile> tiles = Tiling.grid(20).tiles(50, 41);
			assertEquals(tiles.size(), views.size());
			final ChannelScale[] scales = intensity.fit(image);
			for (int i = 0; i < views.size(); i++) {
				final float[] out = new float[3 * 400];
				new TileCopier().copy(image, tiles.get(i), scales, Layout.NCHW, out, 0);
				int at = 0;
				for (final FloatType t : Views.flatIterable(views.get(i))) assertEquals(out[at++], t.get(), spec);
				assertEquals(out.length, at);
			}
		}
	}

	@Test
	void twoDimensionsAreOneChannel() {
		final RandomAccessibleInterval<?> plane = Views.hyperSlice(Synthetic.channels(12, 9, 3), 2, 1);
		final Img<FloatType> out = Pixels.normalize(plane, Intensity.parse("percentile:0:100"));
		assertEquals(2, out.numDimensions());
		float largest = 0;
		for (final FloatType t : out) largest = Math.max(largest, t.get());
		assertEquals(1, largest);
		assertEquals(2, Pixels.tiles(plane, Tiling.grid(6)).get(0).numDimensions());
	}

	private static Map<String, RandomAccessibleInterval<?>> images() {
		final long[] size = {100, 64, 3};
		final List<ImgFactory<?>> factories = new ArrayList<>();
		for (final boolean array : new boolean[]{true, false}) {
			factories.add(
				array ? new ArrayImgFactory<>(new UnsignedByteType()) : new PlanarImgFactory<>(new UnsignedByteType()));
			factories.add(array ? new ArrayImgFactory<>(new UnsignedShortType())
				: new PlanarImgFactory<>(new UnsignedShortType()));
			factories.add(array ? new ArrayImgFactory<>(new FloatType()) : new PlanarImgFactory<>(new FloatType()));
			factories.add(array ? new ArrayImgFactory<>(new ShortType()) : new PlanarImgFactory<>(new IntType()));
			factories.add(array ? new ArrayImgFactory<>(new ByteType()) : new PlanarImgFactory<>(new DoubleType()));
		}
		factories.add(new CellImgFactory<>(new UnsignedShortType(), 17, 9, 2));
		factories.add(new CellImgFactory<>(new FloatType(), 30, 30, 1));
		factories.add(new ListImgFactory<>(new UnsignedShortType()));
		final Map<String, RandomAccessibleInterval<?>> images = new LinkedHashMap<>();
		for (final ImgFactory<?> factory : factories) {
			final Img<?> image = filled(factory.create(size));
			images.put(image.getClass().getSimpleName() + " of " + factory.type().getClass().getSimpleName(), image);
		}
		final Img<?> planar = filled(new PlanarImgFactory<>(new UnsignedShortType()).create(150, 90, 3));
		images.put("a view that starts elsewhere",
			Views.interval(planar, new long[]{20, 11, 0}, new long[]{119, 80, 2}));
		images.put("channels first, permuted", Views.permute(
			Views.permute(filled(new ArrayImgFactory<>(new UnsignedShortType()).create(3, 100, 64)), 0, 1), 1, 2));
		final Img<UnsignedShortType> shorts = Synthetic.channels(100, 64, 3);
		images.put("converted", Converters.convert((RandomAccessibleInterval<UnsignedShortType>) shorts,
			(i, o) -> o.set(i.get() * .5f), new FloatType()));
		return images;
	}

	private static Img<?> filled(final Img<?> image) {
		int i = 0;
		final double maximum = Math.min(60000, ((RealType<?>) image.firstElement()).getMaxValue());
		final double minimum = Math.max(-500, ((RealType<?>) image.firstElement()).getMinValue());
		for (final Object t : image)
			((RealType<?>) t).setReal(minimum + (maximum - minimum) * (i++ * 7919 % 10007) / 10007.0);
		return image;
	}

	private static void assertTile(final TileCopier copier, final RandomAccessibleInterval<?> image, final Tile tile,
		final ChannelScale[] scales, final Layout layout, final String what)
	{
		final int size = tile.size();
		final int channels = scales.length;
		final FloatBuffer out = ByteBuffer.allocateDirect(4 * size * size * channels)
			.order(ByteOrder.nativeOrder())
			.asFloatBuffer();
		copier.copy(image, tile, scales, layout, out);
		assertEquals(out.capacity(), out.position(), what);
		final float[] array = new float[out.capacity()];
		copier.copy(image, tile, scales, layout, array, 0);
		assertEquals(FloatBuffer.wrap(array), out.duplicate().flip(), what + " in an array");
		final RandomAccess<?> access = image.randomAccess();
		for (int c = 0; c < channels; c++) {
			for (int y = 0; y < size; y++) {
				for (int x = 0; x < size; x++) {
					access.setPosition(image.min(0) + tile.x() + x, 0);
					access.setPosition(image.min(1) + tile.y() + y, 1);
					access.setPosition(image.min(2) + c, 2);
					final float expected = scales[c].apply(((RealType<?>) access.get()).getRealFloat());
					final int at = layout == Layout.NCHW ? (c * size + y) * size + x : (y * size + x) * channels + c;
					if (expected != out.get(at))
						assertEquals(expected, out.get(at), what + " at " + x + ", " + y + ", " + c);
				}
			}
		}
	}
}
