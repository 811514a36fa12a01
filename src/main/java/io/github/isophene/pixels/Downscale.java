// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;

/**
 * Reduction of an image by an integer factor, before tiles are cut. As text:
 * <ul>
 * <li>{@code 1} — none;</li>
 * <li>{@code mean:2} (or {@code 2}) — each pixel is the mean of a square of 2 x 2, as when a
 * camera bins; 8 and 16 bit stay what they are, the mean rounded to the nearest number,
 * halves up; a square with a pixel that isn't finite becomes one;</li>
 * <li>{@code nearest:2} — each pixel is one of a square of 2 x 2, that at (1, 1) counted from
 * 0; of n x n that at (n / 2, n / 2) rounded down. JUMP's fields are halved so before
 * CS-ARM-BN sees them (ml-jku/cs-arm-bn at e091e7e; the nearest-neighbor kernel of libvips).</li>
 * </ul>
 * Columns on the right and rows at the bottom that fill no square are left out (our choice).
 *
 * @param method how a square becomes one pixel; {@code MEAN} where the factor is 1
 * @param factor side of a square, pixels, at least 1
 */
public record Downscale(Reduction method, int factor) {

	/** Reduction of a square to one pixel. */
	public enum Reduction {
		/** Mean of the square. */
		MEAN,
		/** Pixel in the middle of the square, of an even side that right of and below the middle. */
		NEAREST
	}

	/** Full size. */
	public static final Downscale NONE = new Downscale(Reduction.MEAN, 1);

	/** @throws IllegalArgumentException if the factor is below 1 */
	public Downscale {
		if (factor < 1) throw new IllegalArgumentException("downscale = " + factor + ": " + FORMS);
		if (factor == 1) method = Reduction.MEAN;
	}

	private static final String FORMS = "write 1 (full size), mean:2 (half size, mean of 2 x 2 pixels), nearest:2 " +
		"(half size, one of 2 x 2 pixels), or another integer from 1";

	/** Means of squares. */
	public static Downscale mean(final int factor) {
		return new Downscale(Reduction.MEAN, factor);
	}

	/** One pixel of each square. */
	public static Downscale nearest(final int factor) {
		return new Downscale(Reduction.NEAREST, factor);
	}

	/**
	 * Returns the reduction that a text names; the inverse of {@link #spec}.
	 *
	 * @throws IllegalArgumentException if the text is none of the forms above
	 */
	public static Downscale parse(final String text) {
		final String[] parts = text.strip().toLowerCase(Locale.ROOT).split(":", -1);
		try {
			final int factor = Integer.parseInt(parts[parts.length - 1].strip());
			if (factor >= 1 && parts.length == 1 || factor >= 1 && parts.length == 2 && parts[0].equals("mean"))
				return mean(factor);
			if (factor >= 1 && parts.length == 2 && parts[0].equals("nearest")) return nearest(factor);
		}
		catch (final NumberFormatException exc) {
			throw new IllegalArgumentException("downscale = " + text + ": " + FORMS, exc);
		}
		throw new IllegalArgumentException("downscale = " + text + ": " + FORMS);
	}

	/** Text of this reduction: {@code 1}, {@code mean:2}, {@code nearest:2}. */
	public String spec() {
		return factor == 1 ? "1" : method.name().toLowerCase(Locale.ROOT) + ":" + factor;
	}

	/** Returns whether images stay as they are. */
	public boolean isNone() {
		return factor == 1;
	}

	/**
	 * Returns the smaller image.
	 *
	 * @param image [X, Y, C], or [X, Y] for one channel, of real numbers
	 * @return image [X / factor, Y / factor, C] in memory, of 8 or 16 bit if the image is, else of floats; the
	 * image itself
	 *         if there is nothing to do
	 * @throws IllegalArgumentException if the factor is larger than the image
	 */
	public RandomAccessibleInterval<?> of(final RandomAccessibleInterval<?> image) {
		return isNone() ? image : smaller(image);
	}

