// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

import io.github.isophene.numerics.LogisticRegression;
import io.github.isophene.numerics.Matrix;
import io.github.isophene.numerics.Parallel;

/** Cross-validation of logistic regression over groups of rows. */
public final class CrossValidation {

	/** Rows beyond this are too many for a fit in seconds. */
	public static final int MOST_ROWS = 2_000;

	private CrossValidation() {}

	/**
	 * Predicts every row by a model that was fitted on the other folds.
	 *
	 * @param classes [rows]
	 * @param folds [rows], 0 to {@code count} - 1
	 * @return [rows], the class predicted; -1 where the row's class occurs in no other fold
	 */
	public static int[] predict(final Matrix matrix, final int[] classes, final int classCount, final int[] folds,
		final int count)
	{
		final int[] predicted = new int[matrix.rows()];
		Arrays.fill(predicted, -1);
		Parallel.run(count, fold -> {
			final int[] training = Matrix.indices(folds.length, i -> folds[i] == fold ? -1 : i, i -> i >= 0);
			final int[] test = Matrix.indices(folds.length, i -> folds[i] == fold ? i : -1, i -> i >= 0);
			if (training.length == 0 || test.length == 0) return;
			// Classes that the fold doesn't see get no weights of their own.
			final int[] number = new int[classCount];
			Arrays.fill(number, -1);
			final int[] seen = Arrays.stream(training).map(i -> classes[i]).distinct().sorted().toArray();
			for (int k = 0; k < seen.length; k++) number[seen[k]] = k;
			final int[] labels = Arrays.stream(classes).map(c -> number[c]).toArray();
			final LogisticRegression model = new LogisticRegression(matrix, training, labels, seen.length);
			for (final int i : test) if (labels[i] >= 0) predicted[i] = seen[model.predict(matrix, i)];
		});
		return predicted;
	}

	/**
	 * Deals groups to folds: the groups of each class in turn, so that a class is in as many folds as it has
	 * groups.
	 */
	public static int[] folds(final int[] groups, final int[] classes, final int count) {
		final int[] fold = new int[Arrays.stream(groups).max().orElse(-1) + 1];
		Arrays.fill(fold, -1);
		int next = 0;
		final int[] order = IntStream.range(0, groups.length)
			.boxed()
			.sorted(Comparator.comparingInt((Integer i) -> classes[i]).thenComparingInt(i -> groups[i]))
			.mapToInt(Integer::intValue)
			.toArray();
		for (final int row : order) if (fold[groups[row]] < 0) fold[groups[row]] = next++ % count;
		return Arrays.stream(groups).map(group -> fold[group]).toArray();
	}
}
