// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the network busy: two batches are with it at a time, and their results come out
 * in the order in which they went in. While the caller looks after the results of one
 * batch, or a worker of the network waits for the slowest of its batch, the next is
 * already there.
 */
final class NetworkQueue implements AutoCloseable {

	/** A batch, the plate that it is of, and what the network will make of it. */
	record Embedded(EmbeddingPlate run, TileBatch batch, boolean last, Future<float[][]> vectors) {}

	private final TileNetwork network;
	private final int channels;
	private final int tile;
	private final FeatureSet features;
	private final ExecutorService lanes;
	private final Deque<Embedded> inFlight = new ArrayDeque<>();

	/**
	 * @param channels channels per tile
	 * @param tile side of a tile in pixels
	 * @param features what is computed
	 */
	NetworkQueue(final TileNetwork network, final int channels, final int tile, final FeatureSet features) {
		this.network = network;
		this.channels = channels;
		this.tile = tile;
		this.features = features;
		lanes = Executors.newFixedThreadPool(Math.min(network.lanes(), EmbeddingPlate.IN_USE), r -> {
			final Thread thread = new Thread(r, "isophene-network");
			thread.setDaemon(true);
			return thread;
		});
	}

	/** Returns whether a batch must be taken out before another fits in. */
	boolean isFull() {
		return inFlight.size() >= EmbeddingPlate.IN_USE;
	}

	/** Returns whether nothing is on its way. */
	boolean isEmpty() {
		return inFlight.isEmpty();
	}

	/**
	 * Sends a batch to the network.
	 *
	 * @param last whether it is the last of its plate
	 */
	void add(final EmbeddingPlate run, final TileBatch batch, final boolean last) {
		inFlight.add(new Embedded(run, batch, last, lanes
			.submit(() -> batch.size == 0 ? new float[0][]
				: features.of(network, batch.pixels, batch.size, channels, tile))));
	}

	/** The batch that went in first. */
	Embedded take() {
		return inFlight.remove();
	}

	/** Stops what is on its way, and waits until the network is left alone. */
	@Override
	public void close() {
		lanes.shutdownNow();
		boolean interrupted = false;
		for (boolean ended = false; !ended;) {
			try {
				ended = lanes.awaitTermination(1, TimeUnit.MINUTES);
			}
			catch (final InterruptedException exc) {
				// The network may be closed as soon as this returns: not while it computes.
				interrupted = true;
			}
		}
		if (interrupted) Thread.currentThread().interrupt();
	}
}
