// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.Random;

import org.scijava.plugin.Plugin;

/** How well logistic regression tells the label of rows of batches it hasn't seen. */
@Plugin(type = Metric.class, priority = 44)
public final class LabelProbe implements Metric {

	private static final int FOLDS = 5;

	@Override
	public MetricInfo info() {
		return new MetricInfo("label-probe", "Label probe across batches", MetricGroup.BIOLOGY, Direction.HIGHER, false,
			"Accuracy of logistic regression that tells labels in batches it hasn't seen (folds of whole batches); " +
				"chance: the most common label.", "linear probe (Alain 2016, arXiv 1610.01644), held-out batches");
	}

	@Override
	public MetricResult measure(final AssessedProfiles all) {
		final AssessedProfiles labelled = all.labelled().withBatch();
		labelled.severalBatches();
		labelled.severalLabels();
		final AssessedProfiles profiles = labelled.size() <= CrossValidation.MOST_ROWS ? labelled : labelled.select(
			AssessedProfiles.choose(labelled.size(), CrossValidation.MOST_ROWS, new Random(all.seed())));
		final Codes labels = profiles.labels();
		final Codes batches = profiles.batches();
		final int folds = Math.min(FOLDS, batches.size());
		final int[] fold = Matrix.indices(profiles.size(), i -> batches.of()[i] % folds);
		final int[] predicted = CrossValidation.predict(profiles.matrix(), labels.of(), labels.size(), fold, folds);
		final String note = labelled == profiles ? "" : "on " + profiles.size() + " random rows of " + labelled.size();
		return Recognition.of(predicted, labels, note).withRows(profiles.spread(Recognition.rows(predicted, labels)));
	}
}
