// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.List;
import java.util.Map;

import io.github.isophene.network.CameraPerturbation;
import io.github.isophene.settings.Setting;
import io.github.isophene.training.Objective;
import org.scijava.plugin.Plugin;

/**
 * Training against the worst change of the images that staining and microscope could make:
 * gain, offset, blur, vignetting and bleed-through per channel, found by gradient ascent
 * with frozen weights. The min-max idea is that of ABRA (arXiv:2603.05622), whose
 * perturbations are in the representation space; the site and the physical form are ours.
 * The default radius had the least loss on inner validation batches of simulated screens
 * (see the page methods/abra of the documentation).
 */
@Plugin(type = Objective.class)
public final class AbraInput extends PerturbedShuffled {

	private static final String NAME = "abra-input";
	private static final List<Setting> CHOICES = choices(
		PerturbationOptions.choices("input", PerturbationOptions.Scale.CONSTANTS, PerturbationOptions.Shared.IMAGE,
			false, PerturbationOptions.Combine.MIX, 0.5, 1),
		Ascent.choices(1, Ascent.Rule.NORMALIZED, 0.75, 1, 0.5, 2, true), "linear", true);

	/** With the default settings. */
	public AbraInput() {
		this(Map.of(), null);
	}

	private AbraInput(final Map<String, String> chosen, final CameraPerturbation measured) {
		super(NAME, CHOICES, chosen, measured);
	}

	@Override
	PerturbedObjective create(final Map<String, String> chosen, final CameraPerturbation measured) {
		return new AbraInput(chosen, measured);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String description() {
		return "Robust to the worst gain, offset, blur, vignetting and bleed-through of the images (our variant of " +
			"ABRA's idea)";
	}
}
