// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The smallest useful TIFF: one 16-bit gray plane, little-endian, one strip, no
 * compression (TIFF 6.0, sections 2 and 4). Not compressed, because deflate's
 * output depends on the zlib that a Java brings or finds, and equal screens
 * shall have equal bytes everywhere.
 */
public final class GrayTiff {

	private static final int ENTRIES = 10;
	private static final int PIXELS_AT = 8 + 2 + 12 * ENTRIES + 4;
	private static final int SHORT = 3;
	private static final int LONG = 4;

	private GrayTiff() {}

	/**
	 * Encodes a plane.
	 *
	 * @param pixels unsigned 16-bit values, row by row
	 * @return the file's content
	 */
	public static byte[] encode(final short[] pixels, final int width, final int height) {
		final ByteBuffer file = ByteBuffer.allocate(PIXELS_AT + 2 * pixels.length).order(ByteOrder.LITTLE_ENDIAN);
		file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
		file.putShort((short) ENTRIES);
		entry(file, 256, LONG, width);
		entry(file, 257, LONG, height);
		entry(file, 258, SHORT, 16); // bits per sample
		entry(file, 259, SHORT, 1); // no compression
		entry(file, 262, SHORT, 1); // black is zero
		entry(file, 273, LONG, PIXELS_AT);
		entry(file, 277, SHORT, 1); // samples per pixel
		entry(file, 278, LONG, height); // rows per strip
		entry(file, 279, LONG, 2 * pixels.length);
		entry(file, 339, SHORT, 1); // unsigned
		file.putInt(0);
		for (final short pixel : pixels) file.putShort(pixel);
		return file.array();
	}

	/** Returns the length of the file of a plane of so many pixels, bytes. */
	static long length(final long pixels) {
		return PIXELS_AT + 2 * pixels;
	}

	private static void entry(final ByteBuffer file, final int tag, final int type, final int value) {
		file.putShort((short) tag).putShort((short) type).putInt(1).putInt(value);
	}
}
