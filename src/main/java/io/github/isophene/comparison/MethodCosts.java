// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

import io.github.isophene.network.Model;

/** Differences between methods of one budget: controls that they see, and images per step. */
final class MethodCosts {

	private final Map<String, Model> models = new TreeMap<>();

	/** Adds the model of some weights, whose record has the sizes of its episodes. */
	void add(final TrainedWeights weights, final Model model) {
		models.putIfAbsent(weights.label(), model);
	}

	/** Returns a table, a row per method. */
	String markdown(final Collection<Method> methods, final ComparisonOptions options) {
		final StringBuilder text = new StringBuilder("\nWhat differs between the methods (steps, labeled images per " +
			"step, first weights and " + (options.searches()
					? "the search for a learning rate are the same for all that train):\n\n"
					: "learning rate are the same for all that train; no rate is searched for any):\n\n") +
			"| method | trained by | images per step | of these controls | statistics on a new plate | controls used " +
			"there | depends on the other queries | passes per image there | source |\n" +
			"| --- | --- | --: | --: | --- | --- | --- | --: | --- |\n");
		for (final Method method : methods) {
			final Model model = method.weights().map(w -> models.get(w.label())).orElse(null);
			final int queries = model == null ? 0 : number(model, "episode.queries");
			final int controls = model == null ? 0 : number(model, "episode.controls");
			final int episodes = model == null ? 0 : number(model, "episode.accumulate");
			text.append("| ")
				.append(String.join(" | ", method.title(),
					method.weights().map(TrainedWeights::label).orElse("a linear probe"),
					model == null ? "" : Integer.toString((queries + controls) * episodes),
					model == null ? "" : Integer.toString(controls * episodes), method.statistics().label(),
					method.needsControls() ? "yes" : "no", method.dependsOnQueries() ? "yes" : "no",
					Integer.toString(method.passes()), method.source()))
				.append(" |\n");
		}
		return text.toString();
	}

	private static int number(final Model model, final String key) {
		return Integer.parseInt(model.card().training().getOrDefault(key, "0"));
	}
}
