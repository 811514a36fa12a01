// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.tiles;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.TileSource;

/**
 * Some tiles of two sources, in an order of their own, a tile perhaps several times. The
 * second source's tiles are counted on behind the first's. Fields are those of the source.
 */
public final class ChosenTiles implements TileSource {

	private final TileSource first;
	private final TileSource second;
	private final int[] chosen;

	/** @throws IllegalArgumentException if the sources' tiles differ in shape */
	public ChosenTiles(final TileSource first, final TileSource second, final int[] chosen) {
		if (first.channels() != second.channels() || first.size() != second.size()) {
			throw new IllegalArgumentException("Queries are images " + shape(first) + ", but controls " +
				shape(second) + ": they must have the same channels and tile size");
		}
		this.first = first;
		this.second = second;
		this.chosen = chosen;
	}

	/** All tiles of both. */
	public static TileSource all(final TileSource first, final TileSource second) {
		return new ChosenTiles(first, second, IntStream.range(0, first.count() + second.count()).toArray());
	}

	/** Returns at most so many of the numbers below n, evenly spread, ascending. */
	public static int[] spread(final int n, final int most) {
		final int[] all = new int[Math.min(n, most)];
		Arrays.setAll(all, i -> (int) ((2L * i + 1) * n / (2L * all.length)));
		return all;
	}

	private static String shape(final TileSource tiles) {
		return "[" + tiles.channels() + ", " + tiles.size() + ", " + tiles.size() + "]";
	}

	@Override
	public int channels() {
		return first.channels();
	}

	@Override
	public int size() {
		return first.size();
	}

	@Override
	public int count() {
		return chosen.length;
	}

	@Override
	public boolean isRandom() {
		return first.isRandom() || second.isRandom();
	}

	@Override
	public int field(final int tile) {
		final int i = chosen[tile];
		return i < first.count() ? first.field(i) : second.field(i - first.count());
	}

	@Override
	public void read(final int tile, final RandomStream random, final FloatBuffer out) throws IOException {
		final int i = chosen[tile];
		if (i < first.count()) first.read(i, random, out);
		else second.read(i - first.count(), random, out);
	}
}
