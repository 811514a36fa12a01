// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;

/**
 * Reads many bytes into an array, a piece at a time: Java copies what it reads through a native buffer of the size that
 * is asked for, which leaves the processor's cache if it is large.
 */
public final class FileBytes {

	private static final int PIECE = 1 << 16;

	private FileBytes() {}

	/**
	 * Reads from the file's position on.
	 *
	 * @param bytes takes them at its start
	 * @param length number of bytes
	 * @throws EOFException if the file ends before
	 */
	public static void readFully(final RandomAccessFile file, final byte[] bytes, final int length) throws IOException {
		for (int at = 0; at < length; at += PIECE) file.readFully(bytes, at, Math.min(PIECE, length - at));
	}

	/**
	 * Reads until the array is full or the stream ends.
	 *
	 * @return number of bytes
	 */
	public static int read(final InputStream in, final byte[] bytes) throws IOException {
		int at = 0;
		while (at < bytes.length) {
			final int n = in.read(bytes, at, Math.min(PIECE, bytes.length - at));
			if (n < 0) break;
			at += n;
		}
		return at;
	}
}
