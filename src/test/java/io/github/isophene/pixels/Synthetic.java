// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedShortType;

/** The images that {@code src/test/python/pixels_statistics.py} computes, too. */
final class Synthetic {

	private Synthetic() {}

	/** [X, Y, 1] of the kinds {@code u8}, {@code u16}, {@code f32} and {@code f32holes}. */
	static Img<?> image(final String kind, final int width, final int height) {
		final int[] v = values(width * height);
		final long[] size = {width, height, 1};
		switch (kind) {
			case "u8" : {
				final byte[] bytes = new byte[v.length];
				for (int i = 0; i < v.length; i++) bytes[i] = (byte) Math.min(255, v[i] >> 7);
				return ArrayImgs.unsignedBytes(bytes, size);
			}
			case "u16" : {
				return ArrayImgs.unsignedShorts(shorts(v), size);
			}
			default : {
				final float[] floats = new float[v.length];
				for (int i = 0; i < v.length; i++) floats[i] = (v[i] - 3000f) / 16;
				if (kind.equals("f32holes")) {
					for (int i = 0; i < v.length; i += 97) floats[i] = Float.NaN;
					for (int i = 5; i < v.length; i += 101) floats[i] = Float.POSITIVE_INFINITY;
					for (int i = 7; i < v.length; i += 103) floats[i] = Float.NEGATIVE_INFINITY;
				}
				return ArrayImgs.floats(floats, size);
			}
		}
	}

	/** [X, Y, C] of unsigned 16 bit, every channel different. */
	static Img<UnsignedShortType> channels(final int width, final int height, final int channels) {
		return ArrayImgs.unsignedShorts(shorts(values(width * height * channels)), width, height, channels);
	}

	private static short[] shorts(final int[] values) {
		final short[] shorts = new short[values.length];
		for (int i = 0; i < values.length; i++) shorts[i] = (short) values[i];
		return shorts;
	}

	private static int[] values(final int n) {
		final int[] values = new int[n];
		long state = 1;
		for (int i = 0; i < n; i++) {
			state = (state * 1103515245 + 12345) % (1L << 31);
			final int r = (int) (state >> 8 & 0xffff);
			values[i] = Math.min(65535, (int) ((long) r * r >> 18) + (i % 5 == 0 ? 9000 + (r >> 3) : 0));
		}
		return values;
	}
}
