// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.isophene.correction.CorrectionChain;
import io.github.isophene.correction.Corrections;
import io.github.isophene.network.StatisticsOrigin;

/**
 * Method that is compared: an objective that trains the weights, and the statistics by which they
 * are normalized on a plate; or corrections of the profiles of a frozen encoder, trained elsewhere, with a linear
 * probe. Methods with the same objective share the weights, so a difference between them is one of statistics alone.
 * <p>
 * Any objective and any correction can be compared by name: {@code dsu:training}, {@code abra-input:controls},
 * {@code encoder+sphering:zca:1}, {@code encoder+center:plate+tvn:efaar:plate}. The constants are those with a name and
 * a title of their own; {@code erm:controls} and {@code erm-controls} are the same method.
 * </p>
 *
 * @param label as it stands in tables and in the key {@code methods}: {@code erm-controls}...
 * @param title for people: {@code ERM + control statistics}...
 * @param objective name of the objective that trains the weights; empty for a frozen encoder
 * @param statistics from which images the statistics come at test time
 * @param correction chain of corrections, learned from controls, of the frozen encoder's profiles; may be empty
 */
public record Method(String label, String title, String objective, StatisticsOrigin statistics, String correction)
	implements Comparable<Method>
{

	/** Ordinary training, the running statistics of training: no adaptation. */
	public static final Method ERM = ofWeights("erm", "ERM, running statistics", "erm", StatisticsOrigin.TRAINING);
	/** The honest baseline: ordinary training, exact statistics of the plate's controls at test time. */
	public static final Method ERM_CONTROLS = ofWeights("erm-controls", "ERM + control statistics", "erm",
		StatisticsOrigin.CONTROLS);
	/**
	 * The same weights, the controls' statistics calibrated: what of the gain of training in context is left
	 * beside it.
	 */
	public static final Method ERM_CALIBRATED = ofWeights("erm-calibrated", "ERM + calibrated controls", "erm",
		StatisticsOrigin.CALIBRATED);
	/**
	 * Adaptive batch normalization (Li et al. 2016, arXiv:1603.04779): weights of ERM, statistics of the test
	 * images.
	 */
	public static final Method ADABN = ofWeights("adabn", "AdaBN", "erm", StatisticsOrigin.BATCH);
	/** Training in context without controls (Zhang et al. 2021, arXiv:2007.02931). */
	public static final Method ARM_BN = ofWeights("arm-bn", "ARM-BN", "arm-bn", StatisticsOrigin.BATCH);
	/**
	 * Batches of one plate in training, statistics of the controls alone at test time. It differs from
	 * {@link #ERM_CONTROLS} in training only: there, batches are shuffled over all plates, so the weights
	 * never see a plate normalized by itself. From {@link #CS_ARM_BN_CONTROLS} it differs in that no
	 * controls are in its training batches. Close to the variant that ml-jku/cs-arm-bn calls BEN, and not
	 * batch effects normalization (Lin and Lu 2022, doi:10.1101/2022.10.14.512286), which uses no controls:
	 * each plate is normalized by all of its images.
	 */
	public static final Method ARM_BN_CONTROLS = ofWeights("arm-bn-controls", "ARM-BN + control statistics", "arm-bn",
		StatisticsOrigin.CONTROLS);
	/** The same weights, the controls' statistics calibrated. */
	public static final Method ARM_BN_CALIBRATED = ofWeights("arm-bn-calibrated", "ARM-BN, calibrated controls",
		"arm-bn", StatisticsOrigin.CALIBRATED);
	/** Trained by the statistics of each plate's controls alone, and predicting by them. */
	public static final Method CONTROL_BN = ofWeights("control-bn", "trained by control statistics", "control-bn",
		StatisticsOrigin.CONTROLS);
	/** As published: chunks of queries, each with random controls (Sanchez-Fernandez et al. 2026, arXiv:2604.20824). */
	public static final Method CS_ARM_BN_JOINT = ofWeights("cs-arm-bn-joint", "CS-ARM-BN, joint", "cs-arm-bn",
		StatisticsOrigin.JOINT);
	/** As it is deployed: one pass over all queries and controls of the plate. */
	public static final Method CS_ARM_BN_JOINT_PLATE = ofWeights("cs-arm-bn-joint-plate", "CS-ARM-BN, joint-plate",
		"cs-arm-bn", StatisticsOrigin.JOINT_PLATE);
	/** Trained with queries and controls, normalized by the controls alone: independent of the queries' mixture. */
	public static final Method CS_ARM_BN_CONTROLS = ofWeights("cs-arm-bn-controls", "CS-ARM-BN, controls", "cs-arm-bn",
		StatisticsOrigin.CONTROLS);
	/**
	 * Normalized by the controls, moved to what the weights expect of controls and queries: independent of the
	 * queries, too.
	 */
	public static final Method CS_ARM_BN_CALIBRATED = ofWeights("cs-arm-bn-calibrated", "CS-ARM-BN, calibrated " +
		"controls",
		"cs-arm-bn", StatisticsOrigin.CALIBRATED);
	/** Normalized by all images of the plate, corrected for the mixture of classes that is predicted. */
	public static final Method CS_ARM_BN_MIX = ofWeights("cs-arm-bn-mix", "CS-ARM-BN, mix", "cs-arm-bn",
		StatisticsOrigin.MIX);
	/** A frozen encoder and a linear probe, profiles as they are. */
	public static final Method ENCODER = ofProfiles("encoder", "frozen encoder, linear probe", "");
	/**
	 * The field's plainest correction, as papers report it: each plate standardized by its controls, without shrinkage.
	 */
	public static final Method ENCODER_STANDARDIZE = ofProfiles("encoder-standardize",
		"frozen encoder, standardised per plate, linear probe", "standardize:plate");
	/**
	 * Typical variation normalization, as public foundation models are used (see {@code tvn} among the
	 * corrections).
	 */
	public static final Method ENCODER_TVN = ofProfiles("encoder-tvn", "frozen encoder, TVN, linear probe",
		"center:plate,tvn:efaar:plate");

	/** In the order of the table; others come behind these, those of frozen encoders last. */
	private static final List<Method> NAMED = List.of(ERM, ERM_CONTROLS, ERM_CALIBRATED, ADABN, ARM_BN, ARM_BN_CONTROLS,
		ARM_BN_CALIBRATED, CONTROL_BN, CS_ARM_BN_JOINT, CS_ARM_BN_JOINT_PLATE, CS_ARM_BN_CONTROLS,
		CS_ARM_BN_CALIBRATED, CS_ARM_BN_MIX, ENCODER, ENCODER_STANDARDIZE, ENCODER_TVN);

	/** Control images of a plate without which a correction can't learn it. */
	private static final int LEAST_CONTROLS = 2;
	private static final Comparator<Method> ORDER = Comparator.comparing(Method::frozen)
		.thenComparing(Method::place)
		.thenComparing(Method::label);

	private static Method ofWeights(final String label, final String title, final String objective,
		final StatisticsOrigin statistics)
	{
		return new Method(label, title, objective, statistics, "");
	}

	private static Method ofProfiles(final String label, final String title, final String correction) {
		return new Method(label, title, "",
			correction.isEmpty() ? StatisticsOrigin.TRAINING : StatisticsOrigin.CONTROLS, correction);
	}

	/** Returns the method of an objective with statistics, which may be one with a name of its own. */
	public static Method of(final String objective, final StatisticsOrigin statistics) {
		return named(ofWeights(objective + ":" + statistics.label(), objective + ", " + statistics.label(), objective,
			statistics));
	}

	/**
	 * Returns the method of a frozen encoder with a chain of corrections, which may be one with a name of its own.
	 *
	 * @param correction as {@link Corrections#parse} takes it; each must learn from controls alone
	 * @throws IllegalArgumentException if it can't be read, or learns from more than controls
	 */
	public static Method ofEncoder(final String correction) {
		final String label = ENCODER.label + "+" + correction.replace(',', '+');
		final Method method = named(ofProfiles(label, "frozen encoder, " + correction + ", linear probe", correction));
		final CorrectionChain chain = Corrections.installed().parse(correction);
		if (!chain.learnsFromControls())
			throw new IllegalArgumentException("methods = " + method.label +
				": a correction that is compared must learn from the controls of each plate alone, which " + chain +
				" doesn't");
		return method;
	}

	private static Method named(final Method wanted) {
		return NAMED.stream()
			.filter(m -> m.objective.equals(wanted.objective) && m.statistics == wanted.statistics &&
				m.correction.equals(wanted.correction))
			.findFirst()
			.orElse(wanted);
	}

	/**
	 * Returns the method of a label: one of the constants, {@code objective:statistics}, or {@code encoder+correction}
	 * with any number of corrections.
	 *
	 * @throws IllegalArgumentException naming what there is, if there is none such
	 */
	public static Method of(final String label) {
		final String wanted = label.strip().toLowerCase(Locale.ROOT);
		for (final Method method : NAMED) if (method.label.equals(wanted)) return method;
		// Names of columns in the settings of a correction keep their capitals.
		if (wanted.startsWith(ENCODER.label + "+"))
			return ofEncoder(label.strip().substring(ENCODER.label.length() + 1).replace('+', ','));
		final int colon = wanted.indexOf(':');
		if (colon > 0)
			return of(wanted.substring(0, colon).strip(), StatisticsOrigin.of(wanted.substring(colon + 1)));
		throw new IllegalArgumentException("methods = " + label + ": use any of " +
			NAMED.stream().map(Method::label).collect(Collectors.joining(", ")) +
			", an objective with statistics (dsu:training), or a frozen encoder with corrections " +
			"(encoder+sphering:zca:1)");
	}

	/** Returns whether it takes profiles of a frozen encoder, and trains no weights. */
	public boolean frozen() {
		return objective.isEmpty();
	}

	int leastControls() {
		return correction.isEmpty() ? 0 : LEAST_CONTROLS;
	}

	/** Returns whether a prediction depends on which other queries are predicted along with it. */
	public boolean dependsOnQueries() {
		return statistics.dependsOnQueries();
	}

	/** Returns the label in the form of a part of a file's name. */
	String fileName() {
		return label.replace(':', '-');
	}

	/** Returns those with a name of their own that train a network on the screen, in the order of the table. */
	public static List<Method> trained() {
		return NAMED.stream().filter(m -> !m.frozen()).toList();
	}

	/** Returns all those with a name of their own, in the order of the table. */
	public static List<Method> all() {
		return NAMED;
	}

	private int place() {
		final int place = NAMED.indexOf(this);
		return place < 0 ? NAMED.size() : place;
	}

	/** By their order in tables: the constants, then others by label; frozen encoders last. */
	@Override
	public int compareTo(final Method other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return label;
	}
}
