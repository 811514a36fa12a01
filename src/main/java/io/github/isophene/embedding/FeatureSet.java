// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import io.github.isophene.profiles.ProfileTable;

/** Features of a tile: those of a network, statistics of its pixels, or both. */
public enum FeatureSet {

	/** Embedding by the network. */
	NETWORK,

	/** {@link PixelStatistics} of what the network would see; the network isn't run. */
	STATISTICS,

	/** Embedding, then statistics. */
	BOTH;

	/**
	 * Returns the set of this name.
	 *
	 * @throws IllegalArgumentException if there is none
	 */
	public static FeatureSet parse(final String name) {
		final String wanted = name.strip().toLowerCase(Locale.ROOT);
		for (final FeatureSet set : values()) if (set.toString().equals(wanted)) return set;
		throw new IllegalArgumentException("features = " + name + ": must be network, statistics or both");
	}

	/** Names of the features, in order. */
	List<String> names(final TileNetwork network, final List<String> channels, final int side) {
		final List<String> names = new ArrayList<>();
		if (this != STATISTICS) names.addAll(network.featureNames(channels.size(), side));
		if (this != NETWORK) names.addAll(PixelStatistics.names(channels));
		if (names.stream().distinct().count() < names.size())
			throw new IllegalArgumentException(
				"features = " + this + ": two columns have one name, as channels are called " + channels +
					" and the network has a feature of that name: rename the channels in the screen");
		return names;
	}

	/** Returns the number of features. */
	public int count(final TileNetwork network, final List<String> channels, final int side) {
		return names(network, channels, side).size();
	}

	/** Returns a table without the columns of statistics. */
	public ProfileTable ofNetwork(final ProfileTable table) {
		return this == NETWORK ? table : table.selectFeatures(
			table.featureColumns().stream().filter(name -> !name.startsWith(PixelStatistics.PREFIX)).toList());
	}

	/** Names of channels that have none: their numbers. */
	static List<String> numbered(final int channels) {
		return IntStream.rangeClosed(1, channels).mapToObj(Integer::toString).toList();
	}

	/**
	 * Computes the features of tiles.
	 *
	 * @param tiles [N, C, H, W] from the buffer's position on, which stays
	 * @return N rows
	 */
	float[][] of(final TileNetwork network, final FloatBuffer tiles, final int n, final int channels, final int side) {
		final float[][] embedded = this == STATISTICS ? null : network.embed(tiles, n, channels, side);
		if (this == NETWORK) return embedded;
		final float[][] features = new float[n][];
		final float[] pixels = new float[channels * side * side];
		for (int i = 0; i < n; i++) {
			tiles.get(tiles.position() + i * pixels.length, pixels);
			final float[] statistics = PixelStatistics.detailed(pixels, channels, side, side);
			if (embedded == null) {
				features[i] = statistics;
				continue;
			}
			features[i] = Arrays.copyOf(embedded[i], embedded[i].length + statistics.length);
			System.arraycopy(statistics, 0, features[i], embedded[i].length, statistics.length);
		}
		return features;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
