// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.github.isophene.numerics.Matrix;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.numerics.Statistics;

/**
 * Batches drawn at random within labels: what a metric gives where batches mean nothing. Whole plates are
 * drawn, because
 * plates differ without any batch effect, where a label has several plates in a batch; wells otherwise, so that plate
 * effects count as batch effects there.
 */
public final class DrawnBatches {

	private static final int DRAWS = 20;
	/** Draws that come out as the batches are, up to names, are repeated as often at most. */
	private static final int TRIES = 50;

	private final int[] batches;
	/** Rows of each unit, by label, [labels][units][]. */
	private final List<int[][]> units = new ArrayList<>();
	private final long seed;

	/** @param groups [rows], batches are drawn within these */
	public DrawnBatches(final AssessedProfiles profiles, final int[] groups) {
		batches = profiles.batches().of();
		seed = profiles.seed();
		final int[] plates = profiles.plates().of();
		final int[] wells = profiles.wells().of();
		final Map<Integer, List<Integer>> members = new LinkedHashMap<>();
		for (int i = 0; i < groups.length; i++) members.computeIfAbsent(groups[i], k -> new ArrayList<>()).add(i);
		for (final List<Integer> rows : members.values()) {
			final int[] all = rows.stream().mapToInt(Integer::intValue).toArray();
			final int[][] byPlate = by(all, plates);
			final int[][] byWell = by(all, wells);
			units.add(hasAlternative(byPlate) ? byPlate : hasAlternative(byWell) ? byWell
				: by(all, Matrix.all(batches.length)));
		}
	}

	/** Rows by unit; rows of one unit in two batches are two units. */
	private int[][] by(final int[] rows, final int[] of) {
		final Map<List<Integer>, List<Integer>> units = new LinkedHashMap<>();
		for (final int row : rows)
			units.computeIfAbsent(List.of(of[row], batches[row]), k -> new ArrayList<>()).add(row);
		return units.values()
			.stream()
			.map(list -> list.stream().mapToInt(Integer::intValue).toArray())
			.toArray(int[][]::new);
	}

	/** Returns whether some batch has two units: otherwise every draw is the batches as they are, by other names. */
	private boolean hasAlternative(final int[][] of) {
		return Arrays.stream(of).mapToInt(u -> batches[u[0]]).distinct().count() < of.length;
	}

	/** Mean and standard deviation of a metric over draws. */
	public double[] moments(final ToDoubleFunction<int[]> metric) {
		return Statistics.moments(Arrays.stream(draws(DRAWS)).mapToDouble(metric).toArray());
	}

	/** Batches drawn some times, [count][rows]. */
	public int[][] draws(final int count) {
		final int[][] draws = new int[count][];
		final RandomStream random = RandomStream.of(seed, "drawn batches");
		for (int p = 0; p < count; p++) {
			draws[p] = batches.clone();
			for (final int[][] of : units) draw(of, draws[p], random);
		}
		return draws;
	}

	private void draw(final int[][] of, final int[] drawn, final RandomStream random) {
		final int[] before = Arrays.stream(of).mapToInt(u -> batches[u[0]]).toArray();
		final int[] after = before.clone();
		for (int tries = 0; tries == 0 || tries < TRIES && isSame(before, after); tries++) {
			for (int i = after.length - 1; i > 0; i--) {
				final int j = random.nextInt(i + 1);
				final int v = after[i];
				after[i] = after[j];
				after[j] = v;
			}
		}
		for (int u = 0; u < of.length; u++) for (final int row : of[u]) drawn[row] = after[u];
	}

	/** Returns whether units are grouped alike, whatever the groups are called. */
	private static boolean isSame(final int[] a, final int[] b) {
		final Map<Integer, Integer> names = new LinkedHashMap<>();
		for (int i = 0; i < a.length; i++) {
			final Integer known = names.putIfAbsent(a[i], b[i]);
			if (known != null && known != b[i]) return false;
		}
		return names.values().stream().distinct().count() == names.size();
	}
}
