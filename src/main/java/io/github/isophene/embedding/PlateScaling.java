// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.util.List;
import java.util.concurrent.CancellationException;

import io.github.isophene.pixels.FieldScaling;
import io.github.isophene.pixels.PlateScalingException;
import io.github.isophene.screen.Field;

/**
 * Scaling of a plate's intensities, found when its first field asks for it; so where it takes wells of
 * the plate, they are read beside the work on the plate before.
 */
final class PlateScaling implements AutoCloseable {

	private final EmbeddingPlan plan;
	private final String plate;
	private final List<Field> fields;
	private FieldScaling scaling;
	private PlateScalingException failure;
	private volatile boolean closed;

	PlateScaling(final EmbeddingPlan plan, final String plate, final List<Field> fields) {
		this.plan = plan;
		this.plate = plate;
		this.fields = fields;
	}

	/**
	 * The scaling, the same for all fields; the first to ask finds it, others wait.
	 *
	 * @throws PlateScalingException each time, if the plate has no control wells, or none that can be read
	 */
	synchronized FieldScaling get() throws PlateScalingException {
		if (scaling == null && failure == null) {
			try {
				scaling = plan.scalingOf(plate, fields, this::check);
			}
			catch (final PlateScalingException exc) {
				failure = exc;
			}
		}
		if (failure != null) throw failure;
		return scaling;
	}

	private void check() {
		if (closed)
			throw new CancellationException("Canceled while the intensities of plate " + plate + " were measured");
	}

	/** Ends the reading. */
	@Override
	public void close() {
		closed = true;
	}
}
