// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Settings;

/** Corrections to be fitted one after the other, each on what the one before has made of the table. */
public final class CorrectionChain {

	private final List<ChainStep> steps;

	/** A correction and what the user has set on it. */
	public record ChainStep(Correction correction, Settings settings) {}

	/** Result of fitting a chain. */
	public record Result(ProfileTable table, FittedChain fitted) {}

	CorrectionChain(final List<ChainStep> steps) {
		this.steps = List.copyOf(steps);
	}

	/**
	 * Fits every correction and applies it. The table's column {@value CorrectionRecord#COLUMN} names the chain.
	 *
	 * @throws IllegalArgumentException if the table is empty or has not what a correction needs
	 */
	public Result fit(final ProfileTable table, final CorrectionContext context) {
		final List<FittedChain.FittedStep> fitted = new ArrayList<>();
		ProfileTable current = table;
		for (int i = 0; i < steps.size(); i++) {
			final ChainStep step = steps.get(i);
			requireContent(current, i == 0 ? "" : steps.get(i - 1).correction().name());
			final CorrectionContext own = context
				.withProgress(context.progress().part(step.correction().name() + ": ", i, i + 1, steps.size()));
			own.check();
			own.progress().at("fitting", 0);
			final Corrected corrected = step.correction().fit(current, step.settings(), own);
			fitted.add(new FittedChain.FittedStep(step.settings().toString(), corrected.fitted()));
			current = corrected.table();
		}
		requireContent(current, steps.get(steps.size() - 1).correction().name());
		return new Result(CorrectionRecord.add(current, toString()), new FittedChain(fitted, context.plates(),
			context.batches(), context.controls()));
	}

	/** Returns whether every step learns from controls only, see {@link Correction#learnsFromControls}. */
	public boolean learnsFromControls() {
		return steps.stream().allMatch(step -> step.correction().learnsFromControls(step.settings()));
	}

	/** Returns whether a step estimates from rows that aren't controls, see {@link Correction#fitsAllRows}. */
	public boolean fitsAllRows() {
		return steps.stream().anyMatch(step -> step.correction().fitsAllRows(step.settings()));
	}

	/** Returns whether the fit alone decides what becomes of a row, see {@link Correction#isFrozen}. */
	public boolean isFrozen() {
		return steps.stream().allMatch(step -> step.correction().isFrozen(step.settings()));
	}

	/** Returns whether no step learns anything, from this table or another. */
	public boolean isStateless() {
		return steps.stream().allMatch(step -> step.correction() instanceof StatelessCorrection);
	}

	/** As a user may write it, every setting named. */
	@Override
	public String toString() {
		return steps.stream().map(s -> s.settings().toString()).collect(Collectors.joining(","));
	}

	public List<ChainStep> steps() {
		return steps;
	}

	static void requireContent(final ProfileTable table, final String after) {
		if (table.rowCount() > 0 && table.featureCount() > 0) return;
		throw new IllegalArgumentException("There is nothing to correct: the table has " + table +
			(after.isEmpty() ? "" : " after " + after + ", which left nothing; relax its settings"));
	}
}
