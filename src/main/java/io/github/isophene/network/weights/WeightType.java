// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Encoding of an array's elements in a weight file.
 * The constants carry the names of the safetensors format. Single precision
 * holds F16 and BF16 exactly; F64 is rounded to nearest, and so are integers
 * beyond 2^24.
 */
enum WeightType {

	BOOL(1), U8(1), I8(1), U16(2), I16(2), F16(2), BF16(2), U32(4), I32(4), F32(4), U64(8), I64(8), F64(8);

	/** Number of bytes read at once; also what a lying size can cost before the end of the data shows. */
	private static final int CHUNK = 1 << 16;

	private final int bytes;

	WeightType(final int bytes) {
		this.bytes = bytes;
	}

	/** The size of one element in bytes. */
	int bytes() {
		return bytes;
	}

	/** The element at a byte position. */
	float get(final ByteBuffer b, final int at) {
		return switch (this) {
			case BOOL -> b.get(at) == 0 ? 0 : 1;
			case U8 -> b.get(at) & 0xff;
			case I8 -> b.get(at);
			case U16 -> b.getShort(at) & 0xffff;
			case I16 -> b.getShort(at);
			case F16 -> halfToFloat(b.getShort(at));
			case BF16 -> Float.intBitsToFloat(b.getShort(at) << 16);
			case U32 -> b.getInt(at) & 0xffffffffL;
			case I32 -> b.getInt(at);
			case F32 -> b.getFloat(at);
			case U64 -> unsignedToFloat(b.getLong(at));
			case I64 -> b.getLong(at);
			case F64 -> (float) b.getDouble(at);
		};
	}

	/**
	 * Reads elements one after the other. The array grows with what has really
	 * arrived, so that a size that lies ends at the end of the data, not of the
	 * memory.
	 *
	 * @throws EOFException if the stream ends before
	 */
	float[] read(final InputStream in, final int count, final ByteOrder order) throws IOException {
		float[] values = new float[Math.min(count, 1 << 20)];
		final ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, (long) count * bytes)).order(order);
		for (int done = 0; done < count;) {
			final int n = Math.min(chunk.capacity() / bytes, count - done);
			if (in.readNBytes(chunk.array(), 0, n * bytes) < n * bytes)
				throw new EOFException("the data end too early");
			if (done + n > values.length) {
				values = Arrays.copyOf(values, (int) Math.min(count, Math.max(2L * values.length, done + n)));
			}
			if (this == F32) chunk.clear().asFloatBuffer().get(values, done, n);
			else for (int i = 0; i < n; i++) values[done + i] = get(chunk, i * bytes);
			done += n;
		}
		return values;
	}

	/** IEEE 754 binary16: 1 bit sign, 5 bits exponent (bias 15), 10 bits fraction. */
	static float halfToFloat(final short half) {
		final int sign = (half & 0x8000) << 16;
		final int exponent = half >> 10 & 0x1f;
		final int fraction = half & 0x3ff;
		if (exponent == 0x1f) return Float.intBitsToFloat(sign | 0x7f800000 | fraction << 13);
		if (exponent != 0) return Float.intBitsToFloat(sign | exponent + 112 << 23 | fraction << 13);
		// Subnormal: fraction * 2^-24, exact in single precision.
		final float magnitude = fraction * 0x1p-24f;
		return sign == 0 ? magnitude : -magnitude;
	}

	/**
	 * The nearest IEEE 754 binary16, of two equally near ones the even.
	 *
	 * @throws IllegalArgumentException if the value is infinite, not a number, or rounds to more than 65504
	 */
	static short floatToHalf(final float value) {
		final float magnitude = Math.abs(value);
		if (!(magnitude < 65520)) throw new IllegalArgumentException("Half precision can't hold " + value);
		// Steps are 2^-24 below the least normal number, and 2^-10 of the power of two below the value above it.
		final int exponent = Math.max(-14, Math.getExponent(magnitude));
		final int steps = (int) Math.rint(Math.scalb((double) magnitude, 10 - exponent));
		// 1024 steps are the leading one, and 2048 carry into the exponent by themselves.
		return (short) ((value < 0 || 1 / value < 0 ? 0x8000 : 0) | (exponent + 14 << 10) + steps);
	}

	private static float unsignedToFloat(final long bits) {
		if (bits >= 0) return bits;
		// Halving with the last bit kept sticky rounds as the whole number would.
		return (bits >>> 1 | bits & 1) * 2f;
	}
}
