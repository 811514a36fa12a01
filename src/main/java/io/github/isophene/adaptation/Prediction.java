// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

/**
 * Prediction for a field or a well.
 *
 * @param well name of the well
 * @param site name of the site; empty for a well as a whole
 * @param parts how many tiles (of a field) or fields (of a well) it is the mean of
 * @param probabilities of the classes, in the order of the models' classes; they sum to 1
 * @param predicted the most probable class
 * @param entropy predictive entropy of the probabilities, nats, from 0 to ln K
 */
public record Prediction(String well, String site, int parts, double[] probabilities, String predicted,
	double entropy)
{}
