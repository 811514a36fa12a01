// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.List;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import io.github.isophene.network.StatisticsPerturbation;
import io.github.isophene.settings.Setting;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Step;
import org.scijava.plugin.Plugin;

/**
 * Domain generalization by uncertain feature statistics (DSU: Li et al. 2022,
 * arXiv:2202.03958): mean and standard deviation of every feature map are drawn anew, from
 * normal distributions around their values whose variance is that of the statistic over
 * the batch. Variances are the biased ones of the paper's equations. What {@link Abra} is
 * compared with.
 */
@Plugin(type = Objective.class)
public final class Dsu extends RandomStyle {

	private static final String NAME = "dsu";
	private static final List<Setting> CHOICES = choices("stem,stage1,stage2,stage3", 0.5,
		Setting.number("radius", 1, 0, 1000, "factor on the standard deviation of the statistics (published: 1)"));

	/** With the default settings. */
	public Dsu() {
		this(Map.of());
	}

	private Dsu(final Map<String, String> chosen) {
		super(NAME, CHOICES, chosen);
	}

	@Override
	public Objective configured(final Map<String, String> chosen) {
		return new Dsu(chosen);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String description() {
		return "Ordinary training with uncertain feature statistics (DSU, arXiv:2202.03958)";
	}

	@Override
	NDArray changed(final Step step, final Layer site, final NDArray x) {
		final int coordinates = 2 * (int) x.getShape().get(1);
		try (NDArray d = gaussian(x, coordinates, chosen().number("radius"), step.random())) {
			return new StatisticsPerturbation(null, -1).apply(x, d);
		}
	}
}
