// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.isophene.network.Model;
import io.github.isophene.network.StatisticsOrigin;

/** Chooses the origin of the statistics by which plates are normalized, where the user leaves it open. */
public final class StatisticsChoice {

	private StatisticsChoice() {}

	/**
	 * Returns what models were trained for.
	 *
	 * @throws IllegalArgumentException if they were trained for different origins
	 */
	static StatisticsOrigin trainedFor(final List<Model> models) {
		final Set<StatisticsOrigin> origins = new LinkedHashSet<>();
		for (final Model model : models) origins.add(model.card().statistics());
		if (origins.size() > 1) throw new IllegalArgumentException("The models were trained for different statistics (" + String
			.join(", ", origins.stream().map(StatisticsOrigin::label).toList()) + "): choose statistics");
		return origins.iterator().next();
	}

	/**
	 * Returns a warning where a model that was trained to need no adaptation is adapted: with statistics of the plate
	 * others do better. That was measured for models of {@code abra-input}; see the page methods/abra of the
	 * documentation.
	 *
	 * @return a sentence for the user; empty if there is nothing to say
	 */
	public static Optional<String> warning(final Model model, final StatisticsOrigin origin) {
		final String objective = model.card().training().getOrDefault("objective", "");
		if (!objective.startsWith("abra") || model.card().statistics() != StatisticsOrigin.TRAINING ||
			origin == StatisticsOrigin.TRAINING) return Optional.empty();
		return Optional.of("The model '" + model.card().name() + "' was trained by " + objective +
			" for the statistics that it stores. With statistics = " + origin.label() + " such models predicted worse than those of erm" +
			" or cs-arm-bn did: where plates have controls, rather train by cs-arm-bn or abra+cs-arm-bn");
	}
}
