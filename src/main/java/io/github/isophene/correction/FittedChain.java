// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.Selection;

/** A chain of corrections that have learned, to be applied to new plates. */
public final class FittedChain {

	private final List<FittedStep> steps;
	private final String plates;
	private final String batches;
	private final Selection controls;

	/**
	 * A correction that has learned.
	 *
	 * @param settings its name and settings as a user may write them
	 */
	record FittedStep(String settings, FittedCorrection fitted) {}

	FittedChain(final List<FittedStep> steps, final String plates, final String batches, final Selection controls) {
		this.steps = List.copyOf(steps);
		this.plates = plates;
		this.batches = batches;
		this.controls = controls;
	}

	/**
	 * Corrects a table with what has been learned. Its column {@value CorrectionRecord#COLUMN} names the chain.
	 *
	 * @param context columns and controls of this table, mostly {@link #context()}
	 * @throws IllegalArgumentException if the table lacks a feature, or a new plate its controls
	 */
	public ProfileTable apply(final ProfileTable table, final CorrectionContext context) {
		ProfileTable current = table;
		for (int i = 0; i < steps.size(); i++) {
			CorrectionChain.requireContent(current, "");
			final String name = steps.get(i).settings().split(":")[0];
			final CorrectionContext own = context
				.withProgress(context.progress().part(name + ": ", i, i + 1, steps.size()));
			own.check();
			own.progress().at("applying", 0);
			current = steps.get(i).fitted().apply(current, own);
		}
		return CorrectionRecord.add(current, method());
	}

	/**
	 * The features of a table that {@link #apply} leaves out because the first step that takes certain ones
	 * doesn't take
	 * them: it hadn't them when it was fitted, or left them out then.
	 */
	public List<String> leftOut(final ProfileTable table) {
		for (final FittedStep step : steps) {
			final Set<String> taken = Set.copyOf(step.fitted().features());
			if (!taken.isEmpty())
				return table.featureColumns().stream().filter(feature -> !taken.contains(feature)).toList();
		}
		return List.of();
	}

	/** The columns and controls that it was fitted with. */
	public CorrectionContext context() {
		return CorrectionContext.standard().withColumns(plates, batches).withControls(controls);
	}

	/** The chain as a user may write it, every setting named. */
	public String method() {
		return steps.stream().map(FittedStep::settings).collect(Collectors.joining(","));
	}

	List<FittedStep> steps() {
		return steps;
	}

	String plates() {
		return plates;
	}

	String batches() {
		return batches;
	}

	Selection controls() {
		return controls;
	}
}
