// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.viewer;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.NaturalOrder;

/**
 * Confusion matrix of predictions, where the table has the labels, too.
 *
 * @param label column of the labels
 * @param classes in natural order
 * @param counts [label][predicted class]
 */
public record Confusion(String label, List<String> classes, int[][] counts) {

	private static final String PREDICTED = "Metadata_Predicted_";

	/**
	 * Returns the matrix of a table; {@code null} if it has no predictions or no labels. Rows without a label
	 * are left out.
	 */
	public static Confusion of(final ProfileTable table) {
		for (final String column : table.metadataColumns()) {
			final String label = "Metadata_" + column.substring(Math.min(column.length(), PREDICTED.length()));
			if (!column.startsWith(PREDICTED) || !table.hasMetadata(label)) continue;
			final String[] labels = table.metadata(label);
			final String[] predicted = table.metadata(column);
			final Collection<String> names = new TreeSet<>(NaturalOrder.COMPARATOR);
			names.addAll(List.of(labels));
			names.addAll(List.of(predicted));
			names.remove("");
			final List<String> classes = List.copyOf(names);
			final int[][] counts = new int[classes.size()][classes.size()];
			for (int row = 0; row < labels.length; row++) {
				final int from = classes.indexOf(labels[row]);
				final int to = classes.indexOf(predicted[row]);
				if (from >= 0 && to >= 0) counts[from][to]++;
			}
			return new Confusion(label, classes, counts);
		}
		return null;
	}

	/** Returns the share of rows whose class is their label; NaN if there are none. */
	public double accuracy() {
		double right = 0;
		double all = 0;
		for (int i = 0; i < counts.length; i++) for (int j = 0; j < counts.length; j++) {
			all += counts[i][j];
			if (i == j) right += counts[i][j];
		}
		return right / all;
	}
}
