// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Origin of the mean and variance by which the batch-normalization layers of a network normalize the images of a
 * plate: the key {@code statistics}, and the entry of that name in {@code model.json}.
 * <p>
 * All of them compute gamma (x - mean) / sqrt(variance + 1e-5) + beta per channel.
 * </p>
 */
public enum StatisticsOrigin {

	/**
	 * The plate's controls, moved by two numbers per channel that were learned after training: to what the network
	 * expects of controls and queries together. Ours; see {@link StatisticsCalibration}.
	 */
	CALIBRATED(Needs.CONTROLS, true, false,
		"the plate's controls, moved to what the network expects of a usual mixture; independent of the queries"),
	/**
	 * All images of the plate, corrected for its mixture of classes as the model itself predicts it. Ours; see
	 * {@link StatisticsCalibration}.
	 */
	MIX(Needs.CONTROLS, true, true,
		"all images of the plate, corrected for the mixture of classes that the model predicts on it"),
	/**
	 * CS-ARM-BN as its evaluation is published (arXiv:2604.20824): chunks of at most 64 queries, each with 128 random
	 * controls of the plate, are one batch normalized by its own mean and biased variance. In training: an episode of
	 * queries and controls.
	 */
	JOINT(Needs.CONTROLS, false, true, "chunks of queries, each with random controls, as published for CS-ARM-BN"),
	/**
	 * CS-ARM-BN as it is deployed: one pass over all queries and controls of the plate, whose mean and
	 * <em>unbiased</em>
	 * variance are then stored. During that pass each layer normalizes by the biased variance, as published.
	 */
	JOINT_PLATE(Needs.CONTROLS, true, true, "all queries and controls of the plate at once, as CS-ARM-BN is deployed"),
	/**
	 * As {@link #JOINT_PLATE}, but of the controls alone. Exact, where the variant of ml-jku/cs-arm-bn that
	 * normalizes by
	 * controls alone takes .1 of the controls' statistics and .9 of the initial mean 0 and variance 1.
	 */
	CONTROLS(Needs.CONTROLS, true, false, "the plate's controls alone"),
	/** ARM-BN and AdaBN: chunks of at most 64 queries, without controls, each normalized by itself. */
	BATCH(Needs.NOTHING, false, true, "chunks of queries alone, as in ARM-BN and AdaBN"),
	/**
	 * No adaptation: the statistics that are stored in the model, of its training or of the plate it was
	 * adapted to.
	 */
	TRAINING(Needs.NOTHING, false, false, "those stored in the model: no adaptation");

	/** Value of the key that leaves the choice to the model and the plates' controls. */
	public static final String AUTO = "auto";

	/** Those that a network can be trained for; the others are ways of predicting with it. */
	public static final List<StatisticsOrigin> TRAINED = List.of(TRAINING, BATCH, JOINT, CONTROLS);

	private enum Needs {
		CONTROLS, NOTHING
	}

	private final boolean needsControls;
	private final boolean storable;
	private final boolean dependsOnQueries;
	private final String explanation;

	StatisticsOrigin(final Needs needs, final boolean storable, final boolean dependsOnQueries,
		final String explanation)
	{
		needsControls = needs == Needs.CONTROLS;
		this.storable = storable;
		this.dependsOnQueries = dependsOnQueries;
		this.explanation = explanation;
	}

	/** Returns whether a plate without negative controls can't be normalized this way. */
	public boolean needsControls() {
		return needsControls;
	}

	/** Returns whether the plate gets one mean and variance per layer, which can be stored in a model. */
	public boolean storable() {
		return storable;
	}

	/** Returns whether the prediction of an image depends on which other images are predicted along with it. */
	public boolean dependsOnQueries() {
		return dependsOnQueries;
	}

	/** Returns whether the model must hold a {@link StatisticsCalibration}. */
	public boolean needsCalibration() {
		return this == CALIBRATED || this == MIX;
	}

	/** Returns the images that the statistics come from, in a few words for people. */
	public String explanation() {
		return explanation;
	}

	/** Returns the value of the key: {@code calibrated}, {@code joint-plate}... */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Returns the labels of all constants, in their order. */
	public static List<String> labels() {
		return Arrays.stream(values()).map(StatisticsOrigin::label).toList();
	}

	/**
	 * Parses a value of the key.
	 *
	 * @throws IllegalArgumentException listing all labels, if it is none of them
	 */
	public static StatisticsOrigin of(final String label) {
		final String wanted = label.strip().toLowerCase(Locale.ROOT);
		for (final StatisticsOrigin origin : values()) if (origin.label().equals(wanted)) return origin;
		throw new IllegalArgumentException("statistics = " + label + ": use one of " +
			labels().stream().collect(Collectors.joining(", ")) + ", or " + AUTO);
	}

	/** Returns whether a value of the key leaves the choice open: {@value #AUTO} or empty. */
	public static boolean isAutomatic(final String label) {
		return label.isBlank() || label.strip().equalsIgnoreCase(AUTO);
	}
}
