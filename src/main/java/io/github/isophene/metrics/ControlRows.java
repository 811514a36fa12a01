// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.isophene.numerics.Matrix;

/** The negative controls that have a batch: what the batch probes look at. */
public final class ControlRows {

	private ControlRows() {}

	/** @throws UndefinedMetricException if there are none, or they are of one batch */
	public static AssessedProfiles ofSeveralBatches(final AssessedProfiles profiles) {
		final AssessedProfiles controls = profiles.select(profiles.controls()).withBatch();
		if (controls.size() == 0 || controls.batches().size() < 2) {
			throw new UndefinedMetricException("the negative controls are of one batch only");
		}
		return controls;
	}

	/** The plates; each row a plate of its own where no batch has two plates, which makes them useless for a split. */
	public static Categories splitUnits(final AssessedProfiles controls) {
		return hasPlatesPerBatch(controls) ? controls.plates() : new Categories(Matrix.all(controls.size()), Collections
			.nCopies(controls.size(), ""));
	}

	/** What to note where {@link #splitUnits} aren't plates, or the controls are some of all. */
	public static String note(final AssessedProfiles controls, final int all) {
		final List<String> notes = new ArrayList<>();
		if (!hasPlatesPerBatch(controls)) notes.add("split by row, as no batch has two plates: plate effects count as batch effects");
		if (controls.size() < all) notes.add("on " + controls.size() + " random controls of " + all);
		return String.join("; ", notes);
	}

	private static boolean hasPlatesPerBatch(final AssessedProfiles controls) {
		final int[] plates = controls.plates().of();
		for (final int[] rows : controls.batches().rows()) {
			for (final int row : rows) if (plates[row] != plates[rows[0]]) return true;
		}
		return false;
	}
}
