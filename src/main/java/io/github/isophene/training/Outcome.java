// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.util.Map;

import ai.djl.ndarray.NDArray;

/**
 * Loss and logits of an episode.
 *
 * @param loss a scalar to be made small, with gradient; the mean over the episode
 * @param logits [queries, classes], for counting right answers; without a margin
 * @param figures what else is worth knowing, by name, for the log: letters, digits and _; empty
 *          for most. The log has the mean over the episodes of an epoch that name a figure
 */
public record Outcome(NDArray loss, NDArray logits, Map<String, Double> figures) {

	/** Without figures. */
	public Outcome(final NDArray loss, final NDArray logits) {
		this(loss, logits, Map.of());
	}
}
