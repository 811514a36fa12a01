// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.file;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Iterator;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

import io.github.isophene.storage.SizeLimit;

/**
 * PNG (8 and 16 bit) and JPEG (8 bit), gray or color of one stain (see {@link OneStain}), through ImageIO,
 * whose readers
 * keep all 16 bits of a PNG and throw on damage. The raw samples are taken: no
 * gamma, no color conversion.
 */
final class RasterFile {

	private static final int PNG = 0x89504e47;
	private static final int JPEG = 0xffd8ff;

	private RasterFile() {}

	/** Returns whether a file that starts with these four bytes is PNG or JPEG. */
	static boolean isRaster(final int magic) {
		return magic == PNG || magic >>> 8 == JPEG;
	}

	static GrayPlane read(final Path path, final RandomAccessFile file, final int frame) throws IOException {
		if (frame != 0) {
			throw new IOException(
				path + " holds one plane, but frame " + frame + " (from 0) was asked for: correct the screen table");
		}
		file.seek(0);
		final boolean jpeg = file.readInt() >>> 8 == JPEG;
		file.seek(0);
		try (ImageInputStream in = new FileImageInputStream(file)) {
			final Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
			if (!readers.hasNext())
				throw new UnsupportedFileException(path + " cannot be read by this Java: convert it to TIFF");
			final ImageReader reader = readers.next();
			try {
				reader.setInput(in, true, true);
				// Decoded, a pixel has up to four channels of two bytes.
				SizeLimit.requirePlane(path.toString(), reader.getWidth(0), reader.getHeight(0), 8);
				return gray(path, reader.read(0), jpeg);
			}
			catch (final IOException | RuntimeException exc) {
				if (exc instanceof ColorException) throw exc;
				throw new IOException(
					path + " is damaged or truncated (" + exc.getMessage() + "): copy or export it again", exc);
			}
			finally {
				reader.dispose();
			}
		}
	}

	private static GrayPlane gray(final Path path, final BufferedImage image, final boolean lossy)
		throws ColorException
	{
		final Raster raster = image.getRaster();
		final int width = raster.getWidth();
		final int height = raster.getHeight();
		final DataBuffer data = raster.getDataBuffer();
		if (raster.getNumBands() != 1 || image.getColorModel() instanceof IndexColorModel)
			return oneStain(path, image, lossy);
		// Both readers give tightly packed rows for 8 and 16 bit gray; checked, not assumed.
		if (data.getSize() == width * height &&
			raster.getSampleModel().getSampleSize(0) == DataBuffer.getDataTypeSize(data.getDataType()))
		{
			if (data instanceof DataBufferByte bytes) return new GrayPlane(width, height, bytes.getData());
			if (data instanceof DataBufferUShort shorts) return new GrayPlane(width, height, shorts.getData());
		}
		throw new ColorException(path);
	}

	/** A color image, or one with a palette or alpha, that shows one stain. */
	private static GrayPlane oneStain(final Path path, final BufferedImage image, final boolean lossy)
		throws ColorException
	{
		final Raster raster = image.getRaster();
		final int width = raster.getWidth();
		final int pixels = width * raster.getHeight();
		final IndexColorModel palette = image.getColorModel() instanceof IndexColorModel model ? model : null;
		final int depth = palette != null ? 8 : raster.getSampleModel().getSampleSize(0);
		final boolean alpha = image.getColorModel().hasAlpha();
		final int colors = palette != null ? 3 : raster.getNumBands() - (alpha ? 1 : 0);
		final boolean few = palette != null && palette.getPixelSize() < 8;
		if (few || depth != 8 && depth != 16 || colors != 1 && colors != 3) throw new ColorException(path);
		final OneStain.Bands bands = palette == null ? (b, i) -> raster.getSample(i % width, i / width, b) //
			: (b, i) -> palette.getRGB(raster.getSample(i % width, i / width, 0)) >>> 16 - 8 * b & 0xff;
		// what is transparent has no defined value
		for (int i = 0; alpha && i < pixels; i++) {
			final int opacity = palette == null ? raster.getSample(i % width, i / width, colors)
				: palette.getAlpha(raster.getSample(i % width, i / width, 0));
			if (opacity != (1 << depth) - 1) throw new ColorException(path);
		}
		final int band = new OneStain(colors, pixels, lossy).find(bands);
		if (band < 0) throw new ColorException(path);
		if (depth == 8) {
			final byte[] values = new byte[pixels];
			for (int i = 0; i < pixels; i++) values[i] = (byte) bands.at(band, i);
			return new GrayPlane(width, raster.getHeight(), values);
		}
		final short[] values = new short[pixels];
		for (int i = 0; i < pixels; i++) values[i] = (short) bands.at(band, i);
		return new GrayPlane(width, raster.getHeight(), values);
	}

	/** The file is whole, but no 8 or 16 bit gray. */
	private static final class ColorException extends IOException {

		private static final long serialVersionUID = 1L;

		ColorException(final Path path) {
			super(path +
				" is color of several stains (or has transparency or fewer than 8 bits), but one gray channel per " +
				"file is expected: split its channels and save each as 8-bit or 16-bit gray");
		}
	}
}
