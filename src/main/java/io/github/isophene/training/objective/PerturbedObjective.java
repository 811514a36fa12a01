// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.isophene.network.CameraPerturbation;
import io.github.isophene.network.Head;
import io.github.isophene.network.Normalization;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Outcome;
import io.github.isophene.training.Step;
import io.github.isophene.training.data.TrainingData;

/**
 * Base of objectives that perturb: settings, and units that are measured on the
 * training images.
 */
abstract class PerturbedObjective implements Objective {

	private static final Setting ALIGNMENT = Setting.choice("alignment", "jensen-shannon",
		Arrays.stream(Alignment.values()).map(Alignment::label).toList(),
		"what pulls clean and perturbed " +
			"images together: jensen-shannon (of the classes' probabilities), coral (of the embeddings' covariances) " +
			"or none; with combine=both only (our choice)");
	private static final Setting WEIGHT = Setting.number("weight", 1, 0, 1e6, "of the alignment in the loss (our " +
		"choice)");

	private final List<Setting> choices;
	private final Settings settings;
	private final PerturbationOptions options;
	private final ClassLoss loss;
	private final Alignment alignment;
	private final CameraPerturbation camera;

	/**
	 * @param choices all settings with their defaults
	 * @param fixed what a step learns from, if that can't be chosen; otherwise {@code null}
	 */
	PerturbedObjective(final String name, final List<Setting> choices, final PerturbationOptions.Combine fixed,
		final Map<String, String> chosen, final CameraPerturbation camera)
	{
		this.choices = choices;
		this.camera = camera;
		settings = Settings.of(name, choices, chosen);
		options = PerturbationOptions.of(settings, fixed);
		loss = ClassLoss.of(settings);
		final boolean aligns = choices.contains(ALIGNMENT);
		final boolean both = options.combine() == PerturbationOptions.Combine.BOTH;
		alignment = aligns && both ? settings.choice("alignment", Alignment.values(), Alignment::label)
			: Alignment.NONE;
		if (aligns && !both && !settings.text("alignment").equals("none") &&
			!settings.text("alignment").equals(ALIGNMENT.value()))
		{
			throw settings.wrong("alignment", "none unless combine=both, as there are no pairs to align");
		}
	}

	/** The settings of an objective in the order of their use. */
	static List<Setting> choices(final List<Setting> sites, final List<Setting> ascent, final String head,
		final boolean aligns)
	{
		final List<Setting> all = new ArrayList<>(sites);
		all.addAll(ascent);
		if (aligns) all.addAll(List.of(ALIGNMENT, WEIGHT));
		all.addAll(ClassLoss.choices(head));
		return List.copyOf(all);
	}

	/** The same objective with other settings, and with what was measured. */
	abstract PerturbedObjective create(Map<String, String> chosen, CameraPerturbation measured);

	/** Returns the outcome with the normalization of the weights' pass and of the ascent. */
	abstract Outcome forward(Step step, boolean batchStatistics);

	/** One step with these normalizations. */
	final PerturbedStep perturbed(final Step step, final Normalization outer, final Normalization inner) {
		if (options.camera() && camera == null)
			throw new IllegalStateException("The objective " + name() + " wasn't prepared for these images");
		return new PerturbedStep(options, options.camera() ? camera : null, loss, alignment,
			alignment == Alignment.NONE ? 0 : settings.number("weight"), step, outer, inner);
	}

	/** Returns the perturbation of a step's images, or the images themselves where none applies. */
	final PerturbedStep.Shown show(final Step step, final boolean perturb) {
		final Normalization normalization = options.batchStatistics() ? Normalization.batch() : Normalization.running();
		return perturbed(step, normalization, normalization).show(perturb);
	}

	/** Returns the options for perturbed images. */
	final PerturbationOptions options() {
		return options;
	}

	/** The perturbation of the images, once it is prepared; {@code null} if there is none. */
	final CameraPerturbation camera() {
		return camera;
	}

	@Override
	public final List<Setting> choices() {
		return choices;
	}

	@Override
	public final Objective configured(final Map<String, String> chosen) {
		return create(chosen, null);
	}

	@Override
	public final Objective prepared(final TrainingData data, final int[] training, final Consumer<String> log)
		throws IOException
	{
		if (!options.camera()) return this;
		return create(settings.all(),
			CameraScale.of(data, training, settings, options.scale() == PerturbationOptions.Scale.CONTROLS, log));
	}

	@Override
	public final Outcome forward(final Step step) {
		return forward(step, options.batchStatistics());
	}

	@Override
	public final Head head() {
		return loss.head();
	}

	@Override
	public final Map<String, String> settings() {
		return settings.all();
	}
}
