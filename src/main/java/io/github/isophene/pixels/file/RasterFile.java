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

/**
 * PNG (8 and 16 bit grey) and JPEG (8 bit grey), through ImageIO, whose readers
 * keep all 16 bits of a PNG and throw on damage. The raw samples are taken: no
 * gamma, no colour conversion.
 */
final class RasterFile {

	private static final int PNG = 0x89504e47;
	private static final int JPEG = 0xffd8ff;

	private RasterFile() {}

	/** Whether a file that starts with these four bytes is PNG or JPEG. */
	static boolean isRaster(final int magic) {
		return magic == PNG || magic >>> 8 == JPEG;
	}

	static GreyPlane read(final Path path, final RandomAccessFile file, final int frame) throws IOException {
		if (frame != 0) {
			throw new IOException(path + " holds one plane, but frame " + frame + " (from 0) was asked for: correct the screen table");
		}
		file.seek(0);
		try (ImageInputStream in = new FileImageInputStream(file)) {
			final Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
			if (!readers.hasNext()) throw new UnsupportedFileException(path + " cannot be read by this Java: convert it to TIFF");
			final ImageReader reader = readers.next();
			try {
				reader.setInput(in, true, true);
				return grey(path, reader.read(0));
			}
			catch (final IOException | RuntimeException exc) {
				if (exc instanceof ColourException) throw exc;
				throw new IOException(path + " is damaged or truncated (" + exc.getMessage() + "): copy or export it again", exc);
			}
			finally {
				reader.dispose();
			}
		}
	}

	private static GreyPlane grey(final Path path, final BufferedImage image) throws ColourException {
		final Raster raster = image.getRaster();
		final int width = raster.getWidth();
		final int height = raster.getHeight();
		final DataBuffer data = raster.getDataBuffer();
		if (raster.getNumBands() != 1 || image.getColorModel() instanceof IndexColorModel) throw new ColourException(path);
		// Both readers give tightly packed rows for 8 and 16 bit grey; checked, not assumed.
		if (data.getSize() == width * height && raster.getSampleModel().getSampleSize(0) == DataBuffer.getDataTypeSize(data
			.getDataType()))
		{
			if (data instanceof DataBufferByte bytes) return new GreyPlane(width, height, bytes.getData());
			if (data instanceof DataBufferUShort shorts) return new GreyPlane(width, height, shorts.getData());
		}
		throw new ColourException(path);
	}

	/** The file is whole, but no 8 or 16 bit grey. */
	private static final class ColourException extends IOException {

		private static final long serialVersionUID = 1L;

		ColourException(final Path path) {
			super(path + " is colour (or has a palette, alpha or fewer than 8 bits), but one grey channel per file is " +
				"expected: split its channels and save each as 8-bit or 16-bit grey");
		}
	}
}
