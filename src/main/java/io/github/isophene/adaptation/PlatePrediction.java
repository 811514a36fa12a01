// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.util.List;

import io.github.isophene.adaptation.statistics.Drift;
import io.github.isophene.network.StatisticsOrigin;

/**
 * Predictions for one plate.
 *
 * @param plate the plate's name
 * @param statistics from which images batch statistics came
 * @param classes names of the classes, in the order of all probabilities
 * @param fields per field, in the order of the queries' fields; a field without tiles isn't there
 * @param wells per well, the mean over its fields, in order of first appearance
 * @param drifts how far the plate's controls are from training, one per model; empty if there
 *          are no controls or it wasn't asked for
 * @param departures how far the queries are from the plate's controls, one per model: drifts of the queries' statistics
 *          from those of the controls; empty unless the statistics come from the controls and drift was asked for
 * @param warnings what the user should know before trusting the predictions, a sentence each
 */
public record PlatePrediction(String plate, StatisticsOrigin statistics, List<String> classes, List<Prediction> fields,
	List<Prediction> wells, List<Drift> drifts, List<Drift> departures, List<String> warnings)
{

	public PlatePrediction {
		classes = List.copyOf(classes);
		fields = List.copyOf(fields);
		wells = List.copyOf(wells);
		drifts = List.copyOf(drifts);
		departures = List.copyOf(departures);
		warnings = List.copyOf(warnings);
	}
}
