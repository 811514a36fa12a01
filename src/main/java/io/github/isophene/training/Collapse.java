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
	/** Our choice: a healthy training is far below, also at its start. */
	private static final double ALIKE = 0.9995;
	/** Epochs in a row, our choice: the first steps may come close. */
	private static final int EPOCHS = 2;

	static final String ADVICE = "The training has collapsed: all images have the same embedding (mean cosine above " +
		ALIKE + " for " + EPOCHS + " epochs). Choose a smaller radius, a longer warm-up, a lower learning rate, or " +
		"alignment=coral or none";

	private Collapse() {}

	/** Returns whether the last epochs all show it. */
	public static boolean found(final List<EpochRecord> log) {
		if (log.size() < EPOCHS) return false;
		return log.subList(log.size() - EPOCHS, log.size())
			.stream()
			.allMatch(r -> r.figures().getOrDefault(COSINE, 0.) > ALIKE);
	}
}
