// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

/**
 * One field of a simulated screen before it is rendered: where it is, what its
 * cells are, and what was done to its image. Batch, plate and site count from 1.
 *
 * @param batch number of the batch
 * @param plate number of the plate within its batch
 * @param well normalized well name
 * @param site number of the field within its well
 * @param label class, an index into {@link Phenotype#all()}
 * @param effect all technical effects on it: batch, plate and position together
 */
public record PlannedField(int batch, int plate, String well, int site, int label, BatchEffect effect) {

	/** The batch's name: {@code B1}. */
	public String batchName() {
		return "B" + batch;
	}

	/** The plate's name, unique in the screen: {@code B1_P1}. */
	public String plateName() {
		return plateName(batch, plate);
	}

	/** Returns the phenotype of the cells. */
	public Phenotype phenotype() {
		return Phenotype.all().get(label);
	}

	static String plateName(final int batch, final int plate) {
		return "B" + batch + "_P" + plate;
	}
}
