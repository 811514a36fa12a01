// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;

/**
 * Makes images smaller by a whole number: each pixel is the mean of a square of
 * {@code factor} x {@code factor}, as when a camera bins. JUMP's fields are halved so
 * before CS-ARM-BN sees them (Sanchez-Fernandez et al. 2026, arXiv 2604.20824).
 * <p>
 * 8 and 16 bit stay what they are, the mean rounded to the nearest number, halves up.
 * Columns on the right and rows at the bottom that fill no square are left out. A
 * square with a pixel that isn't finite becomes one.
 * </p>
 */
public final class Downscale {

	private Downscale() {}

	/**
	 * The smaller image.
	 *
	 * @param image [X, Y, C], or [X, Y] for one channel, of real numbers
	 * @param factor 1 or more; 1 gives the image itself
	 * @return image [X / factor, Y / factor, C] in memory, of 8 or 16 bit if the image is, else of floats
	 * @throws IllegalArgumentException if the factor is below 1, or larger than the image
	 */
	public static RandomAccessibleInterval<?> by(final RandomAccessibleInterval<?> image, final int factor) {
		check(factor);
		return factor == 1 ? image : smaller(image, factor);
	}

	/** As {@link #by(RandomAccessibleInterval, int)}, for what a reader gives. */
	public static Img<?> by(final Img<?> image, final int factor) {
		check(factor);
		return factor == 1 ? image : smaller(image, factor);
	}

	/** @throws IllegalArgumentException if the factor is below 1 */
	public static int check(final int factor) {
		if (factor < 1) throw new IllegalArgumentException("downscale is " + factor + ": give 1 (full size), 2 (half), or more");
		return factor;
	}

	private static Img<?> smaller(final RandomAccessibleInterval<?> image, final int factor) {
		final PixelBlocks blocks = PixelBlocks.of(image);
		final int width = Math.toIntExact(blocks.width() / factor);
		final int height = Math.toIntExact(blocks.height() / factor);
		if (width < 1 || height < 1) throw new IllegalArgumentException("The image has " + blocks.width() + " x " + blocks
			.height() + " pixels: nothing is left of it with downscale " + factor);
		final List<Object> planes = new ArrayList<>();
		for (int c = 0; c < blocks.channels(); c++) planes.add(plane(blocks, c, factor, width, height));
		final double[] typeMaxima = new double[blocks.channels()];
		Arrays.setAll(typeMaxima, blocks::typeMaximum);
		return PlanarImages.of(planes, blocks.depth(), width, height, typeMaxima);
	}

	private static Object plane(final PixelBlocks blocks, final int channel, final int factor, final int width,
		final int height)
	{
		final int row = width * factor;
		final Object strip = blocks.array(row * factor);
		final double[] sums = new double[width];
		final Object plane = blocks.array(width * height);
		for (int y = 0; y < height; y++) {
			blocks.copy(0, (long) y * factor, channel, row, factor, strip);
			Arrays.fill(sums, 0);
			for (int i = 0; i < row * factor; i++) sums[i % row / factor] += value(strip, i);
			for (int x = 0; x < width; x++) set(plane, y * width + x, sums[x] / (factor * factor));
		}
		return plane;
	}

	private static double value(final Object values, final int i) {
		if (values instanceof byte[] bytes) return bytes[i] & 0xff;
		if (values instanceof short[] shorts) return shorts[i] & 0xffff;
		return ((float[]) values)[i];
	}

	private static void set(final Object values, final int i, final double mean) {
		if (values instanceof byte[] bytes) bytes[i] = (byte) (int) (mean + 0.5);
		else if (values instanceof short[] shorts) shorts[i] = (short) (int) (mean + 0.5);
		else ((float[]) values)[i] = (float) mean;
	}
}
