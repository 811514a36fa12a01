// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.isophene.network.StatisticsOrigin;

/**
 * Method that is compared: an objective that trains the weights, and the statistics by which they
 * are normalised on a plate. Methods with the same objective share the weights, so a
 * difference between them is one of statistics alone. The baseline of all of them is a frozen
 * encoder, trained elsewhere, with a linear probe on its profiles.
 */
public enum Method {

	/** Ordinary training, the running statistics of training: no adaptation. */
	ERM("erm", "ERM, running statistics", "erm", StatisticsOrigin.TRAINING),
	/** The honest baseline: ordinary training, exact statistics of the plate's controls at test time. */
	ERM_CONTROLS("erm-controls", "ERM + control statistics", "erm", StatisticsOrigin.CONTROLS),
	/**
	 * The same weights, the controls' statistics calibrated: what of the gain of training in context is left
	 * beside it.
	 */
	ERM_CALIBRATED("erm-calibrated", "ERM + calibrated controls", "erm", StatisticsOrigin.CALIBRATED),
	/**
	 * Adaptive batch normalisation (Li et al. 2016, arXiv:1603.04779): weights of ERM, statistics of the test
	 * images.
	 */
	ADABN("adabn", "AdaBN", "erm", StatisticsOrigin.BATCH),
	/** Training in context without controls (Zhang et al. 2021, arXiv:2007.02931). */
	ARM_BN("arm-bn", "ARM-BN", "arm-bn", StatisticsOrigin.BATCH),
	/**
	 * Batches of one plate in training, statistics of the controls alone at test time. It differs from
	 * {@link #ERM_CONTROLS} in training only: there, batches are shuffled over all plates, so the weights
	 * never see a plate normalized by itself. From {@link #CS_ARM_BN_CONTROLS} it differs in that no
	 * controls are in its training batches. Close to the variant that ml-jku/cs-arm-bn calls BEN, and not
	 * batch effects normalization (Lin and Lu 2022, doi:10.1101/2022.10.14.512286), which uses no controls:
	 * each plate is normalized by all of its images.
	 */
	ARM_BN_CONTROLS("arm-bn-controls", "ARM-BN + control statistics", "arm-bn", StatisticsOrigin.CONTROLS),
	/** The same weights, the controls' statistics calibrated. */
	ARM_BN_CALIBRATED("arm-bn-calibrated", "ARM-BN, calibrated controls", "arm-bn", StatisticsOrigin.CALIBRATED),
	/** Trained by the statistics of each plate's controls alone, and predicting by them. */
	CONTROL_BN("control-bn", "trained by control statistics", "control-bn", StatisticsOrigin.CONTROLS),
	/** As published: chunks of queries, each with random controls (Sanchez-Fernandez et al. 2026, arXiv:2604.20824). */
	CS_ARM_BN_JOINT("cs-arm-bn-joint", "CS-ARM-BN, joint", "cs-arm-bn", StatisticsOrigin.JOINT),
	/** As it is deployed: one pass over all queries and controls of the plate. */
	CS_ARM_BN_JOINT_PLATE("cs-arm-bn-joint-plate", "CS-ARM-BN, joint-plate", "cs-arm-bn", StatisticsOrigin.JOINT_PLATE),
	/** Trained with queries and controls, normalised by the controls alone: independent of the queries' mixture. */
	CS_ARM_BN_CONTROLS("cs-arm-bn-controls", "CS-ARM-BN, controls", "cs-arm-bn", StatisticsOrigin.CONTROLS),
	/**
	 * Normalized by the controls, moved to what the weights expect of controls and queries: independent of the
	 * queries, too.
	 */
	CS_ARM_BN_CALIBRATED("cs-arm-bn-calibrated", "CS-ARM-BN, calibrated controls", "cs-arm-bn",
		StatisticsOrigin.CALIBRATED),
	/** Normalized by all images of the plate, corrected for the mixture of classes that is predicted. */
	CS_ARM_BN_MIX("cs-arm-bn-mix", "CS-ARM-BN, mix", "cs-arm-bn", StatisticsOrigin.MIX),
	/** A frozen encoder and a linear probe, profiles as they are. */
	ENCODER("encoder", "frozen encoder, linear probe", "", 0),
	/**
	 * The field's plainest correction, as papers report it: each plate standardized by its controls, without shrinkage.
	 */
	ENCODER_STANDARDIZE("encoder-standardize", "frozen encoder, standardised per plate, linear probe",
		"standardize:plate", 2),
	/**
	 * Typical variation normalization, as public foundation models are used (see {@code tvn} among the
	 * corrections).
	 */
	ENCODER_TVN("encoder-tvn", "frozen encoder, TVN, linear probe", "center:plate,tvn:efaar:plate", 2);

	private final String label;
	private final String title;
	private final String objective;
	private final StatisticsOrigin statistics;
	private final String correction;
	private final int leastControls;

	Method(final String label, final String title, final String objective, final StatisticsOrigin statistics) {
		this.label = label;
		this.title = title;
		this.objective = objective;
		this.statistics = statistics;
		correction = "";
		leastControls = 0;
	}

	/** @param leastControls of a plate, without which the correction can't learn it */
	Method(final String label, final String title, final String correction, final int leastControls) {
		this.label = label;
		this.title = title;
		objective = "";
		statistics = correction.isEmpty() ? StatisticsOrigin.TRAINING : StatisticsOrigin.CONTROLS;
		this.correction = correction;
		this.leastControls = leastControls;
	}

	/** As it stands in tables and in the key {@code methods}: {@code erm-controls}... */
	public String label() {
		return label;
	}

	/** For people: {@code ERM + control statistics}... */
	public String title() {
		return title;
	}

	/** Returns whether it takes profiles of a frozen encoder, and trains no weights. */
	public boolean frozen() {
		return objective.isEmpty();
	}

	/** The chain of corrections, learnt from controls, of the frozen encoder's profiles; may be empty. */
	public String correction() {
		return correction;
	}

	int leastControls() {
		return leastControls;
	}

	/** Name of the objective that trains its weights; empty if none does. */
	public String objective() {
		return objective;
	}

	/** From which images its statistics come at test time. */
	public StatisticsOrigin statistics() {
		return statistics;
	}

	/** Returns whether a prediction depends on which other queries are predicted along with it. */
	public boolean dependsOnQueries() {
		return statistics.dependsOnQueries();
	}

	/**
	 * By label.
	 *
	 * @throws IllegalArgumentException naming all labels, if there is none such
	 */
	public static Method of(final String label) {
		final String wanted = label.strip().toLowerCase(Locale.ROOT);
		for (final Method method : values()) if (method.label.equals(wanted)) return method;
		throw new IllegalArgumentException("methods = " + label + ": use any of " +
			Arrays.stream(values()).map(Method::label).collect(Collectors.joining(", ")));
	}

	/** Those that train a network on the screen, in the order of the table. */
	public static List<Method> trained() {
		return Arrays.stream(values()).filter(m -> !m.frozen()).toList();
	}

	/** All of them, in the order of the table. */
	public static List<Method> all() {
		return List.of(values());
	}
}
