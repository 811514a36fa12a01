// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.util.Arrays;

/**
 * A growing matrix of float32 [rows, columns], row-major, kept in blocks of whole
 * rows. No array is longer than 2^16 values unless one row is: a matrix may exceed
 * 2^31 values, and blocks stay below the size (half a region, 512 KiB at least) from
 * which the G1 collector gives an array regions of its own and wastes their ends.
 */
final class FloatBlocks {

	private static final int BLOCK = 1 << 16;

	private final int columns;
	/** Rows per block are {@code 1 << shift}, so that finding a row needs no division. */
	private final int shift;
	private float[][] blocks = new float[8][];
	private int rows;

	FloatBlocks(final int columns) {
		this.columns = columns;
		this.shift = 31 - Integer.numberOfLeadingZeros(Math.max(1, BLOCK / Math.max(1, columns)));
	}

	int rows() {
		return rows;
	}

	float get(final int row, final int column) {
		return block(row)[offset(row) + column];
	}

	/** The array that holds a row; it begins at {@link #offset}. */
	float[] block(final int row) {
		return blocks[row >> shift];
	}

	/** Where a row begins in its block. */
	int offset(final int row) {
		return (row & (1 << shift) - 1) * columns;
	}

	/** How many rows from this one on lie in the same block, filled or not. */
	int rowsInBlock(final int row) {
		return (1 << shift) - (row & (1 << shift) - 1);
	}

	void copyRow(final int row, final float[] target, final int at) {
		System.arraycopy(block(row), offset(row), target, at, columns);
	}

	void append(final float[] source, final int at) {
		final int row = addRow();
		System.arraycopy(source, at, block(row), offset(row), columns);
	}

	/** Adds a row of zeros and returns its index. */
	int addRow() {
		final int block = rows >> shift;
		if (block == blocks.length) blocks = Arrays.copyOf(blocks, blocks.length + (blocks.length >> 1));
		if (blocks[block] == null) blocks[block] = new float[columns << shift];
		return rows++;
	}

	/** Gives back what the last block does not need; nothing can be appended afterwards. */
	void trim() {
		final int used = rows + (1 << shift) - 1 >> shift;
		blocks = Arrays.copyOf(blocks, used);
		if (used > 0) {
			final int needed = offset(rows - 1) + columns;
			if (needed < blocks[used - 1].length) blocks[used - 1] = Arrays.copyOf(blocks[used - 1], needed);
		}
	}
}
