// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.util.Optional;

import io.github.isophene.network.StatisticsOrigin;

/** Method of profiles that no label of the screen was used for, a correction by controls, and a linear probe. */
public class ProfileMethod extends Method {

	/** Control images of a plate without which a correction can't learn it. */
	private static final int LEAST_CONTROLS = 2;

	private final ProfileOrigin origin;
	private final String correction;
	private final String composition;

	/**
	 * Creates a method.
	 *
	 * @param source the publication, and what of it is ours
	 * @param origin source of the profiles
	 * @param correction chain of corrections, learned from controls; empty: none
	 * @param base label of the method with the same profiles and no correction
	 */
	public ProfileMethod(final String label, final String title, final String source, final ProfileOrigin origin,
		final String correction, final String base)
	{
		super(label, title, source);
		this.origin = origin;
		this.correction = correction;
		composition = correction.isEmpty() ? label : base + "+" + correction.replace(',', '+');
	}

	/** Returns the same profiles with a correction. */
	ProfileMethod corrected(final String chain) {
		return new ProfileMethod(label() + "+" + chain.replace(',', '+'),
			title().replace(", linear probe", "") + ", " + chain + ", linear probe", source(), origin, chain, label());
	}

	/** Returns the chain of corrections; empty: none. */
	public final String correction() {
		return correction;
	}

	/** Returns the source of the profiles. */
	final ProfileOrigin origin() {
		return origin;
	}

	int leastControls() {
		return correction.isEmpty() ? 0 : LEAST_CONTROLS;
	}

	@Override
	public final String composition() {
		return composition;
	}

	@Override
	public final Optional<TrainedWeights> weights() {
		return Optional.empty();
	}

	@Override
	public final boolean needsEncoder() {
		return origin.needsEncoder();
	}

	@Override
	public final StatisticsOrigin statistics() {
		return correction.isEmpty() ? StatisticsOrigin.TRAINING : StatisticsOrigin.CONTROLS;
	}

	@Override
	public TrialPredictor predictor(final MethodContext context) {
		return new FrozenPredictor(context.data(), context.profiles(), this, context.split());
	}
}
