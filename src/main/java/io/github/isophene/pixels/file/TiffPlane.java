// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.file;

import static io.github.isophene.pixels.file.TiffDirectory.*;

import java.io.IOException;

import io.github.isophene.storage.SizeLimit;

/**
 * The pixels of one TIFF plane: strips or tiles ("chunks"), unpacked one after
 * the other into one array.
 * <p>
 * Unsigned 8 and 16 bit keep their type. Signed integers, 32-bit integers and
 * 64-bit floats become 32-bit floats; integers beyond 2^24 are rounded to the
 * nearest float. Where 0 is white (photometric 0), unsigned values are
 * inverted, so that a larger value is always brighter. A color table is
 * ignored: the values it colors are taken. A strip or tile that was never written
 * (offset 0, count 0) is 0 throughout, as libtiff and tifffile read it.
 * </p>
 */
final class TiffPlane {

	private static final int WHITE_IS_ZERO = 0;
	private static final int RGB = 2;
	private static final int PALETTE = 3;
	/** Pixels of the largest plane that may be in memory though not all of it is in the file. */
	private static final long LARGEST_SPARSE = 1L << 28;
	/** Bytes of an uncompressed chunk that are read at once, unless a row has more. */
	private static final int PIECE = 1 << 16;

	private final TiffFile file;
	private final TiffDirectory tags;
	private final int width;
	private final int height;
	private final TiffSamples samples;
	private final boolean inverted;
	/** Values per pixel, beside each other in a row: 1, or the bands of a color image. */
	private final int bands;

	TiffPlane(final TiffFile file, final TiffDirectory tags) throws IOException {
		this.file = file;
		this.tags = tags;
		bands = bands(file, tags);
		width = inBands(WIDTH, "width");
		height = positive(HEIGHT, "height");
		SizeLimit.requirePlane(file.path().toString(), width, height, 1);
		final long photometric = tags.get(PHOTOMETRIC, 1);
		if (tags.get(FILL_ORDER, 1) != 1) throw file.unsupported("its bits are stored in reverse order (fill order 2)");
		samples = TiffSamples.of(file, (int) tags.get(BITS, 1), (int) tags.get(SAMPLE_FORMAT, 1),
			(int) tags.get(PREDICTOR, 1));
		SizeLimit.requirePlane(file.path().toString(), width, height, samples.bytes());
		inverted = photometric == WHITE_IS_ZERO;
		if (inverted && samples.depth() == Depth.FLOAT32) {
			throw file.unsupported("0 is white, which is not defined for signed or floating-point values");
		}
	}

	/**
	 * Reads the plane.
	 *
	 * @param further how many planes after this directory's own, in files where one
	 *          directory stands for several uncompressed planes in a row
	 */
	GrayPlane read(final int further) throws IOException {
		final boolean tiled = tags.get(TILE_WIDTH, 0) > 0;
		final int chunkWidth = tiled ? inBands(TILE_WIDTH, "tile width") : width;
		final int chunkHeight = tiled ? positive(TILE_HEIGHT, "tile height") //
			: (int) Math.min(height, Math.max(1, tags.get(ROWS_PER_STRIP, height)));
		if ((long) chunkWidth * chunkHeight > (Integer.MAX_VALUE - 8) / samples.bytes()) {
			throw file.unsupported("a strip or tile of " + chunkWidth + " x " + chunkHeight + " pixels is too large");
		}
		final int across = (width - 1) / chunkWidth + 1;
		final int down = (height - 1) / chunkHeight + 1;
		// Some writers list tiles under the tags of strips.
		final boolean tileTags = tiled && tags.all(TILE_OFFSETS).length > 0;
		final long[] offsets = tags.all(tileTags ? TILE_OFFSETS : STRIP_OFFSETS);
		final long[] counts = tags.all(tileTags ? TILE_COUNTS : STRIP_COUNTS);
		final long chunks = (long) across * down;
		if (offsets.length < chunks) {
			throw file.damaged("it lists " + offsets.length + " of " + chunks + " strips or tiles");
		}
		final TiffCodec codec = TiffCodec.of(file, (int) tags.get(COMPRESSION, 1));
		if (codec != TiffCodec.NONE && counts.length < chunks) {
			throw file.damaged("it does not say how long its strips or tiles are");
		}
		long written = 0;
		for (int i = 0; i < chunks; i++) if (!isMissing(offsets, counts, i)) written++;
		if (written == 0) throw file.damaged("none of its strips or tiles was written");

		// Before anything large is allocated on the word of a damaged file.
		if (written == chunks) file.requireWithin(0, (long) width * height * samples.bytes() / codec.largestRatio());
		else
			if ((long) width * height > LARGEST_SPARSE)
				throw file.damaged(chunks - written + " of " + chunks + " strips or tiles of " + width + " x " +
					height + " pixels were not written");
		final long skip = (long) further * width * height * samples.bytes();
		final Object plane = samples.plane(width * height);
		byte[] packed = new byte[0];
		byte[] chunk = new byte[0];
		try (TiffCodec.Decoder decoder = codec.decoder()) {
			for (int i = 0; i < chunks; i++) {
				if (isMissing(offsets, counts, i)) continue;
				final int x = i % across * chunkWidth;
				final int y = i / across * chunkHeight;
				final int rows = Math.min(chunkHeight, height - y);
				// A strip ends with the image; a tile is padded to its full size.
				final int expected = chunkWidth * (tiled ? chunkHeight : rows) * samples.bytes();
				if (codec == TiffCodec.NONE) {
					file.requireWithin(offsets[i] + skip, expected);
					// Some rows at a time, which stay in the processor's cache between reading and unpacking.
					final int rowBytes = chunkWidth * samples.bytes();
					final int most = Math.min(rows, Math.max(1, PIECE / rowBytes));
					if (chunk.length != most * rowBytes) chunk = new byte[most * rowBytes];
					for (int row = 0; row < rows; row += most) {
						final int n = Math.min(most, rows - row);
						file.read(offsets[i] + skip + (long) row * rowBytes, chunk, n * rowBytes);
						samples.unpack(chunk, chunkWidth, n, plane, (y + row) * width + x, width,
							Math.min(chunkWidth, width - x));
					}
					continue;
				}
				// A count of 0 was never set: the stream says itself where it ends.
				final long count = counts[i] > 0 ? counts[i]
					: Math.min(file.length() - offsets[i], 2L * expected + 1024);
				file.requireWithin(offsets[i], count);
				file.requireWithin(0, expected / codec.largestRatio());
				final int length = (int) Math.min(count, Integer.MAX_VALUE - 8);
				if (packed.length < length) packed = new byte[length];
				file.read(offsets[i], packed, length);
				if (chunk.length != expected) chunk = new byte[expected];
				decode(decoder, packed, length, chunk);
				samples.unpack(chunk, chunkWidth, rows, plane, y * width + x, width, Math.min(chunkWidth, width - x));
			}
		}
		if (inverted) invert(plane);
		return bands > 1 ? oneStain(plane) : new GrayPlane(width, height, plane, samples.typeMaximum());
	}

