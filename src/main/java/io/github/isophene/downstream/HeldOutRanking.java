// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.downstream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.AveragePrecision;
import io.github.isophene.metrics.MeanAveragePrecision;
import io.github.isophene.numerics.FalseDiscoveryRate;
import io.github.isophene.numerics.Matrix;
import io.github.isophene.numerics.Parallel;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.screen.NaturalOrder;
import org.apache.commons.math3.util.CombinatoricsUtils;

/**
 * Average precision of treated wells against negative controls, each control in the fold that has not seen it.
 * <p>
 * The replicates of a well are ranked with all controls by cosine similarity, as in mAP (Kalinin et al. 2025, Nat
 * Commun 16:5181). A replicate and a control are compared in the space of the fold that held the control out, so that
 * every comparison is of two wells that the space was not fitted on; a replicate's place is the number of controls of
 * all folds that are more similar, ties in favor of replicates (our choice). Under the hypothesis that treated wells
 * are like controls all places are equally likely, as in the null of mAP.
 * </p>
 */
final class HeldOutRanking {

	/** Wells of a treatment that are compared with each other at most: a random choice of more. */
	static final int MOST_REPLICATES = 1000;

	/** Wells of a treatment. */
	private static final class Group {

		private final String compound;
		private final double dose;
		private final Map<String, Integer> places = new LinkedHashMap<>();
		/** Controls more similar to a well than a replicate is, [wells][replicates]. */
		private final int[][] above;
		/** Folds in which a well and a replicate were compared, [wells][replicates]; a well's own on the diagonal. */
		private final int[][] folds;
		/** Controls that a well was compared with. */
		private final int[] controls;

		Group(final WellProfiles.Well first, final List<String> keys) {
			compound = first.compound();
			dose = first.dose();
			keys.forEach(key -> places.put(key, places.size()));
			above = new int[places.size()][places.size()];
			folds = new int[places.size()][places.size()];
			controls = new int[places.size()];
		}
	}

	private final Map<List<Object>, Group> groups = new LinkedHashMap<>();
	private final long seed;

	HeldOutRanking(final long seed) {
		this.seed = seed;
	}

	/**
	 * Ranks the wells of a fold.
	 *
	 * @param unit rows of length 1, [wells, features]
	 * @param wells treated ones, and the controls that the fold has not seen
	 */
	void add(final Matrix unit, final List<WellProfiles.Well> wells) {
		final int[] controls = Matrix.indices(wells.size(), i -> wells.get(i).control() ? i : -1, i -> i >= 0);
		final Map<List<Object>, List<Integer>> treatments = new LinkedHashMap<>();
		for (int i = 0; i < wells.size(); i++) {
			final WellProfiles.Well well = wells.get(i);
			if (!well.control() && !well.compound().isEmpty())
				treatments.computeIfAbsent(List.of(well.compound(), well.dose()), k -> new ArrayList<>()).add(i);
		}
		final List<Runnable> tasks = new ArrayList<>();
		treatments.forEach((treatment, members) -> {
			if (members.size() < 2) return;
			final Group group = groups.computeIfAbsent(treatment, k -> new Group(wells.get(members.get(0)),
				chosen(treatment, members.stream().map(i -> wells.get(i).key()).toList())));
			tasks.add(() -> rank(group, members, unit, wells, controls));
		});
		Parallel.run(tasks.size(), t -> tasks.get(t).run());
	}

	private List<String> chosen(final List<Object> treatment, final List<String> keys) {
		final List<String> distinct = keys.stream().distinct().toList();
		return distinct.size() <= MOST_REPLICATES ? distinct
			: Arrays.stream(AssessedProfiles.choose(distinct.size(), MOST_REPLICATES,
				RandomStream.of(seed, "replicates of " + treatment))).mapToObj(distinct::get).toList();
	}

	private static void rank(final Group group, final List<Integer> members, final Matrix unit,
		final List<WellProfiles.Well> wells, final int[] controls)
	{
		final Map<Integer, Integer> places = new LinkedHashMap<>();
		for (final int i : members) {
			final Integer place = group.places.get(wells.get(i).key());
			if (place != null) places.put(i, place);
		}
		for (final Map.Entry<Integer, Integer> query : places.entrySet()) {
			final int q = query.getValue();
			final double[] similar = Arrays.stream(controls)
				.mapToDouble(c -> unit.product(query.getKey(), c))
				.sorted()
				.toArray();
			group.controls[q] += controls.length;
			for (final Map.Entry<Integer, Integer> other : places.entrySet()) {
				group.folds[q][other.getValue()]++;
				if (other.getKey().equals(query.getKey())) continue;
				group.above[q][other.getValue()] += above(similar, unit.product(query.getKey(), other.getKey()));
			}
		}
	}

