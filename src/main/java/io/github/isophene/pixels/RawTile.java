// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import io.github.isophene.pixels.file.Depth;
import net.imglib2.img.Img;

/**
 * The pixels of a tile as they were decoded, one array per channel, so that they take no
 * more room than in the field.
 *
 * @param planes C arrays of the depth's kind, each with size x size values
 * @param depth what a value is
 * @param size pixels per side
 */
record RawTile(List<Object> planes, Depth depth, int size) {

	/** Copies a tile out of a field. */
	static RawTile of(final PixelBlocks field, final Tile tile) {
		final List<Object> planes = new ArrayList<>();
		for (int c = 0; c < field.channels(); c++) {
			final Object plane = field.array(tile.size() * tile.size());
			field.copy(tile.x(), tile.y(), c, tile.size(), tile.size(), plane);
			planes.add(plane);
		}
		return new RawTile(planes, field.depth(), tile.size());
	}

	/** The tile as an image [X, Y, C]. */
	Img<?> image() {
		return PlanarImages.of(planes, depth, size, size);
	}

	/** Returns the number of bytes of such a tile's pixels. */
	static int bytes(final int channels, final Depth depth, final int size) {
		final int each = switch (depth) {
			case UINT8 -> 1;
			case UINT16 -> 2;
			case FLOAT32 -> 4;
		};
		return Math.multiplyExact(Math.multiplyExact(channels, each), Math.multiplyExact(size, size));
	}

	/** The pixels as bytes, for {@link #of(ByteBuffer, int, Depth, int)}. */
	ByteBuffer toBytes() {
		final ByteBuffer bytes = ByteBuffer.allocate(bytes(planes.size(), depth, size)).order(ByteOrder.nativeOrder());
		for (final Object plane : planes) {
			switch (depth) {
				case UINT8 -> bytes.put((byte[]) plane);
				case UINT16 -> {
					bytes.asShortBuffer().put((short[]) plane);
					bytes.position(bytes.position() + 2 * size * size);
				}
				case FLOAT32 -> {
					bytes.asFloatBuffer().put((float[]) plane);
					bytes.position(bytes.position() + 4 * size * size);
				}
			}
		}
		return bytes.flip();
	}

	/** From what {@link #toBytes} gave. */
	static RawTile of(final ByteBuffer bytes, final int channels, final Depth depth, final int size) {
		final int n = size * size;
		final ByteBuffer rest = bytes.duplicate().order(ByteOrder.nativeOrder());
		final List<Object> planes = new ArrayList<>();
		for (int c = 0; c < channels; c++) {
			switch (depth) {
				case UINT8 -> {
					final byte[] plane = new byte[n];
					rest.get(plane);
					planes.add(plane);
				}
				case UINT16 -> {
					final short[] plane = new short[n];
					rest.asShortBuffer().get(plane);
					rest.position(rest.position() + 2 * n);
					planes.add(plane);
				}
				case FLOAT32 -> {
					final float[] plane = new float[n];
					rest.asFloatBuffer().get(plane);
					rest.position(rest.position() + 4 * n);
					planes.add(plane);
				}
			}
		}
		return new RawTile(planes, depth, size);
	}
}
