// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.Stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.isophene.engine.Tensors;
import io.github.isophene.network.Normalization;
import io.github.isophene.network.ResNet;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.TileSource;
import io.github.isophene.progress.Progress;
import io.github.isophene.training.data.Episode;
import io.github.isophene.training.data.Split;
import io.github.isophene.training.data.TrainingData;

/**
 * The embeddings of images by a frozen encoder with its stored statistics, in the place of
 * the images: D channels of one pixel. Held in memory, 4 D bytes per labeled image.
 */
final class EncodedTiles implements TileSource {

	/** Images that are encoded together. */
	private static final int BATCH = 16;

	private final float[][] embeddings;
	private final int dimension;

	private EncodedTiles(final float[][] embeddings, final int dimension) {
		this.embeddings = embeddings;
		this.dimension = dimension;
	}

	/**
	 * Encodes every labeled image of a split.
	 *
	 * @param progress of the images
	 * @throws java.util.concurrent.CancellationException if canceled
	 */
	static EncodedTiles of(final TrainingData data, final Split split, final NDManager manager, final ResNet network,
		final Progress progress) throws IOException
	{
		final int[] samples = Stream.of(split.training(), split.validation(), split.heldOut())
			.flatMapToInt(Arrays::stream)
			.filter(i -> data.samples().get(i).labeled())
			.toArray();
		final float[][] embeddings = new float[data.samples().size()][];
		final EpisodeLoader loader = new EpisodeLoader(data.tiles());
		for (int from = 0; from < samples.length; from += BATCH) {
			progress.check(() -> "Canceled while encoding images; nothing has been trained yet");
			final int[] some = Arrays.copyOfRange(samples, from, Math.min(samples.length, from + BATCH));
			loader.start(new Episode(some, new int[0]), i -> null);
			try (NDManager step = manager.newSubManager()) {
				final float[][] rows = Tensors.rows(network.embed(loader.take(step), Normalization.running()));
				for (int i = 0; i < rows.length; i++) embeddings[some[i]] = rows[i];
			}
			final int done = from + some.length;
			progress.report("Reading images, " + done + " of " + samples.length);
		}
		return new EncodedTiles(embeddings, network.architecture().embeddingDimension());
	}

	/**
	 * The embeddings [N, D] of images [N, C, H, W] of a source: computed, or, if they are that already, as they
	 * are.
	 */
	static NDArray embeddings(final TileSource source, final ResNet network, final NDArray images,
		final Normalization normalization)
	{
		return source instanceof EncodedTiles encoded ? images.reshape(images.getShape().get(0), encoded.dimension)
			: network.embed(images, normalization);
	}

	@Override
	public int count() {
		return embeddings.length;
	}

	@Override
	public int channels() {
		return dimension;
	}

	@Override
	public int size() {
		return 1;
	}

	@Override
	public void read(final int sample, final RandomStream random, final FloatBuffer out) {
		out.put(embeddings[sample]);
	}
}
