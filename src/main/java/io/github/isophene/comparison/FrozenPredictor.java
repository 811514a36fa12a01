// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.util.List;
import java.util.stream.IntStream;

import io.github.isophene.correction.CorrectionChain;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.Corrections;
import io.github.isophene.correction.FittedChain;
import io.github.isophene.messages.Count;
import io.github.isophene.metrics.LinearProbe;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileTableBuilder;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.training.data.Sample;

/**
 * A frozen encoder with a linear probe. The correction learns from the training plates' controls
 * and, on a plate to be tested, from that plate's controls in the trial; the probe learns from the
 * labeled training images alone.
 */
final class FrozenPredictor implements TrialPredictor {

	private static final String PLATE = "Metadata_Plate";
	private static final CorrectionContext CONTEXT = CorrectionContext.standard()
		.withColumns(PLATE, PLATE)
		.withControls(ControlTypes.NEGATIVE_CONTROLS);

	private final ComparisonData data;
	private final FrozenProfiles frozen;
	private final List<String> features;
	/** {@code null}: profiles as they are. */
	private final FittedChain correction;
	private final int leastControls;
	private final LinearProbe probe;

	FrozenPredictor(final ComparisonData data, final FrozenProfiles frozen, final ProfileMethod method,
		final OuterSplit split)
	{
		this.data = data;
		this.frozen = frozen;
		features = IntStream.range(0, frozen.profiles()[0].length).mapToObj(i -> "emb_" + (i + 1)).toList();
		leastControls = method.leastControls();
		ProfileTable training = table(split.training());
		if (method.correction().isEmpty()) correction = null;
		else {
			final CorrectionChain.Result result = Corrections.installed()
				.parse(method.correction())
				.fit(training, CONTEXT);
			correction = result.fitted();
			training = result.table();
			if (training.rowCount() != split.training().length)
				throw new IllegalArgumentException("methods = " + method.label() + ": it makes " +
					Count.of(training.rowCount(), "row") + " of " + split.training().length +
					", but a correction that is compared must keep every row");
		}
		final ProfileTable corrected = training;
		final int[] labeled = IntStream.range(0, split.training().length)
			.filter(i -> data.samples().get(split.training()[i]).labeled())
			.toArray();
		probe = LinearProbe.fit(IntStream.of(labeled).mapToObj(corrected::row).toArray(float[][]::new),
			IntStream.of(labeled).map(i -> data.samples().get(split.training()[i]).label()).toArray(),
			data.images().classes().size());
	}

	@Override
	public boolean takes(final int controls) {
		return controls >= leastControls;
	}

	@Override
	public int[] predict(final Trial trial, final int[] queries) {
		final ProfileTable table = table(
			IntStream.concat(IntStream.of(queries), IntStream.of(trial.controls())).toArray());
		final ProfileTable corrected = correction == null ? table : correction.apply(table, CONTEXT);
		return probe.predict(IntStream.range(0, queries.length).mapToObj(corrected::row).toArray(float[][]::new));
	}

	/** Profiles with what a correction may know: plate, and who is a control. */
	private ProfileTable table(final int[] samples) {
		final ProfileTableBuilder builder = ProfileTable.builder(List.of(PLATE, ControlTypes.COLUMN), features);
		for (final int i : samples) {
			final Sample sample = data.samples().get(i);
			final String type = sample.control() ? ControlTypes.NEGATIVE : ControlTypes.TREATMENT;
			builder.add(List.of(sample.plate(), type), frozen.profiles()[i]);
		}
		return builder.build();
	}
}
