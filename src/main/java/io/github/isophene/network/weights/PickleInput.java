// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;

/** The bytes of pickles: numbers, texts and lines, with limits so that a length that lies costs nothing. */
final class PickleInput {

	/** Pickles longer than this are refused, bytes. */
	private static final long MAX_BYTES = 1 << 26;
	private static final int MAX_INTEGER_BYTES = 255;

	private final InputStream in;
	private long position;
	private long limit = MAX_BYTES;

	/** @param in read byte by byte: should be buffered */
	PickleInput(final InputStream in) {
		this.in = in;
	}

	/** Returns the number of bytes read so far. */
	long position() {
		return position;
	}

	/** Begins another pickle, which may be as long as every one. */
	void begin() {
		limit = position + MAX_BYTES;
	}

	/** A whole number of 1 or 2 bytes, from 0. */
	int unsigned(final int bytes) throws IOException {
		int value = 0;
		for (int i = 0; i < bytes; i++) {
			final int b = in.read();
			if (b < 0) throw cutShort();
			value |= b << 8 * i;
		}
		position += bytes;
		if (position > limit) throw tooLong();
		return value;
	}

	/** Bytes as a buffer, little-endian. */
	ByteBuffer little(final int n) throws IOException {
		return ByteBuffer.wrap(bytes(n)).order(ByteOrder.LITTLE_ENDIAN);
	}

	/** A length of 4 or 8 bytes. */
	int length(final int bytes) throws IOException {
		final ByteBuffer b = little(bytes);
		final long n = bytes == 4 ? b.getInt() & 0xffffffffL : b.getLong();
		if (n < 0 || n > limit - position) throw tooLong();
		return (int) n;
	}

	byte[] bytes(final int n) throws IOException {
		if (n > limit - position) throw tooLong();
		// Grows with what arrives, whatever n says.
		final byte[] data = in.readNBytes(n);
		position += data.length;
		if (data.length < n) throw cutShort();
		return data;
	}

	String text(final int n, final Charset charset) throws IOException {
		return new String(bytes(n), charset);
	}

	/** A Long or BigInteger: two's complement, little-endian. */
	Object integer(final int n) throws IOException {
		if (n < 0 || n > MAX_INTEGER_BYTES) throw new IOException("an integer has " + n + " bytes");
		final byte[] data = bytes(n);
		for (int i = 0; i < n / 2; i++) {
			final byte b = data[i];
			data[i] = data[n - 1 - i];
			data[n - 1 - i] = b;
		}
		if (n == 0) return 0L;
		final BigInteger value = new BigInteger(data);
		return value.bitLength() < 64 ? (Object) value.longValue() : value;
	}

	/** The text to the end of the line. */
	String line() throws IOException {
		final StringBuilder text = new StringBuilder();
		for (int c = unsigned(1); c != '\n'; c = unsigned(1)) {
			if (text.length() > Unpickler.MAX_NAME)
				throw new IOException("a name has more than " + Unpickler.MAX_NAME + " letters");
			text.append((char) c);
		}
		return text.toString();
	}

	private EOFException cutShort() {
		return new EOFException("the pickle ends in the middle: the file is cut short");
	}

	private IOException tooLong() {
		return new IOException("the pickle has a part that is longer than " + MAX_BYTES + " bytes");
	}
}
