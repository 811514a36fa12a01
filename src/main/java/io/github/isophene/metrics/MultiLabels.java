// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

import io.github.isophene.numerics.Matrix;
import io.github.isophene.numerics.PackedMatrix;

/**
 * Labels of which a row may have several, separated by a bar ({@code A|B}), as JUMP and the Drug Repurposing Hub write
 * mechanisms: rows match where they share one (copairs: multilabel).
 *
 * @param names of the single labels
 * @param of the labels of each row, by number
 */
public record MultiLabels(List<String> names, BitSet[] of) {

	private static final String BAR = "\\|";

	public static MultiLabels of(final Categories labels) {
		final List<List<String>> parts = labels.names()
			.stream()
			.map(name -> Arrays.stream(name.split(BAR)).map(String::strip).filter(p -> !p.isEmpty()).toList())
			.toList();
		final Categories single = Categories.of(parts.stream().flatMap(List::stream).toArray(String[]::new));
		final BitSet[] of = new BitSet[labels.of().length];
		for (int i = 0; i < of.length; i++) {
			of[i] = new BitSet();
			if (labels.of()[i] >= 0)
				for (final String part : parts.get(labels.of()[i])) of[i].set(single.names().indexOf(part));
		}
		return new MultiLabels(single.names(), of);
	}

	/** Returns whether a label is written that has several parts. */
	public static boolean anyIn(final Categories labels) {
		return labels.names().stream().anyMatch(name -> name.contains("|"));
	}

	/** Returns whether two rows share a label. */
	public boolean match(final int a, final int b) {
		return of[a].intersects(of[b]);
	}

	/** Returns the number of labels. */
	public int size() {
		return names.size();
	}

	/** The rows of a label. */
	public int[] rows(final int label) {
		return Matrix.indices(of.length, i -> of[i].get(label) ? i : -1, i -> i >= 0);
	}

	/**
	 * A row per row and label of it: its average precision among the rows of the label that differ in compound,
	 * against all that share none.
	 */
	public record Ranked(AveragePrecision precision, String[] labels) {}

	/**
	 * The average precision of each row for each of its labels; positives are rows of the label with another compound,
	 * negatives rows that share no label.
	 *
	 * @param unit rows of length 1
	 * @param compounds [rows]
	 */
	public Ranked rank(final Matrix unit, final int[] compounds) {
		final List<double[]> found = new ArrayList<>();
		final List<String> label = new ArrayList<>();
		for (int row = 0; row < of.length; row++) {
			final int query = row;
			final double[] negative = Arrays
				.stream(Matrix.indices(of.length, i -> i, i -> i != query && !match(query, i)))
				.mapToDouble(i -> PackedMatrix.product(unit, query, i))
				.sorted()
				.toArray();
			for (int k = of[row].nextSetBit(0); k >= 0; k = of[row].nextSetBit(k + 1)) {
				final double[] positive = Arrays.stream(rows(k))
					.filter(i -> i != query && compounds[i] != compounds[query])
					.mapToDouble(i -> PackedMatrix.product(unit, query, i))
					.sorted()
					.toArray();
				found
					.add(new double[]{average(positive, negative), positive.length, positive.length + negative.length});
				label.add(names.get(k));
			}
		}
		return new Ranked(
			new AveragePrecision(found.stream().mapToDouble(f -> f[0]).toArray(),
				found.stream().mapToInt(f -> (int) f[1]).toArray(), found.stream().mapToInt(f -> (int) f[2]).toArray()),
			label.toArray(String[]::new));
	}

	/** Average precision of ascending similarities, ties in favor of positives; NaN without positives. */
	private static double average(final double[] positive, final double[] negative) {
		if (positive.length == 0) return Double.NaN;
		double sum = 0;
		int at = negative.length;
		for (int rank = 1; rank <= positive.length; rank++) {
			while (at > 0 && negative[at - 1] > positive[positive.length - rank]) at--;
			sum += rank / (double) (rank + negative.length - at);
		}
		return sum / positive.length;
	}
}
