// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import io.github.isophene.run.FieldCount;
import io.github.isophene.screen.Field;

/**
 * Plates through the network, one after the other without a gap: while the network is at
 * one plate, the next is being read already, and while a finished plate is written, the
 * network goes on.
 */
final class PlatePipeline {

	/** Receives a finished plate. */
	@FunctionalInterface
	interface Finished {

		void plate(String plate, PlateProfiles profiles) throws IOException;
	}

	private final EmbeddingPlan plan;
	private final TileNetwork network;
	private final FieldCount count;

	PlatePipeline(final EmbeddingPlan plan, final TileNetwork network, final FieldCount count) {
		this.plan = plan;
		this.network = network;
		this.count = count;
	}

	/**
	 * Embeds plates.
	 *
	 * @param plates their fields by plate
	 * @param finished told of each plate, in this order, as soon as its last field is done
	 * @return the number of tiles
	 * @throws IOException if a finished plate can't be written
	 * @throws java.util.concurrent.CancellationException if the run was canceled
	 */
	long run(final Map<String, List<Field>> plates, final Finished finished) throws IOException {
		final Iterator<Map.Entry<String, List<Field>>> waiting = plates.entrySet().iterator();
		// The plate that goes to the network now, and the one after it, which is being read already.
		final Deque<EmbeddingPlate> reading = new ArrayDeque<>();
		long tiles = 0;
		try (NetworkQueue queue = new NetworkQueue(network, plan.channelCount(), plan.tile(), plan.featureSet())) {
			while (true) {
				while (reading.size() < 2 && waiting.hasNext()) {
					final Map.Entry<String, List<Field>> plate = waiting.next();
					reading.add(new EmbeddingPlate(plan, plate.getKey(), plate.getValue()));
				}
				count.check();
				if (!reading.isEmpty() && !queue.isFull()) {
					if (feed(reading.element(), queue)) reading.remove().close();
				}
				else if (!queue.isEmpty()) {
					tiles += collect(queue.take(), finished);
				}
				else return tiles;
			}
		}
		finally {
			reading.forEach(EmbeddingPlate::close);
		}
	}

	/** Sends the next batch of a plate to the network; returns whether it was the plate's last. */
	private static boolean feed(final EmbeddingPlate run, final NetworkQueue queue) {
		final TileBatch batch = run.batches().next();
		final boolean last = !run.batches().hasNext();
		queue.add(run, batch, last);
		return last;
	}

	/**
	 * Takes in a batch's embeddings; returns the plate's number of tiles if that was the end of the plate,
	 * otherwise 0.
	 */
	private long collect(final NetworkQueue.Embedded embedded, final Finished finished) throws IOException {
		final EmbeddingPlate run = embedded.run();
		run.collect(embedded.batch(), Futures.of(embedded.vectors()), count);
		if (!embedded.last()) return 0;
		run.batches().recycle();
		finished.plate(run.plate(), run.profiles());
		return run.profiles().tiles();
	}
}
