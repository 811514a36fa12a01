// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of the log.
 *
 * @param epoch counted from 1
 * @param step steps of the optimizer so far
 * @param learningRate at the last of them
 * @param trainingLoss mean over the epoch's episodes, nats for cross-entropy
 * @param trainingAccuracy share of the epoch's queries that were right: in the domain
 * @param validationLoss cross-entropy on the validation plates, nats
 * @param validationAccuracy share of the validation images that are right: out of the domain
 * @param heldOutLoss the same on the held-out batches, on which nothing is decided; not a number if there are none
 * @param heldOutAccuracy share of their images that are right; not a number if there are none
 * @param best whether the validation loss is the lowest so far
 * @param figures what the objective tells of itself, by name: means over the epoch's episodes; may be empty
 */
public record EpochRecord(int epoch, long step, double learningRate, double trainingLoss, double trainingAccuracy,
	double validationLoss, double validationAccuracy, double heldOutLoss, double heldOutAccuracy, boolean best,
	Map<String, Double> figures)
{
	/** Figures are sorted by name. */
	public EpochRecord {
		figures = Collections.unmodifiableMap(new TreeMap<>(figures == null ? Map.of() : figures));
	}
}
