// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.util.List;

/**
 * Tells when all images get the same embedding. A loss to be made small for clean and
 * perturbed images alike has a way out: to look at nothing. What objectives report as
 * {@link #COSINE} is close to 1 then, and stays there.
 */
public final class Collapse {

	/** Figure: mean cosine of the angle between the embeddings of two images. */
	public static final String COSINE = "embedding_cosine";
	/** Figure: variance of the embeddings of length 1, summed over their components: 0 to 1. */
	public static final String VARIANCE = "embedding_variance";
	/** Figure: share of the class that is predicted most, 0 to 1. */
	public static final String PREDICTED = "predicted_most";
	/** Of constant predictions, our choice: embeddings after a ReLU may be as much alike at the start. */
	private static final double NEARLY_ALIKE = 0.95;
	private static final double CONSTANT = 0.995;
	private static final int CONSTANT_EPOCHS = 5;
	private static final long CONSTANT_STEPS = 100;
	/** Our choice: a healthy training is far below, also at its start. */
	private static final double ALIKE = 0.9995;
	/** Epochs in a row, our choice: the first steps may come close. */
	private static final int EPOCHS = 2;

	static final String ADVICE = "The training has collapsed: all images have the same embedding (mean cosine above " +
		ALIKE + " for " + EPOCHS + " epochs) or the same prediction (for " + CONSTANT_EPOCHS +
		" epochs). Choose a smaller radius, a longer warm-up, a lower learning rate, or " +
		"alignment=coral or none";

	private Collapse() {}

	/**
	 * Returns whether the last epochs all show it: embeddings that are the same, or, for 5 epochs and 100 steps, nearly
	 * the
	 * same with one class predicted for all images.
	 */
	public static boolean found(final List<EpochRecord> log) {
		return alike(log) || constant(log);
	}

	private static boolean constant(final List<EpochRecord> log) {
		int from = log.size();
		while (from > 0 && log.get(from - 1).figures().getOrDefault(COSINE, 0.) > NEARLY_ALIKE &&
			log.get(from - 1).figures().getOrDefault(PREDICTED, 0.) > CONSTANT) from--;
		return log.size() - from >= CONSTANT_EPOCHS &&
			log.get(log.size() - 1).step() - log.get(from).step() >= CONSTANT_STEPS;
	}

	private static boolean alike(final List<EpochRecord> log) {
		if (log.size() < EPOCHS) return false;
		return log.subList(log.size() - EPOCHS, log.size())
			.stream()
			.allMatch(r -> r.figures().getOrDefault(COSINE, 0.) > ALIKE);
	}
}
