// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;
import java.nio.FloatBuffer;

import io.github.isophene.embedding.PixelStatistics;
import io.github.isophene.pixels.TileSource;
import io.github.isophene.progress.Progress;

/**
 * {@link PixelStatistics} of each image, as the trained networks see it: the baseline without any network.
 */
final class PixelBaseline {

	private PixelBaseline() {}

	/**
	 * Computes them for all images of a comparison.
	 *
	 * @throws IOException if an image can't be read
	 * @throws java.util.concurrent.CancellationException if canceled
	 */
	static FrozenProfiles of(final ComparisonData data, final Progress progress) throws IOException {
		final TileSource tiles = data.images().tiles();
		final int c = tiles.channels();
		final int side = tiles.size();
		final FloatBuffer values = FloatBuffer.allocate(Math.multiplyExact(c, side * side));
		final float[][] profiles = new float[data.samples().size()][];
		for (int i = 0; i < profiles.length; i++) {
			progress.check(Comparison.CANCELED);
			tiles.read(i, null, values.clear());
			profiles[i] = PixelStatistics.of(values.array(), c, side, side);
		}
		return new FrozenProfiles("pixel statistics", profiles);
	}
}
