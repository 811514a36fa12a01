// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics.builtin;

import java.util.Arrays;

import io.github.isophene.messages.Count;
import io.github.isophene.metrics.Accuracy;
import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.Categories;
import io.github.isophene.metrics.CrossValidation;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.UndefinedMetricException;
import io.github.isophene.numerics.Matrix;
import io.github.isophene.numerics.RandomStream;
import org.scijava.plugin.Plugin;

/** Accuracy of logistic regression that predicts the label of rows of held-out batches. */
@Plugin(type = Metric.class, priority = 44)
public final class LabelProbe implements Metric {

	private static final int FOLDS = 5;
	/** With more, a fit takes minutes and the most a label has is a row or two per batch. */
	private static final int MOST_LABELS = 50;

	@Override
	public MetricInfo info() {
		return new MetricInfo("label-probe", "Label probe across batches", MetricGroup.BIOLOGY, Direction.HIGHER, false,
			"Accuracy of logistic regression that tells labels in batches it hasn't seen (folds of whole batches); " +
				"chance: the most common label.",
			"linear probe (Alain 2016, arXiv 1610.01644), held-out batches")
			.withDecisive(true)
			.withSentence("A linear probe predicts the label in batches it hasn't seen for %s of the rows");
	}

	@Override
	public MetricResult measure(final AssessedProfiles all) {
		final AssessedProfiles labeled = all.labeled().withBatch();
		labeled.severalBatches();
		labeled.severalLabels();
		final RandomStream random = RandomStream.of(all.seed(), "label probe");
		final AssessedProfiles few = someLabels(labeled, random);
		final AssessedProfiles profiles = few.size() <= CrossValidation.MOST_ROWS ? few
			: few.select(AssessedProfiles.choose(few.size(), CrossValidation.MOST_ROWS, random));
		final Categories labels = profiles.labels();
		final Categories batches = profiles.batches();
		final int folds = Math.min(FOLDS, batches.size());
		final int[] fold = Matrix.indices(profiles.size(), i -> batches.of()[i] % folds);
		final int[] predicted = CrossValidation.predict(profiles.matrix(), labels.of(), labels.size(), fold, folds);
		final String note = profiles.size() == labeled.size() ? ""
			: "on " + profiles.size() + " random rows of " + labels.size() + " of " +
			Count.of(labeled.labels().size(), "label");
		return Accuracy.of(predicted, labels, note).withRows(profiles.spread(Accuracy.rows(predicted, labels)));
	}

	/** The rows of a random choice of the labels that occur in two batches, where labels are too many. */
	private static AssessedProfiles someLabels(final AssessedProfiles profiles, final RandomStream random) {
		final Categories labels = profiles.labels();
		if (labels.size() <= MOST_LABELS) return profiles;
		final int[] batches = profiles.batches().of();
		final int[][] rows = labels.rows();
		final int[] useful = Matrix.indices(rows.length,
			k -> Arrays.stream(rows[k]).map(row -> batches[row]).distinct().count() > 1 ? k : -1, k -> k >= 0);
		if (useful.length == 0) throw new UndefinedMetricException("no label occurs in two batches");
		final boolean[] chosen = new boolean[rows.length];
		for (final int i : AssessedProfiles.choose(useful.length, Math.min(MOST_LABELS, useful.length), random)) {
			chosen[useful[i]] = true;
		}
		return profiles.select(Matrix.indices(profiles.size(), i -> chosen[labels.of()[i]] ? i : -1, i -> i >= 0));
	}
}
