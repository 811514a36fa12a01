// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.util.List;

import io.github.isophene.screen.Field;

/**
 * One plate through the network: reader threads decode fields ahead, a thread fills the
 * next batch, the calling thread runs the network.
 */
final class PlateRun implements AutoCloseable {

	private final EmbeddingPlan plan;
	private final TileNetwork network;
	private final ReadAhead<Field, PreparedField> fields;
	private final BatchAssembler batches;

	PlateRun(final EmbeddingPlan plan, final TileNetwork network, final FieldPreparation.Scaling scaling, final List<Field> plateFields) {
		this.plan = plan;
		this.network = network;
		final FieldPreparation preparation = plan.preparation();
		// Twice as many fields wait as are being read: enough to bridge a slow file,
		// few enough that decoded images stay a small part of the heap.
		fields = new ReadAhead<>(plateFields, field -> () -> preparation.prepare(field, scaling), plan.readerThreads(), 2 *
			plan.readerThreads());
		batches = new BatchAssembler(fields, plan.batch(), plan.channelCount(), plan.tile());
	}

	/** Runs the plate to its end. */
	void into(final PlateProfiles profiles, final Progress progress) {
		while (batches.hasNext()) {
			progress.checkCanceled();
			final TileBatch batch = batches.next();
			final float[][] vectors = batch.size == 0 ? new float[0][] : network.embed(batch.pixels, batch.size, plan
				.channelCount(), plan.tile());
			int next = 0;
			for (final TileBatch.Sample sample : batch.samples) {
				if (sample.tile() == null) profiles.failed(sample.field(), sample.failure());
				else profiles.add(sample.field(), sample.tile(), sample.flat(), vectors[next++]);
				if (sample.lastOfField()) {
					profiles.endField(sample.field());
					progress.field();
				}
			}
		}
	}

	@Override
	public void close() {
		batches.close();
		fields.close();
	}
}
