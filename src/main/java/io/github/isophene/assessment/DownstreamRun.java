// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.ArrayList;
import java.util.LinkedHashSet;

import io.github.isophene.correction.CorrectionChain;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.downstream.Downstream;
import io.github.isophene.downstream.DownstreamColumns;
import io.github.isophene.metrics.FiniteValues;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;

/**
 * Downstream analyses of a method: dose responses and activity calls against control wells that neither its correction
 * nor the standardization of the analyses was fitted on.
 */
final class DownstreamRun {

	private final AssessmentOptions options;
	private final AssessedMethod method;
	private final CorrectionChain chain;

	/** @param chain {@code null}: the profiles as they are */
	DownstreamRun(final AssessmentOptions options, final AssessedMethod method, final CorrectionChain chain) {
		this.options = options;
		this.method = method;
		this.chain = chain;
	}

	Downstream run(final ProfileTable read, final Progress progress) {
		final DownstreamColumns found = DownstreamColumns.of(read, options.roles(), options.dose(),
			options.mechanism());
		// Missing values that a correction doesn't allow are left out as for the metrics.
		final ProfileTable table = FiniteValues.of(found.withWells(read), new ArrayList<>());
		final Progress own = progress.part(method.name() + ": ", 1, 1, 1);
		final CorrectionContext context = AssessmentRun.context(options, own, new LinkedHashSet<>());
		final CorrectionContext quiet = context.withProgress(AssessmentRun.quiet(context.progress()));
		final String reason = chain != null && !chain.isFrozen() ? "the correction ranks the rows that it is given"
			: chain != null && method.evidence().isOnOwnRows() ? method.evidence().reason()
			: "";
		if (!reason.isEmpty()) return Downstream.undefined(found, reason);
		final HeldOutFolds folds = HeldOutFolds.of(table, options.roles(), chain != null && chain.fitsAllRows(),
			options.seed());
		try {
			final ProfileTable whole = chain == null ? table : chain.fit(table, quiet).table();
			final Downstream all = Downstream.of(whole, found.withRowsAsWells(),
				new CorrectedFolds(table, folds, chain, quiet), options.seed(), own);
			if (chain != null || !method.evidence().isOnOwnRows()) return all;
			return all.withNote("An earlier correction was fitted on the controls (" + method.evidence().reason() +
				"): they may lie nearer to each other than new controls would, so that calls may be too many.");
		}
		catch (final IllegalArgumentException e) {
			return Downstream.undefined(found, e.getMessage());
		}
	}

	/** Rows of each fold, corrected by a fit without its controls. */
	private record CorrectedFolds(ProfileTable table, HeldOutFolds folds, CorrectionChain chain,
		CorrectionContext context) implements Downstream.Folds
	{

		@Override
		public int count() {
			return folds.count();
		}

		@Override
		public Downstream.Fold fold(final int index) {
			final ProfileTable fitted = table.selectRows(folds.fit(index, chain == null || chain.learnsFromControls()));
			final ProfileTable unseen = table.selectRows(folds.unseen(index));
			if (chain == null) return new Downstream.Fold(fitted, unseen);
			final CorrectionChain.Result result = chain.fit(fitted, context);
			return new Downstream.Fold(result.table(), result.fitted().apply(unseen, context));
		}
	}
}
