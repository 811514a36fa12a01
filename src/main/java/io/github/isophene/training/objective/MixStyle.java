// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import ai.djl.ndarray.NDArray;
import io.github.isophene.network.StyleMixing;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.settings.Setting;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Step;
import org.scijava.plugin.Plugin;

/**
 * Domain generalization by mixed feature statistics (MixStyle: Zhou et al. 2021,
 * arXiv:2104.02008): each image gets a mixture of its own and another image's, the weights
 * drawn from Beta(alpha, alpha). What {@link Abra} is compared with.
 */
@Plugin(type = Objective.class)
public final class MixStyle extends RandomStyle {

	private static final String NAME = "mixstyle";
	private static final List<Setting> CHOICES = choices("stage1,stage2", 0.5,
		Setting.number("alpha", 0.1, 1e-3, 1, "of the distribution Beta(alpha, alpha) of the weights (published: " +
			"0.1)"));

	/** With the default settings. */
	public MixStyle() {
		this(Map.of());
	}

	private MixStyle(final Map<String, String> chosen) {
		super(NAME, CHOICES, chosen);
	}

	@Override
	public Objective configured(final Map<String, String> chosen) {
		return new MixStyle(chosen);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String description() {
		return "Ordinary training with mixed feature statistics (MixStyle, arXiv:2104.02008)";
	}

	@Override
	NDArray changed(final Step step, final Layer site, final NDArray x) {
		final RandomStream random = step.random();
		final int n = (int) x.getShape().get(0);
		final double alpha = chosen().number("alpha");
		final int[] order = IntStream.range(0, n).toArray();
		random.shuffle(order);
		final float[] other = new float[n * n];
		final float[] own = new float[n];
		for (int i = 0; i < n; i++) {
			other[i * n + order[i]] = 1;
			own[i] = (float) beta(alpha, random);
		}
		try (NDArray others = array(x, other, n, n); NDArray kept = array(x, own, n, 1)) {
			return StyleMixing.apply(x, others, kept);
		}
	}

	/**
	 * Beta(a, a) for a of 1 or less (Jöhnk 1964): u^(1/a) / (u^(1/a) + v^(1/a)) where the sum is
	 * not above 1; by logarithms, as the powers may be too small for a number.
	 */
	static double beta(final double a, final RandomStream random) {
		while (true) {
			final double x = StrictMath.log(1 - random.nextDouble()) / a;
			final double y = StrictMath.log(1 - random.nextDouble()) / a;
			final double most = Math.max(x, y);
			final double logSum = most + StrictMath.log(StrictMath.exp(x - most) + StrictMath.exp(y - most));
			if (logSum <= 0) return StrictMath.exp(x - logSum);
		}
	}
}
