// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.messages.Count;
import io.github.isophene.progress.Progress;

/**
 * Puts one method to its tests. Where a prediction doesn't depend on the other queries, each
 * image is predicted once per set of controls and its answer looked up afterwards.
 */
final class Evaluation {

	private final ComparisonData data;
	private final Method method;
	private final long seed;
	private final TrialPredictor predictor;
	/** By plate and controls, the predicted class of every query of the plate. */
	private final Map<String, Map<Integer, Integer>> known = new HashMap<>();
	private final List<ImagePrediction> images = new ArrayList<>();

	Evaluation(final ComparisonData data, final Method method, final TrialPredictor predictor, final long seed) {
		this.data = data;
		this.method = method;
		this.predictor = predictor;
		this.seed = seed;
	}

	/** Returns whether a method is tested under a condition: numbers of controls only where it has use for them. */
	static boolean applies(final Method method, final Condition condition) {
		return condition.kind() != Condition.Kind.CONTROL_WELLS || method.needsControls();
	}

	/** Returns the prediction of each image of whole plates, after {@link #run}. */
	List<ImagePrediction> images() {
		return images;
	}

	/** All trials that apply, in their order. */
	List<ResultRow> run(final List<Trial> trials, final Progress progress) throws IOException {
		final List<ResultRow> rows = new ArrayList<>();
		for (int t = 0; t < trials.size(); t++) {
			final Trial trial = trials.get(t);
			progress.check(Comparison.CANCELED);
			progress.report(t + " of " + Count.of(trials.size(), "trial"), t, trials.size());
			if (!applies(method, trial.condition()) || !predictor.takes(trial.controls().length)) continue;
			rows.add(new ResultRow(seed, method, trial.condition(), trial.plate(), trial.draw(), trial.queries().length,
				trial.controls().length, correct(trial)));
		}
		return rows;
	}

	private int correct(final Trial trial) throws IOException {
		final int[] predicted = method.dependsOnQueries() ? predict(trial, trial.queries()) : lookUp(trial);
		if (trial.condition().isWhole()) {
			for (int i = 0; i < predicted.length; i++)
				images.add(ImagePrediction.of(data, seed, method, trial.condition(), trial.queries()[i], predicted[i]));
		}
		int correct = 0;
		for (int i = 0; i < predicted.length; i++) {
			if (predicted[i] == data.samples().get(trial.queries()[i]).label()) correct++;
		}
		return correct;
	}

	/** A network that can't take a trial's images knows neither plate nor condition. */
	private int[] predict(final Trial trial, final int[] queries) throws IOException {
		try {
			return predictor.predict(trial, queries);
		}
		catch (final IllegalArgumentException exc) {
			final int controls = trial.controls().length;
			throw new IllegalArgumentException(
				"Plate " + trial.plate() + ", " + method.label() + ", " + trial.condition().label() + ", with " +
					Count.of(controls, "image") + " of controls: " + exc.getMessage() +
					(trial.condition().kind() == Condition.Kind.CONTROL_WELLS
						? ", or leave the smallest numbers out of wells"
						: "") +
					". What is trained is kept",
				exc);
		}
	}

	/** Returns what answers depend on, besides the query: the plate, and the controls where a method uses them. */
	static String key(final Method method, final Trial trial) {
		return trial.plate() + " " + (method.needsControls() ? Arrays.toString(trial.controls()) : "");
	}

	private int[] lookUp(final Trial trial) throws IOException {
		final Map<Integer, Integer> answers = known.computeIfAbsent(key(method, trial), k -> new HashMap<>());
		final int[] missing = Arrays.stream(trial.queries()).distinct().filter(i -> !answers.containsKey(i)).toArray();
		if (missing.length > 0) {
			final int[] predicted = predict(trial, missing);
			for (int i = 0; i < missing.length; i++) answers.put(missing[i], predicted[i]);
		}
		return Arrays.stream(trial.queries()).map(answers::get).toArray();
	}
}
