// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tags of one plane of a TIFF file that say where and how its pixels lie. */
final class TiffDirectory {

	static final int NEW_SUBFILE_TYPE = 254;
	static final int SUBFILE_TYPE = 255;
	static final int WIDTH = 256;
	static final int HEIGHT = 257;
	static final int BITS = 258;
	static final int COMPRESSION = 259;
	static final int PHOTOMETRIC = 262;
	static final int FILL_ORDER = 266;
	static final int STRIP_OFFSETS = 273;
	static final int SAMPLES = 277;
	static final int ROWS_PER_STRIP = 278;
	static final int STRIP_COUNTS = 279;
	static final int PLANAR = 284;
	static final int PREDICTOR = 317;
	static final int TILE_WIDTH = 322;
	static final int TILE_HEIGHT = 323;
	static final int TILE_OFFSETS = 324;
	static final int TILE_COUNTS = 325;
	static final int SAMPLE_FORMAT = 339;
	private static final int DESCRIPTION = 270;

	private static final Pattern IMAGEJ = Pattern.compile("^ImageJ=.*?^images=(\\d{1,9})$",
		Pattern.DOTALL | Pattern.MULTILINE);
	/** Bytes of the types 1 to 18: BYTE, ASCII, SHORT, LONG, RATIONAL and so on. */
	private static final int[] BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

	private final TiffFile file;
	private final Map<Integer, long[]> numbers = new HashMap<>();
	private String description = "";

	private TiffDirectory(final TiffFile file) {
		this.file = file;
	}

	static TiffDirectory read(final TiffFile file, final long at) throws IOException {
		final TiffDirectory directory = new TiffDirectory(file);
		final int n = file.entries(at);
		final ByteBuffer entries = file.read(at + (file.isBig() ? 8 : 2), n * (file.isBig() ? 20 : 12));
		for (int i = 0; i < n; i++) directory.entry(entries);
		return directory;
	}

	/** The first value of a tag, or a default where the file has none. */
	long get(final int tag, final long otherwise) {
		final long[] values = numbers.get(tag);
		return values == null || values.length == 0 ? otherwise : values[0];
	}

	/** All values of a tag, empty where the file has none. */
	long[] all(final int tag) {
		return numbers.getOrDefault(tag, new long[0]);
	}

	/** Returns whether the directory is a thumbnail, a level of a pyramid or a mask of another image of the file. */
	boolean isAuxiliary() {
		// Bits 0 and 2: of reduced resolution, a transparency mask; in the older tag 2 is a reduced image.
		return (get(NEW_SUBFILE_TYPE, 0) & 5) != 0 || get(SUBFILE_TYPE, 1) == 2;
	}

	/** Planes in a row after this directory's first, by ImageJ's description; 1 where it says nothing. */
	int imagejPlanes() {
		final Matcher m = IMAGEJ.matcher(description);
		final boolean inOnePiece = get(COMPRESSION, 1) == 1 && get(TILE_WIDTH, 0) == 0;
		return inOnePiece && m.find() ? Math.max(1, Integer.parseInt(m.group(1))) : 1;
	}

	private void entry(final ByteBuffer entries) throws IOException {
		final int tag = entries.getShort() & 0xffff;
		final int type = entries.getShort() & 0xffff;
		final long count = file.isBig() ? entries.getLong() : entries.getInt() & 0xffffffffL;
		final int inline = file.isBig() ? 8 : 4;
		final int start = entries.position();
		entries.position(start + inline);
		if (!isWanted(tag)) return;
		if (type >= BYTES.length || BYTES[type] == 0)
			throw file.damaged("tag " + tag + " has the unknown type " + type);
		if (count < 0 || count > (Integer.MAX_VALUE - 8) / BYTES[type]) {
			throw file.damaged("tag " + tag + " has " + count + " values");
		}
		final long bytes = count * BYTES[type];
		ByteBuffer values = entries.slice(start, inline).order(file.order());
		if (bytes > inline) {
			final long offset = file.isBig() ? values.getLong() : values.getInt() & 0xffffffffL;
			values = file.read(offset, (int) bytes);
		}
		if (tag == DESCRIPTION) {
			description = StandardCharsets.ISO_8859_1.decode(values.limit((int) bytes)).toString();
			return;
		}
		final long[] numbersOfTag = new long[(int) count];
		for (int i = 0; i < count; i++) numbersOfTag[i] = number(tag, type, values);
		numbers.put(tag, numbersOfTag);
	}

	private long number(final int tag, final int type, final ByteBuffer values) throws IOException {
		return switch (type) {
			case 1 -> values.get() & 0xff;
			case 3 -> values.getShort() & 0xffff;
			case 4, 13 -> values.getInt() & 0xffffffffL;
			case 16, 18 -> values.getLong();
			default -> throw file.damaged("tag " + tag + " has the type " + type + ", which is no unsigned integer");
		};
	}

	private static boolean isWanted(final int tag) {
		return switch (tag) {
			case NEW_SUBFILE_TYPE, SUBFILE_TYPE, WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, FILL_ORDER, DESCRIPTION,
				STRIP_OFFSETS, SAMPLES, ROWS_PER_STRIP, STRIP_COUNTS, PREDICTOR, PLANAR, TILE_WIDTH, TILE_HEIGHT,
				TILE_OFFSETS, TILE_COUNTS, SAMPLE_FORMAT -> true;
			default -> false;
		};
	}
}
