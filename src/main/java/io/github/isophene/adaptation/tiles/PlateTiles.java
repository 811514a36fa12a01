// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.tiles;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;

import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.CachedTiles;
import io.github.isophene.pixels.TileSource;

/** The tiles of some fields of a plate, field after field, out of a cache that has loaded them. */
public final class PlateTiles implements TileSource {

	private final CachedTiles cache;
	private final int[] fields;
	/** Behind the last tile of each field. */
	private final int[] ends;

	/**
	 * The tiles of some fields.
	 *
	 * @param fields indices in the cache; what isn't loaded has no tiles
	 */
	public PlateTiles(final CachedTiles cache, final int[] fields) {
		this.cache = cache;
		this.fields = fields.clone();
		ends = new int[fields.length];
		int n = 0;
		for (int f = 0; f < fields.length; f++) ends[f] = n = Math.addExact(n, cache.count(fields[f]));
	}

	@Override
	public int channels() {
		return cache.channels();
	}

	@Override
	public int size() {
		return cache.size();
	}

	@Override
	public int count() {
		return ends.length == 0 ? 0 : ends[ends.length - 1];
	}

	@Override
	public int field(final int tile) {
		// The first field whose end lies behind the tile; fields without tiles share an end.
		int low = Arrays.binarySearch(ends, tile + 1);
		if (low < 0) low = -low - 1;
		while (low > 0 && ends[low - 1] > tile) low--;
		return low;
	}

	@Override
	public void read(final int tile, final RandomStream random, final FloatBuffer into) throws IOException {
		final int field = field(tile);
		cache.read(fields[field], tile - (field == 0 ? 0 : ends[field - 1]), into);
	}
}
