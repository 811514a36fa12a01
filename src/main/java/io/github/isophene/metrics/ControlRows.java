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

	/** Beginning of a note where the split isn't by plate. */
	public static final String NOT_BY_PLATE = "split by ";

	/** The plates; the wells where no batch has two plates; the rows where no batch has two wells either. */
	public static Categories splitUnits(final AssessedProfiles rows) {
		return hasPlatesPerBatch(rows) ? rows.plates() : hasWellsPerBatch(rows) ? rows.wells()
			: new Categories(Matrix.all(rows.size()), Collections.nCopies(rows.size(), ""));
	}

	/** Returns the note where {@link #splitUnits} aren't plates, or only some controls are used. */
	public static String note(final AssessedProfiles controls, final int all) {
		final List<String> notes = new ArrayList<>();
		if (!hasPlatesPerBatch(controls)) {
			notes.add(hasWellsPerBatch(controls)
				? NOT_BY_PLATE + "well, as no batch has two plates: plate effects count as batch effects"
				: NOT_BY_PLATE + "row, as no batch has two wells: what is the well's counts as batch effect");
		}
		if (controls.size() < all) notes.add("on " + controls.size() + " random rows of " + all);
		return String.join("; ", notes);
	}

	private static boolean hasWellsPerBatch(final AssessedProfiles controls) {
		return severalPerBatch(controls, controls.wells().of());
	}

	public static boolean hasPlatesPerBatch(final AssessedProfiles controls) {
		return severalPerBatch(controls, controls.plates().of());
	}

	private static boolean severalPerBatch(final AssessedProfiles controls, final int[] units) {
		for (final int[] rows : controls.batches().rows()) {
			for (final int row : rows) if (units[row] != units[rows[0]]) return true;
		}
		return false;
	}
}