	/** As {@link #of(RandomAccessibleInterval)}, for what a reader gives. */
	public Img<?> of(final Img<?> image) {
		return isNone() ? image : smaller(image);
	}

	private Img<?> smaller(final RandomAccessibleInterval<?> image) {
		final PixelBlocks blocks = PixelBlocks.of(image);
		final int width = Math.toIntExact(blocks.width() / factor);
		final int height = Math.toIntExact(blocks.height() / factor);
		if (width < 1 || height < 1)
			throw new IllegalArgumentException("The image has " + blocks.width() + " x " + blocks.height() +
				" pixels: nothing is left of it with downscale = " + spec());
		final List<Object> planes = new ArrayList<>();
		for (int c = 0; c < blocks.channels(); c++) {
			planes.add(method == Reduction.MEAN ? means(blocks, c, width, height) : picks(blocks, c, width, height));
		}
		final double[] typeMaxima = new double[blocks.channels()];
		Arrays.setAll(typeMaxima, blocks::typeMaximum);
		return PlanarImages.of(planes, blocks.depth(), width, height, typeMaxima);
	}

	private Object picks(final PixelBlocks blocks, final int channel, final int width, final int height) {
		final int row = width * factor;
		final int middle = factor / 2;
		final Object line = blocks.array(row);
		final Object plane = blocks.array(width * height);
		for (int y = 0; y < height; y++) {
			blocks.copy(0, (long) y * factor + middle, channel, row, 1, line);
			final int first = y * width;
			if (line instanceof byte[] from)
				for (int x = 0; x < width; x++) ((byte[]) plane)[first + x] = from[x * factor + middle];
			else
				if (line instanceof short[] from)
					for (int x = 0; x < width; x++) ((short[]) plane)[first + x] = from[x * factor + middle];
				else
					for (int x = 0; x < width; x++)
						((float[]) plane)[first + x] = ((float[]) line)[x * factor + middle];
		}
		return plane;
	}

	private Object means(final PixelBlocks blocks, final int channel, final int width, final int height) {
		final int row = width * factor;
		final Object strip = blocks.array(row * factor);
		final double[] sums = new double[width];
		final Object plane = blocks.array(width * height);
		for (int y = 0; y < height; y++) {
			blocks.copy(0, (long) y * factor, channel, row, factor, strip);
			Arrays.fill(sums, 0);
			for (int line = 0; line < factor; line++) add(strip, line * row, factor, sums);
			for (int x = 0; x < width; x++) set(plane, y * width + x, sums[x] / (factor * factor));
		}
		return plane;
	}

	/** Adds a row, of whose pixels {@code factor} at a time belong to one sum. */
	private static void add(final Object values, final int from, final int factor, final double[] sums) {
		int i = from;
		if (values instanceof byte[] bytes) {
			for (int x = 0; x < sums.length; x++) {
				int sum = 0;
				for (final int end = i + factor; i < end; i++) sum += bytes[i] & 0xff;
				sums[x] += sum;
			}
		}
		else if (values instanceof short[] shorts) {
			for (int x = 0; x < sums.length; x++) {
				long sum = 0;
				for (final int end = i + factor; i < end; i++) sum += shorts[i] & 0xffff;
				sums[x] += sum;
			}
		}
		else {
			final float[] floats = (float[]) values;
			for (int x = 0; x < sums.length; x++) {
				double sum = sums[x];
				for (final int end = i + factor; i < end; i++) sum += floats[i];
				sums[x] = sum;
			}
		}
	}

	private static void set(final Object values, final int i, final double mean) {
		if (values instanceof byte[] bytes) bytes[i] = (byte) (int) (mean + 0.5);
		else if (values instanceof short[] shorts) shorts[i] = (short) (int) (mean + 0.5);
		else((float[]) values)[i] = (float) mean;
	}
}
