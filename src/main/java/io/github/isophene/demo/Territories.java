// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.Arrays;
import java.util.List;

/**
 * Cell that covers each pixel: where outlines overlap, the cell whose center is
 * relatively nearer, so that neighbors abut as in a monolayer.
 */
final class Territories {

	private final int[] owner;
	private final float[] depth;
	private final float[] edge;

	Territories(final int size, final List<Cell> cells) {
		owner = new int[size * size];
		depth = new float[size * size];
		final float[] second = new float[size * size];
		Arrays.fill(owner, -1);
		Arrays.fill(depth, 1);
		Arrays.fill(second, 1);
		for (int i = 0; i < cells.size(); i++) {
			final Outline body = cells.get(i).body();
			final Box box = Box.around(body, 0, size);
			for (int y = box.top(); y <= box.bottom(); y++) {
				for (int x = box.left(); x <= box.right(); x++) {
					final int p = y * size + x;
					final float d = (float) body.at(x, y);
					if (d < depth[p]) {
						second[p] = depth[p];
						depth[p] = d;
						owner[p] = i;
					}
					else if (d < second[p]) second[p] = d;
				}
			}
		}
		edge = second;
		for (int p = 0; p < edge.length; p++) edge[p] -= depth[p];
	}

	/** Index of the cell that covers a pixel, -1 for none. */
	int owner(final int pixel) {
		return owner[pixel];
	}

	/** 0 at the owner's center, 1 on its outline. */
	double depth(final int pixel) {
		return depth[pixel];
	}

	/** Distance to the outline or the next cell, as fraction of the owner's radius. */
	double edge(final int pixel) {
		return edge[pixel];
	}
}
