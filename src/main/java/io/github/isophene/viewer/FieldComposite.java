// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.viewer;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.screen.Field;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.view.Views;

/**
 * Fields as ImageJ composites: a channel per stain with its name, in a color of its own, and with a contrast
 * that is the same for a whole
 * plate, so that wells can be compared by eye.
 */
public final class FieldComposite {

	private static final double LOW = 0.005;
	private static final double HIGH = 0.998;
	private static final int FIELDS = 12;
	private static final Color[] COLORS = {new Color(0x40, 0x80, 0xFF), Color.GREEN, Color.RED, Color.MAGENTA,
		Color.YELLOW, Color.CYAN, Color.ORANGE, Color.WHITE};

	private final FieldReaders readers;
	private final List<String> channels;

	/** @param channels names, in the order of the fields' planes */
	public FieldComposite(final FieldReaders readers, final List<String> channels) {
		this.readers = readers;
		this.channels = channels;
	}

	/**
	 * Measures the contrast of a plate: per channel the {@value #LOW} and {@value #HIGH} quantiles of evenly
	 * spread fields.
	 *
	 * @param fields of the plate
	 * @return [channels][lowest, highest]
	 * @throws IOException if no field can be read
	 */
	public double[][] contrast(final List<Field> fields) throws IOException {
		final List<List<float[]>> samples = new ArrayList<>();
		for (int c = 0; c < channels.size(); c++) samples.add(new ArrayList<>());
		final int n = Math.min(FIELDS, fields.size());
		IOException failure = null;
		for (int i = 0; i < n; i++) {
			try {
				final RandomAccessibleInterval<
					?> image = readers.read(fields.get((int) ((long) i * fields.size() / n)));
				for (int c = 0; c < channels.size(); c++) samples.get(c).add(some(plane(image, c)));
			}
			catch (final IOException exc) {
				failure = exc;
			}
		}
		final double[][] contrast = new double[channels.size()][];
		for (int c = 0; c < contrast.length; c++) {
			if (samples.get(c).isEmpty())
				throw failure == null ? new IOException("There is no field to measure the contrast of") : failure;
			contrast[c] = quantiles(samples.get(c));
		}
		return contrast;
	}

	/** Returns every 7th value, which is enough for quantiles, and no divisor of usual widths. */
	private static float[] some(final float[] plane) {
		final float[] some = new float[(plane.length + 6) / 7];
		for (int i = 0; i < some.length; i++) some[i] = plane[7 * i];
		return some;
	}

	private static double[] quantiles(final List<float[]> planes) {
		int length = 0;
		for (final float[] plane : planes) length += plane.length;
		final float[] all = new float[length];
		int at = 0;
		for (final float[] plane : planes) for (final float v : plane) if (Float.isFinite(v)) all[at++] = v;
		if (at == 0) return new double[]{0, 1};
		Arrays.sort(all, 0, at);
		final double low = all[(int) (LOW * (at - 1))];
		final double high = all[(int) (HIGH * (at - 1))];
		return new double[]{low, high > low ? high : low + 1};
	}

	/**
	 * Opens a field.
	 *
	 * @param contrast see {@link #contrast}
	 * @return hyperstack of as many channels as the screen has; not shown
	 */
	public ImagePlus open(final Field field, final double[][] contrast) throws IOException {
		final RandomAccessibleInterval<?> image = readers.read(field);
		final int width = (int) image.dimension(0);
		final int height = (int) image.dimension(1);
		final ImageStack stack = new ImageStack(width, height);
		final Object type = Views.iterable(image).firstElement();
		for (int c = 0; c < channels.size(); c++) {
			final float[] plane = plane(image, c);
			final ImageProcessor processor = type instanceof UnsignedShortType || type instanceof UnsignedByteType
				? new ShortProcessor(width, height, shorts(plane), null)
				: new FloatProcessor(width, height, plane);
			stack.addSlice(channels.get(c), processor);
		}
		final ImagePlus plain = new ImagePlus(field.label(), stack);
		plain.setDimensions(channels.size(), 1, 1);
		if (channels.size() == 1) {
			plain.setDisplayRange(contrast[0][0], contrast[0][1]);
			return plain;
		}
		final CompositeImage composite = new CompositeImage(plain,
			channels.size() <= 7 ? CompositeImage.COMPOSITE : CompositeImage.COLOR);
		final LUT[] luts = new LUT[channels.size()];
		for (int c = 0; c < luts.length; c++) {
			luts[c] = LUT.createLutFromColor(color(c));
			luts[c].min = contrast[c][0];
			luts[c].max = contrast[c][1];
		}
		composite.setLuts(luts);
		composite.setC(1);
		return composite;
	}

	private static short[] shorts(final float[] plane) {
		final short[] values = new short[plane.length];
		for (int i = 0; i < values.length; i++) values[i] = (short) (int) plane[i];
		return values;
	}

	/** Returns the color of a channel, counted from 0. */
	public static Color color(final int channel) {
		return COLORS[channel % COLORS.length];
	}

	/**
	 * Draws a small picture of a field.
	 *
	 * @param side largest edge, pixels
	 */
	public BufferedImage thumbnail(final Field field, final double[][] contrast, final int side) throws IOException {
		final RandomAccessibleInterval<?> image = readers.read(field);
		final int step = (int) Math.max(1, Math.max(image.dimension(0), image.dimension(1)) / side);
		final int width = (int) image.dimension(0) / step;
		final int height = (int) image.dimension(1) / step;
		final float[] red = new float[width * height];
		final float[] green = new float[red.length];
		final float[] blue = new float[red.length];
		for (int c = 0; c < channels.size(); c++) {
			final float[] plane = plane(image, c);
			final Color color = channels.size() == 1 ? Color.WHITE : color(c);
			for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
				double sum = 0;
				for (int dy = 0; dy < step; dy++)
					for (int dx = 0; dx < step; dx++)
						sum += plane[(int) ((y * step + dy) * image.dimension(0) + x * step + dx)];
				final float v = (float) Math.min(1,
					Math.max(0, (sum / (step * step) - contrast[c][0]) / (contrast[c][1] - contrast[c][0])));
				red[y * width + x] += v * color.getRed();
				green[y * width + x] += v * color.getGreen();
				blue[y * width + x] += v * color.getBlue();
			}
		}
		final BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		for (int i = 0; i < red.length; i++)
			picture.setRGB(i % width, i / width, byteOf(red[i]) << 16 | byteOf(green[i]) << 8 | byteOf(blue[i]));
		return picture;
	}

	private static int byteOf(final float value) {
		return Math.min(255, Math.round(value));
	}

	@SuppressWarnings("unchecked")
	private static <T extends RealType<T>> float[] plane(final RandomAccessibleInterval<?> image, final int channel) {
		final Cursor<
			T> cursor = Views.flatIterable(Views.hyperSlice((RandomAccessibleInterval<T>) image, 2, channel)).cursor();
		final float[] pixels = new float[(int) (image.dimension(0) * image.dimension(1))];
		for (int i = 0; i < pixels.length; i++) pixels[i] = cursor.next().getRealFloat();
		return pixels;
	}

	/** Closes what the readers keep open. */
	public void close() {
		readers.close();
	}
}
