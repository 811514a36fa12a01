// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.List;
import java.util.Map;

import io.github.isophene.network.CameraPerturbation;
import io.github.isophene.settings.Setting;
import io.github.isophene.training.Objective;
import org.scijava.plugin.Plugin;

/**
 * Training against the worst batch effect in the representation space, as the abstract of
 * ABRA describes it (Tong, Yao et al. 2026, arXiv:2603.05622): feature statistics of a batch
 * as structured uncertainties, a min-max optimization that synthesizes worst-case
 * perturbations of them, an angular margin between the classes, and an alignment of the
 * two distributions. Layers, steps, radius, margin and the alignment's form are not
 * published: they are our choices, made of published parts, and each is a setting.
 * <pre>
 * d'   = argmax L(f(P(x; d)), y), K steps, weights frozen; one d per plate
 * loss = (L(x) + L(P(x; d'))) / 2 + weight A(x, P(x; d'))
 * </pre>
 */
@Plugin(type = Objective.class)
public final class Abra extends PerturbedShuffled {

	private static final String NAME = "abra";
	private static final List<Setting> CHOICES = choices(
		PerturbationOptions.choices("stem", PerturbationOptions.Scale.PLATES, PerturbationOptions.Shared.PLATE, false,
			PerturbationOptions.Combine.BOTH, 0.5, 0.5),
		Ascent.choices(2, Ascent.Rule.SIGN, 2, 0.05, 1.25, 1, false), "cosine", true);

	/** With the default settings. */
	public Abra() {
		this(Map.of(), null);
	}

	private Abra(final Map<String, String> chosen, final CameraPerturbation measured) {
		super(NAME, CHOICES, chosen, measured);
	}

	@Override
	PerturbedObjective create(final Map<String, String> chosen, final CameraPerturbation measured) {
		return new Abra(chosen, measured);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String description() {
		return "Robust to the worst shift of feature statistics inside the network (the idea of ABRA, " +
			"arXiv:2603.05622; constants ours)";
	}
}