	/** Returns the number of ascending values that are higher. */
	private static int above(final double[] ascending, final double value) {
		int low = 0;
		int high = ascending.length;
		while (low < high) {
			final int middle = (low + high) >>> 1;
			if (ascending[middle] <= value) low = middle + 1;
			else high = middle;
		}
		return ascending.length - low;
	}

	/** Calls of compounds, all doses of one together, each well's replicates being those of its own dose. */
	List<ActivityCall> compounds() {
		return calls(group -> Double.NaN, groups.values());
	}

	/** Calls of compounds at each dose; none where there are no doses. */
	List<ActivityCall> treatments() {
		return calls(group -> group.dose, groups.values().stream().filter(g -> !Double.isNaN(g.dose)).toList());
	}

	private interface Dose {

		double of(Group group);
	}

	private List<ActivityCall> calls(final Dose dose, final Collection<Group> some) {
		final List<double[]> found = new ArrayList<>();
		final List<String> names = new ArrayList<>();
		final Map<String, Group> parts = new HashMap<>();
		for (final Group group : some) {
			final String name = group.compound + "\n" + dose.of(group);
			parts.put(name, group);
			for (int q = 0; q < group.controls.length; q++) {
				final int query = q;
				final int[] places = Matrix.indices(group.controls.length, j -> j,
					j -> j != query && group.folds[query][j] == group.folds[query][query] && group.folds[query][j] > 0);
				final double value = average(Arrays.stream(places).map(j -> group.above[query][j]).sorted().toArray());
				found.add(new double[]{value, places.length, places.length + group.controls[q]});
				names.add(name);
			}
		}
		final AveragePrecision precision = new AveragePrecision(found.stream().mapToDouble(f -> f[0]).toArray(),
			found.stream().mapToInt(f -> (int) f[1]).toArray(), found.stream().mapToInt(f -> (int) f[2]).toArray());
		final List<MeanAveragePrecision.Group> means = MeanAveragePrecision.of(precision,
			names.toArray(String[]::new), MeanAveragePrecision.NULL_SIZE, seed);
		final Map<String, Set<List<Integer>>> rankings = new HashMap<>();
		for (int i = 0; i < found.size(); i++) {
			if (found.get(i)[1] > 0)
				rankings.computeIfAbsent(names.get(i), k -> new HashSet<>())
					.add(List.of((int) found.get(i)[1], (int) found.get(i)[2]));
		}
		final double[] smallestP = means.stream().mapToDouble(g -> smallest(rankings.get(g.name()))).toArray();
		final double[] smallestQ = FalseDiscoveryRate.adjust(smallestP);
		final List<ActivityCall> calls = new ArrayList<>();
		for (int i = 0; i < smallestP.length; i++) {
			final MeanAveragePrecision.Group group = means.get(i);
			final Group part = parts.get(group.name());
			calls.add(new ActivityCall(part.compound, dose.of(part), group.rows(), group.value(), group.chance(),
				group.p(), group.q(), smallestP[i], smallestQ[i]));
		}
		calls.sort(Comparator.comparing(ActivityCall::compound, NaturalOrder.COMPARATOR)
			.thenComparingDouble(ActivityCall::dose));
		return calls;
	}

	/**
	 * Returns the share of rankings with all replicates first; wells with the same numbers share their rankings.
	 *
	 * @param rankings numbers of replicates and of all, each pair once
	 */
	private static double smallest(final Set<List<Integer>> rankings) {
		double p = 1;
		for (final List<Integer> r : rankings)
			p /= CombinatoricsUtils.binomialCoefficientDouble(r.get(1), r.get(0));
		return p;
	}

	/** Average precision of replicates with so many controls above each, ascending; NaN without replicates. */
	private static double average(final int[] above) {
		double sum = 0;
		for (int rank = 1; rank <= above.length; rank++) sum += rank / (double) (rank + above[rank - 1]);
		return above.length == 0 ? Double.NaN : sum / above.length;
	}
}