	/**
	 * The bands of a gray or color image.
	 *
	 * @throws IOException if they lie in planes of their own, or the colors are no red, green and blue
	 */
	private static int bands(final TiffFile file, final TiffDirectory tags) throws IOException {
		final long samples = tags.get(SAMPLES, 1);
		final long photometric = tags.get(PHOTOMETRIC, 1);
		if (samples == 1 && photometric <= PALETTE && photometric != RGB) return 1;
		final boolean bits = tags.get(BITS, 1) == 8 || tags.get(BITS, 1) == 16;
		if (samples == 3 && photometric == RGB && bits && tags.get(PLANAR, 1) == 1 && tags.get(PREDICTOR, 1) == 1 &&
			tags.get(SAMPLE_FORMAT, 1) == 1) return 3;
		throw color(file, samples);
	}

	private GrayPlane oneStain(final Object plane) throws IOException {
		final int pixels = width / bands * height;
		final byte[] bytes = plane instanceof byte[] values ? values : null;
		final short[] shorts = plane instanceof short[] values ? values : null;
		final int band = new OneStain(bands, pixels, false)
			.find((b, i) -> bytes != null ? bytes[i * bands + b] & 0xff : shorts[i * bands + b] & 0xffff);
		if (band < 0) throw color(file, bands);
		final Object gray = samples.plane(pixels);
		for (int i = 0; i < pixels; i++) {
			if (bytes != null) ((byte[]) gray)[i] = bytes[i * bands + band];
			else((short[]) gray)[i] = shorts[i * bands + band];
		}
		return new GrayPlane(width / bands, height, gray, samples.typeMaximum());
	}

	private static IOException color(final TiffFile file, final long samples) {
		return new IOException(
			file.path() + " is color of several stains (" + samples + " samples per pixel), but one gray channel per " +
				"plane is expected: split its channels and save each as gray TIFF");
	}

	private static boolean isMissing(final long[] offsets, final long[] counts, final int i) {
		return offsets[i] == 0 && (i >= counts.length || counts[i] == 0);
	}

	private void decode(final TiffCodec.Decoder decoder, final byte[] packed, final int length, final byte[] chunk)
		throws IOException
	{
		final int got;
		try {
			got = decoder.decode(packed, length, chunk);
		}
		catch (final IOException exc) {
			throw file.damaged(exc.getMessage());
		}
		if (got < chunk.length) {
			throw file.damaged("a strip or tile unpacks to " + got + " instead of " + chunk.length + " bytes");
		}
	}

	private int positive(final int tag, final String name) throws IOException {
		final long value = tags.get(tag, 0);
		if (value < 1 || value > Integer.MAX_VALUE) throw file.damaged("its " + name + " is " + value);
		return (int) value;
	}

	private int inBands(final int tag, final String name) throws IOException {
		final long value = (long) positive(tag, name) * bands;
		if (value > Integer.MAX_VALUE) throw file.damaged("its " + name + " is " + value);
		return (int) value;
	}

	private static void invert(final Object plane) {
		if (plane instanceof byte[] bytes) for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) ~bytes[i];
		if (plane instanceof short[] shorts) for (int i = 0; i < shorts.length; i++) shorts[i] = (short) ~shorts[i];
	}
}
