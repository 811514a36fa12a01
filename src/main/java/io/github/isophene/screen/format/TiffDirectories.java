// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.isophene.files.RegularFile;

/**
 * Directories of a TIFF or BigTIFF file, as far as they tell how many pages it has and what its description is. The
 * pixels' reader is of a higher level than formats and reads more than a folder's listing can afford.
 */
final class TiffDirectories {

	/** Number of pages that are counted; files with more are said to have that many. */
	static final int MOST_PAGES = 10_000;

	private static final int NEW_SUBFILE_TYPE = 254;
	private static final int SUBFILE_TYPE = 255;
	private static final int WIDTH = 256;
	private static final int HEIGHT = 257;
	private static final int BITS = 258;
	private static final int DESCRIPTION = 270;
	private static final int SAMPLES = 277;
	private static final int FORMAT = 339;

	private static final int ENTRIES = 4096;
	private static final long LONGEST = 64L << 20;
	private static final Pattern IMAGEJ_PAGES = Pattern.compile("(?m)^images=(\\d{1,9})$");

	private final RandomAccessFile file;
	private final ByteOrder order;
	private final boolean big;

	private TiffDirectories(final RandomAccessFile file) throws IOException {
		this.file = file;
		final ByteBuffer start = ByteBuffer.wrap(bytes(0, 4));
		order = start.getShort() == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
		big = start.order(order).getShort() == 43;
	}

	private interface Question<T> {

		T to(TiffDirectories directories) throws IOException;
	}

	/**
	 * Reads the image description (tag 270) of the first directory.
	 *
	 * @return {@code null} if the file is no TIFF, or has none
	 * @throws IOException if the file can't be read
	 */
	static String description(final Path path) throws IOException {
		return ask(path, directories -> directories.directory(directories.first()).description, null);
	}

	/**
	 * Counts the pages of the first one's size and pixel type, without thumbnails, levels of a pyramid and masks.
	 *
	 * @return 1 if the file is no TIFF
	 * @throws IOException if the file can't be read
	 */
	static int pages(final Path path) throws IOException {
		return ask(path, TiffDirectories::pages, 1);
	}

	private static <T> T ask(final Path path, final Question<T> question, final T otherwise) throws IOException {
		if (RegularFile.isSpecial(path)) return otherwise; // said when its pixels are read
		try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
			final int order = file.length() < 16 ? 0 : file.readUnsignedShort();
			return order == 0x4949 || order == 0x4d4d ? question.to(new TiffDirectories(file)) : otherwise;
		}
		catch (final EOFException e) {
			return otherwise; // truncated: said when its pixels are read
		}
	}

	private int pages() throws IOException {
		final Set<Long> seen = new HashSet<>();
		Directory first = null;
		int pages = 0;
		int main = 0;
		for (long at = first(); seen.add(at) && main < MOST_PAGES;) {
			final Directory directory = directory(at);
			if (!directory.isAuxiliary()) {
				main++;
				if (first == null) first = directory;
				if (Arrays.equals(first.kind(), directory.kind())) pages++;
			}
			at = directory.next;
			if (at < 8 || at >= file.length()) break;
		}
		if (main != 1 || first.description == null) return Math.max(1, pages);
		// ImageJ writes stacks of more than 4 GB with one directory for all planes.
		final Matcher images = IMAGEJ_PAGES.matcher(first.description);
		return first.description.startsWith("ImageJ=") && images.find()
			? Math.max(1, Math.min(MOST_PAGES, Integer.parseInt(images.group(1)))) : 1;
	}

	private long first() throws IOException {
		return big ? number(bytes(8, 8)) : number(bytes(4, 4));
	}

	/** One directory: the first values of its tags, and where the next one is (0: nowhere). */
	private static final class Directory {

		private final Map<Integer, Long> numbers = new HashMap<>();
		private String description;
		private long next;

		private long get(final int tag, final long otherwise) {
			return numbers.getOrDefault(tag, otherwise);
		}

		/** Returns whether it is a thumbnail, a level of a pyramid or a mask of another image of the file. */
		private boolean isAuxiliary() {
			return (get(NEW_SUBFILE_TYPE, 0) & 5) != 0 || get(SUBFILE_TYPE, 1) == 2;
		}

		private long[] kind() {
			return new long[]{get(WIDTH, 0), get(HEIGHT, 0), get(BITS, 1), get(SAMPLES, 1), get(FORMAT, 1)};
		}
	}

	private Directory directory(final long at) throws IOException {
		final Directory directory = new Directory();
		if (at < 8 || at >= file.length()) return directory;
		final long entries = number(bytes(at, big ? 8 : 2));
		if (entries < 1 || entries > ENTRIES) return directory;
		final int size = big ? 20 : 12;
		final int inline = big ? 8 : 4;
		final long start = at + (big ? 8 : 2);
		final byte[] all = bytes(start, (int) entries * size);
		for (int i = 0; i < all.length; i += size) {
			final int tag = (int) number(Arrays.copyOfRange(all, i, i + 2));
			final int type = (int) number(Arrays.copyOfRange(all, i + 2, i + 4));
			final long count = number(Arrays.copyOfRange(all, i + 4, i + 4 + inline));
			final byte[] value = Arrays.copyOfRange(all, i + 4 + inline, i + size);
			if (tag == DESCRIPTION && type == 2) directory.description = text(count, value);
			else if (count > 0 && (type == 1 || type == 3 || type == 4)) {
				final int bytes = type == 1 ? 1 : type == 3 ? 2 : 4;
				// Bits of several samples are one number here: where they lie.
				directory.numbers.put(tag, count * bytes > inline ? -count : number(Arrays.copyOf(value, bytes)));
			}
		}
		final long end = start + all.length;
		directory.next = file.length() - end < inline ? 0 : number(bytes(end, inline));
		return directory;
	}

	private String text(final long count, final byte[] value) throws IOException {
		if (count < 1 || count > LONGEST) return null;
		byte[] text = value;
		if (count > value.length) {
			final long at = number(value);
			if (at < 8 || at >= file.length()) return null;
			text = bytes(at, (int) Math.min(count, file.length() - at));
		}
		return new String(text, StandardCharsets.UTF_8).replaceFirst("\0[\\s\\S]*$", "");
	}

	private byte[] bytes(final long at, final int length) throws IOException {
		final byte[] bytes = new byte[length];
		file.seek(at);
		file.readFully(bytes);
		return bytes;
	}

	/** An unsigned integer of up to eight bytes. */
	private long number(final byte[] bytes) {
		long value = 0;
		for (int i = 0; i < bytes.length; i++)
			value |= (bytes[i] & 0xffL) << 8 * (order == ByteOrder.LITTLE_ENDIAN ? i : bytes.length - 1 - i);
		return value;
	}
}
