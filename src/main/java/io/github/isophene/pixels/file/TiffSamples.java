// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Sample format of a TIFF chunk: bits, format and predictor (none;
 * horizontal differences, TIFF 6.0 section 14; floating point, Adobe Photoshop
 * TIFF Technical Note 3).
 */
final class TiffSamples {

	private static final int UNSIGNED = 1;
	private static final int SIGNED = 2;
	private static final int FLOATING = 3;
	private static final int UNDEFINED = 4;
	private static final int DIFFERENCES = 2;
	private static final int FLOAT_PREDICTOR = 3;

	private final int bits;
	private final int format;
	private final int predictor;
	private final ByteOrder order;

	private TiffSamples(final int bits, final int format, final int predictor, final ByteOrder order) {
		this.bits = bits;
		this.format = format;
		this.predictor = predictor;
		this.order = order;
	}

	static TiffSamples of(final TiffFile file, final int bits, final int format, final int predictor)
		throws IOException
	{
		final boolean integer = format == UNSIGNED || format == SIGNED || format == UNDEFINED;
		final boolean known = integer ? bits == 8 || bits == 16 || bits == 32
			: format == FLOATING && (bits == 32 || bits == 64);
		if (!known) {
			throw file.unsupported("its pixels have " + bits + " bits of the format " + switch (format) {
				case UNSIGNED, UNDEFINED -> "unsigned integer";
				case SIGNED -> "signed integer";
				case FLOATING -> "floating point";
				default -> "number " + format;
			});
		}
		final boolean predictable = predictor == 1 || predictor == DIFFERENCES && bits <= 32 ||
			predictor == FLOAT_PREDICTOR && format == FLOATING;
		if (!predictable) throw file.unsupported("predictor " + predictor + " with pixels of " + bits + " bits");
		return new TiffSamples(bits, format == UNDEFINED ? UNSIGNED : format, predictor, //
			predictor == FLOAT_PREDICTOR ? ByteOrder.BIG_ENDIAN : file.order());
	}

	/** Bytes per pixel in the file. */
	int bytes() {
		return bits / 8;
	}

	/** The element type that the pixels become. */
	Depth depth() {
		if (format != UNSIGNED || bits == 32) return Depth.FLOAT32;
		return bits == 8 ? Depth.UINT8 : Depth.UINT16;
	}

	/** The largest value that the type in the file can hold; 1 for floating point. */
	double typeMaximum() {
		if (format == FLOATING) return 1;
		return format == SIGNED ? Math.pow(2, bits - 1) - 1 : Math.pow(2, bits) - 1;
	}

	/** An array for pixels. */
	Object plane(final int pixels) {
		return switch (depth()) {
			case UINT8 -> new byte[pixels];
			case UINT16 -> new short[pixels];
			case FLOAT32 -> new float[pixels];
		};
	}

	/**
	 * Puts the rows of a chunk to their place in the plane; alters the chunk.
	 *
	 * @param chunk unpacked bytes
	 * @param chunkWidth pixels in a row of the chunk
	 * @param rows rows to take
	 * @param plane array of the plane
	 * @param at where the chunk's first pixel goes
	 * @param width pixels in a row of the plane
	 * @param columns pixels to take of each row
	 */
	void unpack(final byte[] chunk, final int chunkWidth, final int rows, final Object plane, final int at,
		final int width, final int columns)
	{
		final int rowBytes = chunkWidth * bytes();
		final byte[] scratch = predictor == FLOAT_PREDICTOR ? new byte[rowBytes] : null;
		final ByteBuffer data = ByteBuffer.wrap(chunk).order(order);
		if (predictor == 1 && chunkWidth == width && columns == width) {
			row(data, plane, at, rows * columns);
			return;
		}
		for (int y = 0; y < rows; y++) {
			final int from = y * rowBytes;
			if (predictor == FLOAT_PREDICTOR) floats(chunk, from, rowBytes, scratch);
			if (predictor == DIFFERENCES) sum(data, from, chunkWidth);
			data.position(from);
			row(data, plane, at + y * width, columns);
		}
	}

	private void row(final ByteBuffer data, final Object plane, final int at, final int n) {
		if (plane instanceof byte[] bytes) data.get(bytes, at, n);
		else if (plane instanceof short[] shorts) data.asShortBuffer().get(shorts, at, n);
		else {
			final float[] floats = (float[]) plane;
			if (format == FLOATING && bits == 32) data.asFloatBuffer().get(floats, at, n);
			else for (int i = at; i < at + n; i++) floats[i] = toFloat(data);
		}
	}

	private float toFloat(final ByteBuffer data) {
		return switch (bits) {
			case 8 -> data.get();
			case 16 -> data.getShort();
			case 32 -> format == SIGNED ? data.getInt() : data.getInt() & 0xffffffffL;
			default -> (float) data.getDouble();
		};
	}

	/** Undoes horizontal differences of a row; they wrap round. */
	private void sum(final ByteBuffer data, final int from, final int n) {
		if (bits == 8) {
			byte value = 0;
			for (int i = from; i < from + n; i++) data.put(i, value += data.get(i));
		}
		else if (bits == 16) {
			short value = 0;
			for (int i = from; i < from + 2 * n; i += 2) data.putShort(i, value += data.getShort(i));
		}
		else {
			int value = 0;
			for (int i = from; i < from + 4 * n; i += 4) data.putInt(i, value += data.getInt(i));
		}
	}

	/** Undoes the floating-point predictor: differences of bytes, then one plane per byte, most significant first. */
	private void floats(final byte[] chunk, final int from, final int rowBytes, final byte[] scratch) {
		byte value = 0;
		for (int i = 0; i < rowBytes; i++) scratch[i] = value += chunk[from + i];
		final int size = bytes();
		final int n = rowBytes / size;
		for (int b = 0; b < size; b++) {
			for (int i = 0; i < n; i++) chunk[from + i * size + b] = scratch[b * n + i];
		}
	}
}
