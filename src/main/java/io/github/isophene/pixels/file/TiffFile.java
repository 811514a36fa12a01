// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.isophene.files.FileBytes;
import io.github.isophene.messages.Count;

/**
 * A gray TIFF file (TIFF 6.0 or BigTIFF): its chain of directories, one per
 * plane. Thumbnails, levels of a pyramid and masks are no planes.
 * <p>
 * Why not a ready-made reader: on files written by tifffile 2026.3, ImageJ 1.54p refuses
 * tiles and returns wrong pixels without an error for floats with predictor 3; Java 17's
 * ImageIO refuses 16-bit and float data with a predictor. This one reads strips and tiles,
 * both byte orders, uncompressed, LZW, deflate and PackBits, predictors 1 to 3, and is
 * two to three times as fast on LZW (see {@link Lzw}).
 * </p>
 */
final class TiffFile {

	private static final int LITTLE = 0x49492a00;
	private static final int BIG = 0x4d4d002a;
	private static final int LITTLE_64 = 0x49492b00;
	private static final int BIG_64 = 0x4d4d002b;

	private final Path path;
	private final RandomAccessFile file;
	private ByteOrder order;
	private boolean big;
	/** Of the file when it was opened: asking again takes a call of the system. */
	private final long length;

	TiffFile(final Path path, final RandomAccessFile file) throws IOException {
		this.path = path;
		this.file = file;
		length = file.length();
	}

	/** Returns whether a file that starts with these four bytes is TIFF. */
	static boolean isTiff(final int magic) {
		return magic == LITTLE || magic == BIG || magic == LITTLE_64 || magic == BIG_64;
	}

	/**
	 * Reads one plane.
	 *
	 * @param frame index of the plane, from 0
	 * @throws IOException with the file and the remedy
	 */
	GrayPlane read(final int frame) throws IOException {
		file.seek(0);
		final int magic = file.readInt();
		order = magic == LITTLE || magic == LITTLE_64 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
		big = magic == LITTLE_64 || magic == BIG_64;
		long at = big ? read(8, 8).getLong() : read(4, 4).getInt() & 0xffffffffL;
		if (at == 0) throw damaged("it has no image directory");
		final Set<Long> seen = new HashSet<>();
		final List<Long> all = new ArrayList<>();
		TiffDirectory only = null;
		int planes = 0;
		for (; at != 0; at = next(at)) {
			if (!seen.add(at)) throw damaged("its directories form a circle");
			all.add(at);
			final TiffDirectory directory = TiffDirectory.read(this, at);
			if (directory.isAuxiliary()) continue;
			if (planes == frame) return new TiffPlane(this, directory).read(0);
			if (planes++ == 0) only = directory;
		}
		if (planes == 0) {
			// All of them are said to be reduced: of what, the file doesn't tell.
			if (frame < all.size()) return new TiffPlane(this, TiffDirectory.read(this, all.get(frame))).read(0);
			planes = all.size();
		}
		else if (planes == 1) {
			// ImageJ writes stacks of more than 4 GB with one directory for all planes.
			planes = only.imagejPlanes();
			if (frame < planes) return new TiffPlane(this, only).read(frame);
		}
		throw new IOException(path + " holds " + Count.of(planes, "plane") + ", but frame " +
			frame + " (from 0) was asked for: correct the screen table");
	}

	Path path() {
		return path;
	}

	boolean isBig() {
		return big;
	}

	ByteOrder order() {
		return order;
	}

	/** Reads bytes, to be taken in the file's byte order. */
	ByteBuffer read(final long offset, final int count) throws IOException {
		requireWithin(offset, count);
		final byte[] bytes = new byte[count];
		read(offset, bytes, count);
		return ByteBuffer.wrap(bytes).order(order);
	}

	/** Reads {@code count} bytes to the start of {@code into}. */
	void read(final long offset, final byte[] into, final int count) throws IOException {
		requireWithin(offset, count);
		file.seek(offset);
		FileBytes.readFully(file, into, count);
	}

	long length() {
		return length;
	}

	/** Fails if the file ends before the last of these bytes. */
	void requireWithin(final long offset, final long bytes) throws IOException {
		if (offset < 0 || bytes < 0 || bytes > length || offset > length - bytes) {
			throw new IOException(path + " is truncated: it has " + length + " bytes, but " + bytes +
				" bytes from byte " + offset + " on are needed; copy or export it again");
		}
	}

	/** Number of entries of the directory at an offset. */
	int entries(final long at) throws IOException {
		final long n = big ? read(at, 8).getLong() : read(at, 2).getShort() & 0xffff;
		if (n < 1 || n > 0xffff) throw damaged("a directory has " + Count.of(n, "entry"));
		return (int) n;
	}

	/** A message for a file that breaks the format. */
	IOException damaged(final String why) {
		return new IOException(path + " is damaged: " + why + "; copy or export it again");
	}

	/** A message for a file that is whole, but cannot be used. */
	IOException unsupported(final String why) {
		return new UnsupportedFileException(path + " cannot be read: " + why +
			"; save it as uncompressed, LZW or deflate gray TIFF of 8 bit, 16 bit or float");
	}

	private long next(final long at) throws IOException {
		final int n = entries(at);
		if (big) return read(at + 8 + 20L * n, 8).getLong();
		return read(at + 2 + 12L * n, 4).getInt() & 0xffffffffL;
	}
}
