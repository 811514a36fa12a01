// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Settings;

/** Base of corrections that learn nothing. */
public abstract class StatelessCorrection implements Correction {

	/** The corrected table. */
	public abstract ProfileTable correct(ProfileTable table, Settings settings, CorrectionContext context);

	@Override
	public boolean fitsAllRows(final Settings settings) {
		return false;
	}

	@Override
	public Corrected fit(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		return Corrected.by(new Nothing(this, settings), table, context);
	}

	@Override
	public FittedCorrection restore(final Settings settings, final FittedState state) {
		return new Nothing(this, settings);
	}

	private record Nothing(StatelessCorrection correction, Settings settings) implements FittedCorrection {

		@Override
		public ProfileTable apply(final ProfileTable table, final CorrectionContext context) {
			return correction.correct(table, settings, context);
		}

		@Override
		public FittedState state() {
			return new FittedState();
		}
	}
}
