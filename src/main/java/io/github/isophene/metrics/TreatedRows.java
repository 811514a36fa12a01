// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import io.github.isophene.messages.Count;
import io.github.isophene.numerics.Matrix;
import io.github.isophene.numerics.RandomStream;

/**
 * The rows that are treated; where they are too many to look at all pairs, those of a
 * random choice of treatments, so that replicates stay together.
 */
public final class TreatedRows {

	private static final int MOST_ROWS = 10_000;

	private TreatedRows() {}

	public static AssessedProfiles of(final AssessedProfiles profiles) {
		final Categories treatments = profiles.treatments();
		final int[] treated = Matrix.indices(profiles.size(),
			i -> treatments.of()[i] < 0 || profiles.isControl(i) ? -1 : i, i -> i >= 0);
		if (treated.length == 0)
			throw new UndefinedMetricException("no row is treated: all are controls or have no treatment");
		final AssessedProfiles rows = profiles.select(treated);
		if (treated.length <= MOST_ROWS) return rows;
		final int[][] members = rows.treatments().rows();
		final int[] order = Matrix.all(members.length);
		final RandomStream random = RandomStream.of(profiles.seed(), "treatments");
		final boolean[] taken = new boolean[rows.size()];
		int count = 0;
		for (int i = 0; i < order.length; i++) {
			final int j = i + random.nextInt(order.length - i);
			final int t = order[j];
			order[j] = order[i];
			if (count > 0 && count + members[t].length > MOST_ROWS) continue;
			for (final int row : members[t]) taken[row] = true;
			count += members[t].length;
		}
		return rows.select(Matrix.indices(rows.size(), i -> taken[i] ? i : -1, i -> i >= 0));
	}

	/** Returns the note for a metric on these rows, after its own note. */
	public static String note(final AssessedProfiles profiles, final AssessedProfiles treated) {
		final Categories treatments = profiles.treatments();
		int all = 0;
		for (int i = 0; i < profiles.size(); i++) if (treatments.of()[i] >= 0 && !profiles.isControl(i)) all++;
		return treated.size() == all ? ""
			: "; on the " + Count.of(treated.size(), "row") + " of a random choice of treatments, of " + all;
	}
}
