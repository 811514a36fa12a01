// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard.StatisticsKind;

/** From which images of a plate its batch statistics come when it is predicted: the key {@code statistics}. */
public enum PlateNormalization {

	/**
	 * CS-ARM-BN as its evaluation is published (arXiv:2604.20824): chunks of at most 64 queries,
	 * each with 128 random controls of the plate, are one batch normalised by its own mean and
	 * biased variance. A query's prediction depends on what else is in its chunk.
	 */
	JOINT(true),
	/**
	 * CS-ARM-BN as it is deployed: one pass over all queries and controls of the plate, whose
	 * mean and <em>unbiased</em> variance are then stored and fixed. During that pass each layer
	 * normalises by the biased variance, as published.
	 */
	JOINT_PLATE(true),
	/**
	 * As {@link #JOINT_PLATE}, but the pass is over the controls alone: the prediction of a query
	 * depends on no other query. Exact, where the variant of ml-jku/cs-arm-bn that normalizes by controls
	 * alone takes .1 of the controls' statistics and .9 of the initial mean 0 and variance 1.
	 */
	CONTROLS(true),
	/** ARM-BN and AdaBN: chunks of at most 64 queries, without controls, each normalised by itself. */
	BATCH(false),
	/** No adaptation: the statistics that are stored in the model, those of training. */
	TRAINING(false);

	private final boolean needsControls;

	PlateNormalization(final boolean needsControls) {
		this.needsControls = needsControls;
	}

	/** Whether a plate without controls can't be predicted this way. */
	public boolean needsControls() {
		return needsControls;
	}

	/** Whether the statistics are those of the plate as a whole, so that they can be stored in a model. */
	public boolean storable() {
		return this == CONTROLS || this == JOINT_PLATE;
	}

	/** {@code joint}, {@code joint-plate}, {@code controls}, {@code batch}, {@code training}. */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * What to know before a model that was trained to need no adaptation is adapted: with statistics
	 * of the plate others do better. That was measured for models of
	 * {@code abra-input}; see the page methods/abra of the documentation.
	 *
	 * @return a sentence for the user; empty if there is nothing to say
	 */
	public Optional<String> againstTraining(final Model model) {
		final String objective = model.card().training().getOrDefault("objective", "");
		if (!objective.startsWith("abra") || model.card().statistics() != StatisticsKind.RUNNING || this == TRAINING) {
			return Optional.empty();
		}
		return Optional.of("The model '" + model.card().name() + "' was trained by " + objective +
			" for the statistics that it stores. With statistics = " + label() + " such models predicted worse than those of erm" +
			" or cs-arm-bn did: where plates have controls, rather train by cs-arm-bn or abra+cs-arm-bn");
	}

	/**
	 * By label.
	 *
	 * @throws IllegalArgumentException naming all labels, if there is none such
	 */
	public static PlateNormalization of(final String label) {
		final String wanted = label.strip().toLowerCase(Locale.ROOT);
		for (final PlateNormalization kind : values()) if (kind.label().equals(wanted)) return kind;
		throw new IllegalArgumentException("statistics = " + label + ": use one of " + Arrays.stream(values()).map(
			PlateNormalization::label).collect(Collectors.joining(", ")));
	}
}
