// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.Arrays;

/** Keeps the items with the smallest keys of many: a heap with the largest key on top. */
final class TopK {

	private final int[] items;
	private final float[] keys;
	private int size;

	TopK(final int capacity) {
		items = new int[capacity];
		keys = new float[capacity];
	}

	/** Returns the key below which an item would be kept. */
	float limit() {
		return size < items.length ? Float.POSITIVE_INFINITY : keys[0];
	}

	void add(final int item, final float key) {
		if (size < items.length) {
			int i = size++;
			while (i > 0 && keys[(i - 1) / 2] < key) {
				keys[i] = keys[(i - 1) / 2];
				items[i] = items[(i - 1) / 2];
				i = (i - 1) / 2;
			}
			keys[i] = key;
			items[i] = item;
			return;
		}
		int i = 0;
		for (int child = 1; child < size; child = 2 * i + 1) {
			if (child + 1 < size && keys[child + 1] > keys[child]) child++;
			if (keys[child] <= key) break;
			keys[i] = keys[child];
			items[i] = items[child];
			i = child;
		}
		keys[i] = key;
		items[i] = item;
	}

	/** The items kept, in no order. */
	int[] items() {
		return Arrays.copyOf(items, size);
	}
}
