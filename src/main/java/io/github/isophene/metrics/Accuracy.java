// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

/** Number of classes that were recognized. Rows for which there is no prediction (-1) aren't counted. */
public final class Accuracy {

	private Accuracy() {}

	/** The accuracy, in all and for each class; chance is the share of the most common class. */
	public static MetricResult of(final int[] predicted, final Categories classes, final String note) {
		final int[] right = new int[classes.size()];
		final int[] counts = new int[classes.size()];
		int rightRows = 0;
		for (int i = 0; i < predicted.length; i++) {
			if (predicted[i] < 0) continue;
			final int c = classes.of()[i];
			counts[c]++;
			if (predicted[i] == c) {
				right[c]++;
				rightRows++;
			}
		}
		int rows = 0;
		int most = 0;
		final Map<String, Double> groups = new LinkedHashMap<>();
		for (int k = 0; k < counts.length; k++) {
			rows += counts[k];
			most = Math.max(most, counts[k]);
			if (counts[k] > 0) groups.put(classes.names().get(k), right[k] / (double) counts[k]);
		}
		if (rows == 0)
			throw new UndefinedMetricException("no class occurs in two of the groups that the rows are split by");
		if (groups.size() == 1) {
			throw new UndefinedMetricException("only '" + groups.keySet().iterator().next() +
				"' occurs in two of the groups that the rows are split by, so there is nothing to tell apart");
		}
		return MetricResult.of(rightRows / (double) rows, most / (double) rows).withGroups(groups).withNote(note);
	}

	/** 1 for a row that was recognized, 0 for one that wasn't, NaN for one that isn't counted. */
	public static double[] rows(final int[] predicted, final Categories classes) {
		final double[] rows = new double[predicted.length];
		for (int i = 0; i < rows.length; i++)
			rows[i] = predicted[i] < 0 ? Double.NaN : predicted[i] == classes.of()[i] ? 1 : 0;
		return rows;
	}
}
