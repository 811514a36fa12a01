// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.util.List;

import io.github.isophene.pixels.PlateScalingException;
import io.github.isophene.run.Failure;
import io.github.isophene.run.FieldCount;
import io.github.isophene.screen.Field;

/**
 * One plate on its way to the network: from the moment this is made, reader threads
 * decode its fields and a thread fills batches from them; so the next plate is made
 * while the network is still at this one. What comes out is collected in its profiles.
 */
final class EmbeddingPlate implements AutoCloseable {

	/** Batches of one plate that are with the network at once. */
	static final int IN_USE = 2;

	private final String plate;
	private final PlateProfiles profiles;
	private final ReadAhead<Field, PreparedField> fields;
	private final BatchAssembler batches;
	private final PlateScaling scaling;

	EmbeddingPlate(final EmbeddingPlan plan, final String plate, final List<Field> plateFields) {
		this.plate = plate;
		profiles = new PlateProfiles(plan);
		final FieldPreparation preparation = plan.preparation();
		scaling = new PlateScaling(plan, plate, plateFields);
		// Twice as many fields wait as are being read: enough to bridge a slow file,
		// few enough that decoded images stay a small part of the heap.
		fields = new ReadAhead<>(plateFields, field -> () -> {
			try {
				return preparation.prepare(field, scaling.get());
			}
			catch (final PlateScalingException exc) {
				return PreparedField.failed(field, Failure.Kind.PLATE, exc.getMessage());
			}
		}, plan.readerThreads(), 2 * plan.readerThreads());
		batches = new BatchAssembler(fields, plan.batch(), plan.channelCount(), plan.tile(), IN_USE,
			plan.buffers());
	}

	/** The plate's identity in its screen. */
	String plate() {
		return plate;
	}

	/** Batches of consecutive fields; the last may have no tiles. */
	BatchAssembler batches() {
		return batches;
	}

	/** Returns the profiles embedded so far. */
	PlateProfiles profiles() {
		return profiles;
	}

	/**
	 * Takes in what the network made of a batch.
	 *
	 * @param vectors a row per tile of the batch
	 */
	void collect(final TileBatch batch, final float[][] vectors, final FieldCount count) {
		int next = 0;
		for (final TileBatch.TileSample sample : batch.samples) {
			if (sample.tile() == null) profiles.failed(sample.failure());
			else profiles.add(sample.field(), sample.tile(), sample.flat(), vectors[next++]);
			if (sample.lastOfField()) {
				profiles.endField(sample.field());
				count.plate(plate);
				count.field();
			}
		}
	}

	/** Ends the threads; of a plate that is not read to its end, what was read is lost. */
	@Override
	public void close() {
		scaling.close();
		batches.close();
		fields.close();
	}
}
