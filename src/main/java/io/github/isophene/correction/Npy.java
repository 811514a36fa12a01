// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Matrices of float64 in NumPy's format, version 1.0: little-endian, row by row. */
final class Npy {

	private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
	private static final Pattern HEADER = Pattern
		.compile("\\{'descr': '<f8', 'fortran_order': False, 'shape': \\((\\d+), (\\d+)\\), \\}\\s*");
	private static final int ALIGNMENT = 64;

	private static final int LONGEST_EMPTY = 1 << 20;

	private Npy() {}

	/** @param matrix [rows][columns] */
	static byte[] bytes(final double[][] matrix) {
		final int columns = matrix.length == 0 ? 0 : matrix[0].length;
		final StringBuilder header = new StringBuilder(
			"{'descr': '<f8', 'fortran_order': False, 'shape': (" + matrix.length + ", " + columns + "), }");
		while ((MAGIC.length + 2 + header.length() + 1) % ALIGNMENT != 0) header.append(' ');
		header.append('\n');
		final long size = MAGIC.length + 2 + header.length() + 8L * matrix.length * columns;
		if (size > Integer.MAX_VALUE - 8) {
			throw new IllegalArgumentException("A fitted matrix of " + matrix.length + " x " + columns +
				" is too large for a file: fit with fewer features, batches or clusters");
		}
		final ByteBuffer buffer = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
		buffer.put(MAGIC).putShort((short) header.length()).put(header.toString().getBytes(StandardCharsets.US_ASCII));
		for (final double[] row : matrix) {
			for (final double value : row) buffer.putDouble(value);
		}
		return buffer.array();
	}

	/**
	 * Reads a matrix.
	 *
	 * @throws IllegalArgumentException if it isn't such a matrix, whole, or has infinite values; NaN stands for what
	 *           a fit could not tell
	 */
	static double[][] matrix(final byte[] bytes) {
		final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
		final byte[] magic = new byte[MAGIC.length];
		if (bytes.length < MAGIC.length + 2) throw new IllegalArgumentException("a matrix is cut off");
		buffer.get(magic);
		final byte[] header = new byte[Math.min(buffer.getShort() & 0xFFFF, buffer.remaining())];
		buffer.get(header);
		final Matcher matcher = HEADER.matcher(new String(header, StandardCharsets.US_ASCII));
		if (!java.util.Arrays.equals(magic, MAGIC) || !matcher.matches()) {
			throw new IllegalArgumentException("a matrix is not float64 with two dimensions");
		}
		final int rows = Integer.parseInt(matcher.group(1));
		final int columns = Integer.parseInt(matcher.group(2));
		// Rows of nothing need memory, too, and no bytes of the file.
		if (8L * rows * columns != buffer.remaining() || columns == 0 && rows > LONGEST_EMPTY)
			throw new IllegalArgumentException("a matrix is cut off");
		final double[][] matrix = new double[rows][columns];
		int at = buffer.position();
		for (final double[] row : matrix) {
			for (int i = 0; i < columns; i++, at += 8) row[i] = buffer.getDouble(at);
		}
		return matrix;
	}
}
