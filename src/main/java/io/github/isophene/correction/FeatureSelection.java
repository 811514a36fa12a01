// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.ArrayList;
import java.util.List;

import io.github.isophene.messages.Count;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Settings;

/** Base of corrections that select features: the fitted state is the list of those kept. */
public abstract class FeatureSelection implements Correction {

	/** Returns the selected features, [features]. */
	public abstract boolean[] keep(ProfileTable table, Settings settings, CorrectionContext context);

	@Override
	public boolean fitsAllRows(final Settings settings) {
		return false;
	}

	@Override
	public Corrected fit(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		final boolean[] keep = keep(table, settings, context);
		final List<String> kept = new ArrayList<>();
		for (int i = 0; i < keep.length; i++) {
			if (keep[i]) kept.add(table.featureColumns().get(i));
		}
		if (kept.isEmpty()) {
			throw new IllegalArgumentException(
				settings + " would leave out all " + Count.of(keep.length, "feature") + ": relax its settings");
		}
		return Corrected.by(new KeptFeatures(kept), table, context);
	}

	@Override
	public FittedCorrection restore(final Settings settings, final FittedState state) {
		return new KeptFeatures(state.list("features"));
	}

	/** The features that were chosen. */
	private record KeptFeatures(List<String> features) implements FittedCorrection {

		@Override
		public ProfileTable apply(final ProfileTable table, final CorrectionContext context) {
			return Columns.align(table, features);
		}

		@Override
		public FittedState state() {
			return new FittedState().with("features", features);
		}
	}
}
