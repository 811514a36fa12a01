// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import ai.djl.ndarray.NDArray;

/**
 * What an objective makes of an episode.
 *
 * @param loss a scalar to be made small, with gradient; the mean over the episode
 * @param logits [queries, classes], for counting right answers
 */
public record Outcome(NDArray loss, NDArray logits) {}
