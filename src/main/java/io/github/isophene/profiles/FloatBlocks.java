// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A growing matrix of float32 [rows, columns], row-major, kept in blocks of whole
 * rows. No block is longer than 2^16 values unless one row is: a matrix may exceed
 * 2^31 values, and blocks stay below the size (half a region, 512 KiB at least) from
 * which the G1 collector gives an array regions of its own and wastes their ends.
 * <p>
 * What exceeds an eighth of the largest heap lies outside the heap, in a temporary
 * file that is mapped into memory: the system keeps of it what there is room for.
 * </p>
 */
final class FloatBlocks {

	private static final int BLOCK = 1 << 16;
	private static final int HEAP_SHARE = 8;

	private final int columns;
	/** Rows per block are {@code 1 << shift}, so that finding a row needs no division. */
	private final int shift;
	private final long heapValues;
	private FloatBuffer[] blocks = new FloatBuffer[8];
	private MappedFloats mapped;
	private int rows;

	FloatBlocks(final int columns) {
		this(columns, Runtime.getRuntime().maxMemory() / HEAP_SHARE / Float.BYTES);
	}

	/** @param heapValues how many values may lie in the heap */
	FloatBlocks(final int columns, final long heapValues) {
		this.columns = columns;
		this.heapValues = heapValues;
		this.shift = 31 - Integer.numberOfLeadingZeros(Math.max(1, BLOCK / Math.max(1, columns)));
	}

	int rows() {
		return rows;
	}

	float get(final int row, final int column) {
		return block(row).get(offset(row) + column);
	}

	void set(final int row, final int column, final float value) {
		block(row).put(offset(row) + column, value);
	}

	/** The block that holds a row; it begins at {@link #offset}. Read and written by index, never by position. */
	FloatBuffer block(final int row) {
		return blocks[row >> shift];
	}

	/** Returns the offset of a row in its block. */
	int offset(final int row) {
		return (row & (1 << shift) - 1) * columns;
	}

	/** Returns the number of rows of the block from this one on, filled or not. */
	int rowsInBlock(final int row) {
		return (1 << shift) - (row & (1 << shift) - 1);
	}

	void copyRow(final int row, final float[] target, final int at) {
		block(row).get(offset(row), target, at, columns);
	}

	void append(final float[] source, final int at) {
		final int row = addRow();
		block(row).put(offset(row), source, at, columns);
	}

	/** Adds a row of another matrix of as many columns. */
	void append(final FloatBlocks source, final int from) {
		final int row = addRow();
		block(row).put(offset(row), source.block(from), source.offset(from), columns);
	}

	/** Adds a row of zeros and returns its index. */
	int addRow() {
		final int block = rows >> shift;
		if (block == blocks.length) blocks = Arrays.copyOf(blocks, blocks.length + (blocks.length >> 1));
		if (blocks[block] == null) blocks[block] = allocate(columns << shift, (long) (block + 1) * (columns << shift));
		return rows++;
	}

	/** Gives back what the last block does not need; nothing can be appended afterwards. */
	void trim() {
		final int used = rows + (1 << shift) - 1 >> shift;
		blocks = Arrays.copyOf(blocks, used);
		if (mapped != null) {
			mapped.close();
		}
		else if (used > 0) {
			final int needed = offset(rows - 1) + columns;
			if (needed < blocks[used - 1].capacity()) {
				blocks[used - 1] = FloatBuffer.wrap(Arrays.copyOf(blocks[used - 1].array(), needed));
			}
		}
	}

	private FloatBuffer allocate(final int values, final long total) {
		if (total <= heapValues) return FloatBuffer.wrap(new float[values]);
		if (mapped == null) mapped = new MappedFloats();
		return mapped.allocate(values);
	}
}
