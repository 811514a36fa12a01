// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import io.github.isophene.pixels.ChannelScale;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.Layout;
import io.github.isophene.pixels.Tile;
import io.github.isophene.pixels.TileCopier;
import io.github.isophene.pixels.Tiling;
import io.github.isophene.pixels.file.GrayFile;
import io.github.isophene.pixels.file.GrayPlane;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.ImgFactory;
import net.imglib2.img.array.ArrayImgFactory;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.img.planar.PlanarImgFactory;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Speed of converting pixels to a network's floats, on one thread: GB/s of float output,
 * and its ratio to the floor, which is putting the same floats from an array into
 * the same direct buffer. Also the statistics of a field, and reading of files
 * named as arguments.
 */
public final class PixelsBench {

	private static final long[] FIELD = {1080, 1080, 5};
	private static final int TILE = 224;
	private static final int ROUNDS = 15;

	private PixelsBench() {}

	/** Runs it; arguments are image files to read. */
	public static void main(final String[] args) throws IOException {
		final List<Tile> tiles = Tiling.grid(TILE).tiles(FIELD[0], FIELD[1]);
		final int floats = (int) FIELD[2] * TILE * TILE;
		final FloatBuffer out = ByteBuffer.allocateDirect(4 * floats * tiles.size())
			.order(ByteOrder.nativeOrder())
			.asFloatBuffer();
		final float[] ready = new float[floats];
		final double floor = rate(4L * floats * tiles.size(), () -> {
			out.clear();
			for (int i = 0; i < tiles.size(); i++) out.put(ready);
		});
		print("floor: FloatBuffer.put", floor, floor);

		final Map<String, ImgFactory<?>> factories = new LinkedHashMap<>();
		factories.put("uint8 planar", new PlanarImgFactory<>(new UnsignedByteType()));
		factories.put("uint8 array", new ArrayImgFactory<>(new UnsignedByteType()));
		factories.put("uint8 cell", new CellImgFactory<>(new UnsignedByteType(), 128, 128, 1));
		factories.put("uint16 planar", new PlanarImgFactory<>(new UnsignedShortType()));
		factories.put("uint16 array", new ArrayImgFactory<>(new UnsignedShortType()));
		factories.put("uint16 cell", new CellImgFactory<>(new UnsignedShortType(), 128, 128, 1));
		factories.put("float planar", new PlanarImgFactory<>(new FloatType()));
		factories.put("float array", new ArrayImgFactory<>(new FloatType()));
		factories.put("float cell", new CellImgFactory<>(new FloatType(), 128, 128, 1));
		factories.put("int16 planar (slow path)", new PlanarImgFactory<>(new ShortType()));
		for (final Map.Entry<String, ImgFactory<?>> entry : factories.entrySet()) {
			final RandomAccessibleInterval<?> image = field(entry.getValue());
			final TileCopier copier = new TileCopier();
			for (final String spec : List.of("percentile:0.1:99.9", "clip8+fixed:0.1:0.2")) {
				final ChannelScale[] scales = Intensity.parse(spec).fit(image);
				for (final Layout layout : Layout.values()) {
					final double rate = rate(4L * floats * tiles.size(), () -> {
						out.clear();
						for (final Tile tile : tiles) copier.copy(image, tile, scales, layout, out);
					});
					final String name = entry.getKey() + ", " + layout + ", " + spec;
					print(name, rate, floor);
					if (entry.getKey().equals("uint16 planar"))
						BenchRatio.print("pixels to tensor, GB/s / those of copying, " + name, List.of(rate / floor));
				}
			}
		}
		statistics(field(factories.get("uint16 planar")), "uint16");
		statistics(field(factories.get("float planar")), "float");
		for (final String file : args) read(Path.of(file));
	}

	/** Skewed values like a microscope's: a dark background and a bright tail. */
	@SuppressWarnings({"unchecked", "rawtypes"})
	private static RandomAccessibleInterval<?> field(final ImgFactory factory) {
		final RandomAccessibleInterval image = factory.create(FIELD);
		final Random random = new Random(1);
		final double maximum = Math.min(4095, ((RealType<?>) image.getType()).getMaxValue());
		LoopBuilder.setImages((RandomAccessibleInterval<RealType>) image)
			.forEachPixel(
				t -> t.setReal(Math.rint(maximum * Math.min(1, .02 + .1 * Math.pow(random.nextDouble(), 8)))));
		return image;
	}

	private static void statistics(final RandomAccessibleInterval<?> image, final String name) {
		for (final String spec : List.of("percentile:0.1:99.9", "clip8", "self")) {
			final Intensity intensity = Intensity.parse(spec);
			final double seconds = seconds(() -> intensity.fit(image));
			System.out.printf(Locale.ROOT, "%-62s %7.1f ms per field of 5 x 1080 x 1080%n", "fit " + name + ", " + spec,
				1e3 * seconds);
		}
	}

	private static void read(final Path file) throws IOException {
		final GrayPlane plane = GrayFile.read(file, 0);
		final long bytes = (long) plane.width() * plane.height() * (plane.values() instanceof byte[] ? 1 : 2);
		final double seconds = seconds(() -> {
			try {
				GrayFile.read(file, 0);
			}
			catch (final IOException exc) {
				throw new UncheckedIOException(exc);
			}
		});
		System.out.printf(Locale.ROOT, "%-62s %7.0f MB/s of pixels, %d KB%n", "read " + file.getFileName(),
			bytes / seconds / 1e6, Files.size(file) / 1000);
	}

	private static double rate(final long bytes, final Runnable task) {
		return bytes / seconds(task) / 1e9;
	}

	/** The best of some rounds, after a second of warming up: what others do on the machine only adds. */
	private static double seconds(final Runnable task) {
		final long warm = System.nanoTime() + 1_000_000_000L;
		while (System.nanoTime() < warm) task.run();
		long best = Long.MAX_VALUE;
		for (int i = 0; i < ROUNDS; i++) {
			final long start = System.nanoTime();
			task.run();
			best = Math.min(best, System.nanoTime() - start);
		}
		return best / 1e9;
	}

	private static void print(final String what, final double rate, final double floor) {
		System.out.printf(Locale.ROOT, "%-62s %7.2f GB/s  %.2f of the floor%n", what, rate, rate / floor);
	}
}
