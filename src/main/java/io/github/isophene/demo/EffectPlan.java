// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import io.github.isophene.demo.DemoRandom.Purpose;
import io.github.isophene.screen.Wells;

/**
 * Technical effects on the batches, plates and wells of a screen, drawn by seed. Batches and plates count from 1.
 *
 * @param effects which there are
 * @param shift factor on the size of each
 * @param seed of the screen
 * @param channels number of channels
 */
public record EffectPlan(Effects effects, double shift, long seed, int channels) {

	/** Returns the effect that all plates of a batch share. */
	public BatchEffect ofBatch(final int batch) {
		return sample(effects.batch(), Purpose.BATCH_EFFECT, batch);
	}

	/** Returns the effect of one plate, in addition to that of its batch. */
	public BatchEffect ofPlate(final int batch, final int plate) {
		return sample(effects.plate(), Purpose.PLATE_EFFECT, batch, plate);
	}

	/** Returns the effect of one well, in addition to those of its plate and position. */
	public BatchEffect ofWell(final int batch, final int plate, final String well) {
		return sample(effects.well(), Purpose.WELL_EFFECT, batch, plate, Wells.row(well), Wells.column(well));
	}

	/** Returns the change of the gain over one plate. */
	public PlatePosition position(final int batch, final int plate) {
		return PlatePosition.sample(DemoRandom.of(seed, Purpose.PLATE_POSITION, batch, plate), shift);
	}

	/** Returns all effects on a well together: those of its batch, plate, position and its own. */
	public BatchEffect of(final int batch, final int plate, final String well, final PlateLayout layout) {
		return ofBatch(batch).and(ofPlate(batch, plate))
			.and(position(batch, plate).at(well, layout.rows(), layout.columns(), channels))
			.and(ofWell(batch, plate, well));
	}

	private BatchEffect sample(final EffectRanges ranges, final Purpose purpose, final int... place) {
		return BatchEffect.sample(DemoRandom.of(seed, purpose, place), ranges, shift, channels);
	}
}
