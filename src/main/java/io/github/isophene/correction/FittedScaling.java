// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.List;

import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Settings;

/** A center and a scale per feature and group. */
final class FittedScaling implements FittedCorrection {

	private final GroupScaling correction;
	private final Settings settings;
	private final List<String> features;
	private final List<String> groups;
	private final double[][] center;
	private final double[][] scale;
	private final Shrinkage shrinkage;

	/**
	 * @param center [groups][features]
	 * @param scale [groups][features]
	 * @param shrinkage prior that groups not yet seen are shrunk by; {@code null} for none
	 */
	FittedScaling(final GroupScaling correction, final Settings settings, final List<String> features,
		final List<String> groups, final double[][] center, final double[][] scale, final Shrinkage shrinkage)
	{
		this.correction = correction;
		this.settings = settings;
		this.features = features;
		this.groups = groups;
		this.center = center;
		this.scale = scale;
		this.shrinkage = shrinkage;
	}

	@Override
	public ProfileTable apply(final ProfileTable given, final CorrectionContext context) {
		final ProfileTable table = Columns.align(given, features);
		final Groups own = Groups.by(table, settings.text("per"), context);
		final int[] known = new int[own.count()];
		for (int g = 0; g < known.length; g++) known[g] = groups.indexOf(own.names().get(g));
		final NewGroups fresh = NewGroups.of(table, own, known);
		final FittedScaling others = fresh.isEmpty() ? this
			: correction.learn(fresh.table(), settings, context, shrinkage);
		final double[][] centers = new double[known.length][];
		final double[][] scales = new double[known.length][];
		for (int g = 0; g < known.length; g++) {
			final FittedScaling source = known[g] >= 0 ? this : others;
			final int at = known[g] >= 0 ? known[g] : others.groups.indexOf(own.names().get(g));
			centers[g] = source.center[at];
			scales[g] = source.scale[at];
		}
		return table.mapRows(features, (row, in, out) -> {
			final double[] c = centers[own.of()[row]];
			final double[] s = scales[own.of()[row]];
			for (int i = 0; i < out.length; i++) out[i] = (float) ((in[i] - c[i]) / s[i]);
		});
	}

	@Override
	public List<String> features() {
		return features;
	}

	@Override
	public FittedState state() {
		final FittedState state = new FittedState().with("features", features)
			.with("groups", groups)
			.with("center", center)
			.with("scale", scale);
		return shrinkage == null ? state : shrinkage.state(state);
	}
}
