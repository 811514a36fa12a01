// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.io.IOException;
import java.util.List;

import io.github.isophene.pixels.FieldScaling;
import io.github.isophene.screen.Field;

/**
 * How a plate's intensities are scaled, found when its first field asks: where it takes
 * the plate's control wells, reading them is left to the reader threads, too.
 */
final class PlateScaling {

	private final EmbeddingPlan plan;
	private final String plate;
	private final List<Field> fields;
	private FieldScaling scaling;
	private IOException failure;

	PlateScaling(final EmbeddingPlan plan, final String plate, final List<Field> fields) {
		this.plan = plan;
		this.plate = plate;
		this.fields = fields;
	}

	/**
	 * The scaling, the same for all fields; the first to ask finds it, others wait.
	 *
	 * @throws IOException each time, if the plate has no control wells, or none that can be read
	 */
	synchronized FieldScaling get() throws IOException {
		if (scaling == null && failure == null) {
			try {
				scaling = plan.scalingOf(plate, fields);
			}
			catch (final IOException exc) {
				failure = exc;
			}
		}
		if (failure != null) throw failure;
		return scaling;
	}
}
