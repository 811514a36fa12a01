// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.isophene.engine.Tensors;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.TileSource;
import io.github.isophene.training.data.Episode;

/**
 * Reads the images of episodes, one episode ahead of the one that is computed. What is read
 * doesn't depend on the threads, as every image has a random stream of its own.
 */
public final class EpisodeLoader {

	private final TileSource tiles;
	private final int imageSize;
	private FloatBuffer buffer = FloatBuffer.allocate(0);
	private CompletableFuture<Integer> pending;

	public EpisodeLoader(final TileSource tiles) {
		this.tiles = tiles;
		imageSize = Math.multiplyExact(tiles.channels(), Math.multiplyExact(tiles.size(), tiles.size()));
	}

	/**
	 * Begins to read an episode in the background. One at a time: {@link #take} ends it.
	 *
	 * @param random the random stream for the image at a place of the episode; may give {@code null}
	 */
	public void start(final Episode episode, final IntFunction<RandomStream> random) {
		if (pending != null) throw new IllegalStateException("An episode is being read already");
		final int n = episode.size();
		final int values = Math.multiplyExact(n, imageSize);
		if (buffer.capacity() < values) {
			buffer = ByteBuffer.allocateDirect(Math.multiplyExact(4, values))
				.order(ByteOrder.nativeOrder())
				.asFloatBuffer();
		}
		final FloatBuffer target = buffer;
		pending = CompletableFuture.supplyAsync(() -> {
			IntStream.range(0, n)
				.parallel()
				.forEach(i -> read(episode.sample(i), random.apply(i), target.slice(i * imageSize, imageSize)));
			return n;
		});
	}

	private void read(final int sample, final RandomStream random, final FloatBuffer out) {
		try {
			tiles.read(sample, random, out);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		if (out.hasRemaining())
			throw new IllegalStateException(
				"The image of sample " + sample + " has " + out.position() + " values instead of " + imageSize);
	}

	/** The images [n, C, H, W] of the episode that was started; the next may be started at once. */
	public NDArray take(final NDManager manager) throws IOException {
		try {
			final int n = pending.join();
			return Tensors.create(manager, buffer.slice(0, n * imageSize), n, tiles.channels(), tiles.size(),
				tiles.size());
		}
		catch (final CompletionException e) {
			if (e.getCause() instanceof UncheckedIOException io) throw io.getCause();
			if (e.getCause() instanceof RuntimeException r) throw r;
			throw e;
		}
		finally {
			pending = null;
		}
	}

	/** Waits until nothing is being read any more. */
	void finish() {
		if (pending == null) return;
		pending.exceptionally(e -> 0).join();
		pending = null;
	}
}
