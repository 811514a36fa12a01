// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.isophene.network.CameraPerturbation;
import io.github.isophene.network.Normalization;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.settings.Setting;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Outcome;
import io.github.isophene.training.Step;
import io.github.isophene.training.data.EpisodeSampler;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.TrainingData;
import org.scijava.plugin.Plugin;

/**
 * Control-anchored training in context ({@link CsArmBn}) on plates that are made worse: in
 * some episodes all images of the plate, its controls included, get the same adversarial
 * perturbation, as if they were of a new batch whose controls tell about it. Nobody has
 * published this: it is ours, and so is every constant.
 */
@Plugin(type = Objective.class)
public final class AbraCsArmBn extends PerturbedObjective {

	private static final String NAME = "abra+cs-arm-bn";
	private static final List<Setting> CHOICES = choices(
		PerturbationOptions.choices("input", PerturbationOptions.Scale.CONSTANTS, PerturbationOptions.Shared.BATCH,
			true, null, 0.5, 1),
		Ascent.choices(1, Ascent.Rule.NORMALIZED, 1, 1, 0.5, 2, true), "linear", false);

	/** With the default settings. */
	public AbraCsArmBn() {
		this(Map.of(), null);
	}

	private AbraCsArmBn(final Map<String, String> chosen, final CameraPerturbation measured) {
		super(NAME, CHOICES, PerturbationOptions.Combine.REPLACE, chosen, measured);
	}

	@Override
	PerturbedObjective create(final Map<String, String> chosen, final CameraPerturbation measured) {
		return new AbraCsArmBn(chosen, measured);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String description() {
		return "Training in context with controls, on plates with an adversarial batch effect (ours: " +
			"arXiv:2604.20824 with arXiv:2603.05622)";
	}

	@Override
	public EpisodeSampler sampler(final TrainingData data, final int[] training, final EpisodeSizes wanted,
		final Consumer<String> log)
	{
		return new CsArmBn().sampler(data, training, wanted, log);
	}

	@Override
	Outcome forward(final Step step, final boolean batchStatistics) {
		return perturbed(step, step.batchStatistics(),
			batchStatistics ? Normalization.batch() : Normalization.running()).run();
	}

	@Override
	public StatisticsOrigin statistics() {
		return StatisticsOrigin.JOINT;
	}
}
