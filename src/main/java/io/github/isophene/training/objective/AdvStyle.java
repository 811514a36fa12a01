// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import ai.djl.ndarray.NDArray;
import io.github.isophene.engine.ScalarOps;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.StatisticsPerturbation;
import io.github.isophene.settings.Setting;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Step;
import org.scijava.plugin.Plugin;

/**
 * Uncertain feature statistics whose uncertainty is learned against the network (AdvStyle:
 * Zhang et al. 2023, arXiv:2301.12643): each site is left alone, changed as {@link Dsu}
 * does, or changed with a learned standard deviation per feature map, a third each. That
 * standard deviation is raised where it raises the loss, by reversing its gradient. That it
 * is a factor on DSU's, begins at 1 and is bounded are our choices. What {@link Abra} is
 * compared with.
 */
@Plugin(type = Objective.class)
public final class AdvStyle extends RandomStyle {

	private static final String NAME = "advstyle";
	private static final String PREFIX = NAME + ".";
	private static final List<Setting> CHOICES = choices("stem,stage1,stage2,stage3", 0.6667,
		Setting.number("limit", 3, 0, 1000,
			"largest learned factor on the standard deviation of the statistics (our choice)"));

	/** With the default settings. */
	public AdvStyle() {
		this(Map.of());
	}

	private AdvStyle(final Map<String, String> chosen) {
		super(NAME, CHOICES, chosen);
	}

	@Override
	public Objective configured(final Map<String, String> chosen) {
		return new AdvStyle(chosen);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String description() {
		return "Ordinary training with feature statistics whose uncertainty is adversarial (AdvStyle, " +
			"arXiv:2301.12643)";
	}

	@Override
	public Map<String, float[]> parameters(final Architecture architecture, final long seed) {
		final Map<String, float[]> factors = new TreeMap<>();
		for (final Layer site : sites()) {
			final float[] ones = new float[2 * site.channels(architecture)];
			Arrays.fill(ones, 1);
			factors.put(PREFIX + site.label(), ones);
		}
		return factors;
	}

	@Override
	NDArray changed(final Step step, final Layer site, final NDArray x) {
		final boolean learned = step.random().nextBoolean();
		final float limit = (float) chosen().number("limit");
		final int coordinates = 2 * (int) x.getShape().get(1);
		try (NDArray drawn = gaussian(x, coordinates, 1, step.random());
			NDArray factor = step.own(PREFIX + site.label()).clip(-limit, limit);
			NDArray minus = factor.neg();
			NDArray constant = factor.stopGradient();
			NDArray twice = ScalarOps.times(constant, 2f);
			// The value of the factor, and minus its gradient: what is good for the loss is bad for the network.
			NDArray reversed = minus.add(twice);
			NDArray d = learned ? drawn.mul(reversed) : drawn.duplicate())
		{
			return new StatisticsPerturbation(null, -1).apply(x, d);
		}
	}
}
