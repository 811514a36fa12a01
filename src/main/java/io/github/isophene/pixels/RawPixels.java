// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import io.github.isophene.pixels.file.Depth;
import net.imglib2.img.Img;

/**
 * Pixels as they were decoded, in arrays of one length, so that they take no more memory than in the file.
 *
 * @param planes arrays of the depth's kind: {@code byte[]}, {@code short[]} or {@code float[]}; not copied, not to be
 *          changed
 * @param depth kind of a value
 * @param length values of each array
 */
public record RawPixels(List<Object> planes, Depth depth, int length) {

	/** Copies a tile out of a field, an array per channel. */
	static RawPixels of(final PixelBlocks field, final Tile tile) {
		final int length = tile.size() * tile.size();
		final List<Object> planes = new ArrayList<>();
		for (int c = 0; c < field.channels(); c++) {
			final Object plane = field.array(length);
			field.copy(tile.x(), tile.y(), c, tile.size(), tile.size(), plane);
			planes.add(plane);
		}
		return new RawPixels(planes, field.depth(), length);
	}

	/** Returns the arrays as the channels of a square image [X, Y, C]. */
	Img<?> image(final int side) {
		return PlanarImages.of(planes, depth, side, side);
	}

	/** Returns the number of bytes of all arrays. */
	public int bytes() {
		return bytes(planes.size(), depth, length);
	}

	private static int bytes(final int planes, final Depth depth, final int length) {
		final int each = switch (depth) {
			case UINT8 -> 1;
			case UINT16 -> 2;
			case FLOAT32 -> 4;
		};
		return Math.multiplyExact(Math.multiplyExact(planes, each), length);
	}

	/** Returns the pixels as bytes, for {@link PixelShape#read}. */
	ByteBuffer toBytes() {
		final ByteBuffer bytes = ByteBuffer.allocate(bytes()).order(ByteOrder.nativeOrder());
		for (final Object plane : planes) {
			switch (depth) {
				case UINT8 -> bytes.put((byte[]) plane);
				case UINT16 -> {
					bytes.asShortBuffer().put((short[]) plane);
					bytes.position(bytes.position() + 2 * length);
				}
				case FLOAT32 -> {
					bytes.asFloatBuffer().put((float[]) plane);
					bytes.position(bytes.position() + 4 * length);
				}
			}
		}
		return bytes.flip();
	}

	/** Returns the number, kind and length of the arrays. */
	PixelShape shape() {
		return new PixelShape(planes.size(), depth, length);
	}

	/** Number, kind and length of arrays. */
	record PixelShape(int planes, Depth depth, int length) {

		int bytes() {
			return RawPixels.bytes(planes, depth, length);
		}

		/** Returns the pixels of which {@link RawPixels#toBytes} gave the bytes. */
		RawPixels read(final ByteBuffer bytes) {
			final ByteBuffer rest = bytes.duplicate().order(ByteOrder.nativeOrder());
			final List<Object> arrays = new ArrayList<>();
			for (int i = 0; i < planes; i++) {
				switch (depth) {
					case UINT8 -> {
						final byte[] plane = new byte[length];
						rest.get(plane);
						arrays.add(plane);
					}
					case UINT16 -> {
						final short[] plane = new short[length];
						rest.asShortBuffer().get(plane);
						rest.position(rest.position() + 2 * length);
						arrays.add(plane);
					}
					case FLOAT32 -> {
						final float[] plane = new float[length];
						rest.asFloatBuffer().get(plane);
						rest.position(rest.position() + 4 * length);
						arrays.add(plane);
					}
				}
			}
			return new RawPixels(arrays, depth, length);
		}
	}
}
