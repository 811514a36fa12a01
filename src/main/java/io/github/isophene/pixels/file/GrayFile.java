// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.isophene.files.RegularFile;

/**
 * Reads a gray plane of a file, whatever its name: what the first bytes say
 * decides. TIFF goes through {@link TiffFile}, PNG and JPEG through Java's own
 * ImageIO. No windows, no global state: any number of threads may read at once.
 */
public final class GrayFile {

	private static final int MAGIC_BYTES = 4;

	private GrayFile() {}

	/**
	 * Reads one plane.
	 *
	 * @param path an image file
	 * @param frame which plane of it, from 0
	 * @throws IOException if it is absent, damaged, color, or of a type that cannot
	 *           be read; the message names the file and the remedy
	 */
	public static GrayPlane read(final Path path, final int frame) throws IOException {
		RegularFile.require(path);
		if (!Files.isRegularFile(path)) {
			throw new IOException(
				path + " does not exist or is no file: restore it, or correct its path in the screen table");
		}
		if (!Files.isReadable(path)) throw new IOException(path + " may not be read: grant the right to read it");
		try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
			final int magic = magic(file);
			if (TiffFile.isTiff(magic)) return new TiffFile(path, file).read(frame);
			if (RasterFile.isRaster(magic)) return RasterFile.read(path, file, frame);
		}
		catch (final EOFException exc) {
			throw new IOException(path + " is truncated: copy or export it again", exc);
		}
		throw new UnsupportedFileException(
			path + " is no TIFF, PNG or JPEG file: export or convert it to 8-bit, 16-bit or float gray TIFF");
	}

	/** The first four bytes, most significant first; 0 in a shorter file. */
	private static int magic(final RandomAccessFile file) throws IOException {
		if (file.length() < MAGIC_BYTES) return 0;
		return file.readInt();
	}
}
