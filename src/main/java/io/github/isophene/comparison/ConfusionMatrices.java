// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.isophene.files.CsvCell;

/** Confusion matrix of each method on whole plates, all seeds together, as CSV. */
final class ConfusionMatrices {

	static final String HEADER = "method,condition,label,predicted,images,share";

	private ConfusionMatrices() {}

	/** Returns a row for each pair of classes that occurs; {@code share} is of the images of the label. */
	static String csv(final List<ImagePrediction> images) {
		final Map<Method, Map<Condition, Map<String, Map<String, Integer>>>> all = new TreeMap<>();
		for (final ImagePrediction p : images)
			all.computeIfAbsent(p.method(), m -> new TreeMap<>())
				.computeIfAbsent(p.condition(), c -> new TreeMap<>())
				.computeIfAbsent(p.label(), l -> new TreeMap<>())
				.merge(p.predicted(), 1, Integer::sum);
		final StringBuilder text = new StringBuilder(HEADER).append('\n');
		all.forEach((method, conditions) -> conditions.forEach((condition, labels) -> labels.forEach((label, of) -> {
			final int n = of.values().stream().mapToInt(Integer::intValue).sum();
			of.forEach((predicted, count) -> text.append(String.join(",", method.label(), condition.label(),
				CsvCell.inFile(label), CsvCell.inFile(predicted), Integer.toString(count),
				ReportNumbers.share((double) count / n))).append('\n'));
		})));
		return text.toString();
	}
}
