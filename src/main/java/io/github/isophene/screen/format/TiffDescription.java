// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Image description (tag 270) of the first directory of a TIFF or BigTIFF file. The pixels' reader is of a higher level
 * than formats and reads more than a folder's listing can afford.
 */
final class TiffDescription {

	private static final int TAG = 270;
	private static final int ENTRIES = 4096;
	private static final long LONGEST = 64L << 20;

	private final RandomAccessFile file;
	private final boolean little;
	private final boolean big;

	private TiffDescription(final RandomAccessFile file) throws IOException {
		this.file = file;
		final int order = file.readUnsignedShort();
		little = order == 0x4949;
		big = number(2) == 43;
	}

	/**
	 * Reads the description.
	 *
	 * @return {@code null} if the file is no TIFF, or has none
	 * @throws IOException if the file can't be read
	 */
	static String read(final Path path) throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
			final int order = file.length() < 16 ? 0 : file.readUnsignedShort();
			if (order != 0x4949 && order != 0x4d4d) return null;
			file.seek(0);
			return new TiffDescription(file).description();
		}
		catch (final EOFException e) {
			return null; // truncated: said when its pixels are read
		}
	}

	private String description() throws IOException {
		if (big) file.seek(8);
		final long directory = number(big ? 8 : 4);
		if (directory < 8 || directory >= file.length()) return null;
		file.seek(directory);
		final long entries = number(big ? 8 : 2);
		for (long i = 0; i < entries && i < ENTRIES; i++) {
			final int tag = (int) number(2);
			final int type = (int) number(2);
			final long count = number(big ? 8 : 4);
			final long here = file.getFilePointer();
			if (tag == TAG && type == 2 && count > 0 && count <= LONGEST) {
				if (count > (big ? 8 : 4)) file.seek(number(big ? 8 : 4));
				final byte[] text = new byte[(int) Math.min(count, file.length() - file.getFilePointer())];
				file.readFully(text);
				return new String(text, StandardCharsets.UTF_8).replaceFirst("\0[\\s\\S]*$", "");
			}
			file.seek(here + (big ? 8 : 4));
		}
		return null;
	}

	private long number(final int bytes) throws IOException {
		long value = 0;
		for (int i = 0; i < bytes; i++) {
			final long b = file.readUnsignedByte();
			value = little ? value | b << 8 * i : value << 8 | b;
		}
		return value;
	}
}
