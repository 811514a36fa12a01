// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics.builtin;

import io.github.isophene.metrics.Accuracy;
import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.Categories;
import io.github.isophene.metrics.ControlRows;
import io.github.isophene.metrics.CrossValidation;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.ReportSentence;
import io.github.isophene.numerics.RandomStream;
import org.scijava.plugin.Plugin;

/** Accuracy of logistic regression that predicts the batch of a negative control of a held-out plate. */
@Plugin(type = Metric.class, priority = 99)
public final class BatchProbe implements Metric {

	private static final int FOLDS = 5;

	private static final ReportSentence SENTENCE = new ReportSentence() {

		@Override
		public String clause(final MetricResult result) {
			return "A linear probe predicts the batch of %s of the negative controls" +
				(result.note().contains(ControlRows.NOT_BY_PLATE) ? "" : " on plates it hasn't seen");
		}

		@Override
		public String subject() {
			return "The probe on negative controls";
		}
	};

	@Override
	public MetricInfo info() {
		return new MetricInfo("batch-probe", "Batch probe, logistic", MetricGroup.BATCH, Direction.LOWER, false,
			"Accuracy of logistic regression that tells the batch of negative controls in plates (or, where no batch " +
				"has two, wells) it hasn't seen; chance: the most common batch.",
			"linear probe (Alain 2016, arXiv 1610.01644) on controls, split by plate")
			.withDecisive(true)
			.withSentence(SENTENCE);
	}

	@Override
	public MetricResult measure(final AssessedProfiles profiles) {
		final AssessedProfiles all = ControlRows.ofSeveralBatches(profiles);
		final AssessedProfiles controls = all.size() <= CrossValidation.MOST_ROWS ? all
			: all.select(AssessedProfiles.choose(all.size(), CrossValidation.MOST_ROWS,
			RandomStream.of(profiles.seed(), "batch probe")));
		final Categories batches = controls.batches();
		final int[] folds = CrossValidation.folds(ControlRows.splitUnits(controls).of(), batches.of(), FOLDS);
		final int[] predicted = CrossValidation.predict(controls.matrix(), batches.of(), batches.size(), folds, FOLDS);
		final MetricResult result = Accuracy.of(predicted, batches, ControlRows.note(controls, all.size()));
		final long units = java.util.Arrays.stream(ControlRows.splitUnits(controls).of()).distinct().count();
		return result.withNoise(Math.sqrt(result.chance() * (1 - result.chance()) / units))
			.withRows(controls.spread(Accuracy.rows(predicted, batches)));
	}
}
