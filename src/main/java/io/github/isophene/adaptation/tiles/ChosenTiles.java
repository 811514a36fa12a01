// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.tiles;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Some tiles of two sources, in an order of their own, a tile perhaps several times. The
 * second source's tiles are counted on behind the first's. Fields are those of the source.
 */
public final class ChosenTiles implements Tiles {

	private final Tiles first;
	private final Tiles second;
	private final int[] chosen;

	/** @throws IllegalArgumentException if the sources' tiles differ in shape */
	public ChosenTiles(final Tiles first, final Tiles second, final int[] chosen) {
		if (first.channels() != second.channels() || first.height() != second.height() ||
			first.width() != second.width())
		{
			throw new IllegalArgumentException("Queries are images " + shape(first) + ", but controls " +
				shape(second) + ": they must have the same channels and tile size");
		}
		this.first = first;
		this.second = second;
		this.chosen = chosen;
	}

	/** All tiles of both. */
	public static Tiles all(final Tiles first, final Tiles second) {
		return new ChosenTiles(first, second, IntStream.range(0, first.size() + second.size()).toArray());
	}

	/** Returns at most so many of the numbers below n, evenly spread, ascending. */
	public static int[] spread(final int n, final int most) {
		final int[] all = new int[Math.min(n, most)];
		Arrays.setAll(all, i -> (int) ((2L * i + 1) * n / (2L * all.length)));
		return all;
	}

	private static String shape(final Tiles tiles) {
		return "[" + tiles.channels() + ", " + tiles.height() + ", " + tiles.width() + "]";
	}

	@Override
	public int channels() {
		return first.channels();
	}

	@Override
	public int height() {
		return first.height();
	}

	@Override
	public int width() {
		return first.width();
	}

	@Override
	public int size() {
		return chosen.length;
	}

	@Override
	public int field(final int tile) {
		final int i = chosen[tile];
		return i < first.size() ? first.field(i) : second.field(i - first.size());
	}

	@Override
	public void read(final int tile, final FloatBuffer into) throws IOException {
		final int i = chosen[tile];
		if (i < first.size()) first.read(i, into);
		else second.read(i - first.size(), into);
	}
}
