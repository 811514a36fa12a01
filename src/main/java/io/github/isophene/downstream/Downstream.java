// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.downstream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

import io.github.isophene.messages.Count;
import io.github.isophene.metrics.UndefinedMetricException;
import io.github.isophene.numerics.Matrix;
import io.github.isophene.numerics.Neighbors;
import io.github.isophene.numerics.Parallel;
import io.github.isophene.numerics.Statistics;
import io.github.isophene.profiles.Aggregation;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.NaturalOrder;

/**
 * Dose responses, activity calls and nearest mechanisms of one table.
 *
 * @param columns which were read
 * @param distances of all wells that could be compared with controls; empty where undefined
 * @param curves a compound each
 * @param activity calls of compounds, then of compounds at a dose
 * @param neighbors the nearest treatments with a known mechanism
 * @param neighborChance share of right first neighbors that a random choice would give; NaN where there are none
 * @param undefined why there are neither distances nor calls; empty where there are
 * @param noMechanisms why there are no neighbors; empty where there are
 * @param notes what was left out, in sentences
 */
public record Downstream(DownstreamColumns columns, List<WellDistance> distances, List<DoseCurve> curves,
	List<ActivityCall> activity, List<MechanismNeighbor> neighbors, double neighborChance, String undefined,
	String noMechanisms, List<String> notes)
{

	/** Neighbors of each treatment. */
	public static final int NEIGHBORS = 5;

	/** Rows that were corrected by one fit. */
	public interface Folds {

		/** Returns the number of folds. */
		int count();

		/**
		 * Corrects the rows of a fold.
		 *
		 * @throws IllegalArgumentException if they can't be corrected
		 */
		Fold fold(int index);
	}

	/**
	 * Rows of a fold, corrected by one fit.
	 *
	 * @param fitted those that the fit has learned from
	 * @param unseen controls that it hasn't, and treated rows
	 */
	public record Fold(ProfileTable fitted, ProfileTable unseen) {}

	/** A well in one fold. */
	private record Seen(WellProfiles.Well well, double distance) {}

	/**
	 * Computes all that a table allows.
	 *
	 * @param whole all rows, corrected by one fit
	 * @param folds rows on which fits are judged that have not seen them
	 */
	public static Downstream of(final ProfileTable whole, final DownstreamColumns columns, final Folds folds,
		final long seed, final Progress progress)
	{
		final Set<String> notes = new LinkedHashSet<>();
		final Map<String, List<Seen>> seen = new LinkedHashMap<>();
		final HeldOutRanking ranking = new HeldOutRanking(seed);
		String undefined = "";
		try {
			if (columns.compound().isEmpty())
				throw new UndefinedMetricException("no column of compounds was named (keys treatment, label)");
			if (columns.roles().controlColumn().isEmpty())
				throw new UndefinedMetricException("no negative controls were named (key controls)");
			for (int f = 0; f < folds.count(); f++) {
				progress.at("distances and calls, fold " + (f + 1) + " of " + folds.count(), f / (folds.count() + 1.0));
				fold(folds.fold(f), columns, seed, seen, ranking, notes);
			}
		}
		catch (final IllegalArgumentException e) {
			undefined = e.getMessage();
		}
		progress.at("dose responses", folds.count() / (folds.count() + 1.0));
		final List<WellDistance> distances = undefined.isEmpty() ? distances(seen) : List.of();
		if (undefined.isEmpty() && distances.isEmpty()) undefined = "no control well is held out to compare with";
		final List<ActivityCall> calls = new ArrayList<>();
		if (undefined.isEmpty()) {
			calls.addAll(ranking.compounds());
			calls.addAll(ranking.treatments());
		}
		final List<MechanismNeighbor> near = new ArrayList<>();
		String noMechanisms = "";
		double chance = Double.NaN;
		try {
			chance = neighbors(whole, columns, seed, near, notes);
		}
		catch (final IllegalArgumentException e) {
			noMechanisms = e.getMessage();
			near.clear();
		}
		return new Downstream(columns, distances, columns.dose().isEmpty() ? List.of() : DoseCurve.of(distances), calls,
			List.copyOf(near), chance, undefined, noMechanisms, List.copyOf(notes));
	}

	/** The entry for a table or correction that allows nothing of this. */
	public static Downstream undefined(final DownstreamColumns columns, final String reason) {
		return new Downstream(columns, List.of(), List.of(), List.of(), List.of(), Double.NaN, reason, reason,
			List.of());
	}

	/** The same with another note, first. */
	public Downstream withNote(final String note) {
		final List<String> all = new ArrayList<>(List.of(note));
		all.addAll(notes);
		return new Downstream(columns, distances, curves, activity, neighbors, neighborChance, undefined,
			noMechanisms, List.copyOf(all));
	}

	private static void fold(final Fold fold, final DownstreamColumns columns, final long seed,
		final Map<String, List<Seen>> seen, final HeldOutRanking ranking, final Set<String> notes)
	{
		final WellProfiles controls = WellProfiles.of(fold.fitted(), columns).controls(true);
		final WellProfiles unseen = WellProfiles.of(fold.unseen(), columns);
		if (unseen.controls(true).wells().isEmpty())
			throw new UndefinedMetricException("no control well is held out to compare with");
		final ControlSpace space = ControlSpace.of(controls, unseen, usable(controls, unseen), seed);
		if (!space.isWithinPlates())
			notes.add("Plates have too few control wells for a spread within plates: wells are compared with the " +
				"controls of all plates.");
		final WellProfiles wells = space.comparable(unseen);
		final int left = unseen.wells().size() - wells.wells().size();
		if (left > 0)
			notes.add(Count.of(left, "well is", "wells are") + " left out: no control of " +
				"their plate is among those that a fold learns from.");
		final double[] distance = new double[wells.wells().size()];
		Parallel.run(distance.length, i -> distance[i] = space.distance(wells, i));
		for (int i = 0; i < distance.length; i++) {
			final WellProfiles.Well well = wells.wells().get(i);
			seen.computeIfAbsent(well.key() + "\n" + well.compound() + "\n" + well.dose(), k -> new ArrayList<>())
				.add(new Seen(well, distance[i]));
		}
		ranking.add(space.standardized(wells).unit(), wells.wells());
	}

	/** Features that are finite in all of these wells. */
	private static boolean[] usable(final WellProfiles... some) {
		final boolean[] usable = new boolean[some[0].matrix().columns()];
		Arrays.fill(usable, true);
		for (final WellProfiles wells : some) {
			for (int i = 0; i < wells.matrix().rows(); i++)
				for (int c = 0; c < usable.length; c++) usable[c] &= Float.isFinite(wells.matrix().get(i, c));
		}
		return usable;
	}

	/** Means over folds, in units of the median control's. */
	private static List<WellDistance> distances(final Map<String, List<Seen>> seen) {
		final double unit = Statistics.median(seen.values()
			.stream()
			.flatMap(Collection::stream)
			.filter(s -> s.well.control())
			.mapToDouble(Seen::distance)
			.toArray());
		final List<WellDistance> distances = new ArrayList<>();
		for (final List<Seen> folds : seen.values()) {
			final WellProfiles.Well well = folds.get(0).well;
			distances.add(new WellDistance(well.plate(), well.well(), well.compound(), well.dose(), well.control(),
				folds.stream().mapToDouble(Seen::distance).average().getAsDouble() / unit));
		}
		distances.sort(Comparator.comparing(WellDistance::plate, NaturalOrder.COMPARATOR)
			.thenComparing(WellDistance::well, NaturalOrder.COMPARATOR)
			.thenComparing(WellDistance::compound)
			.thenComparingDouble(WellDistance::dose));
		return distances;
	}

	/** Adds the neighbors, and returns the chance of a right first one. */
	private static double neighbors(final ProfileTable whole, final DownstreamColumns columns, final long seed,
		final List<MechanismNeighbor> near, final Set<String> notes)
	{
		if (columns.compound().isEmpty())
			throw new UndefinedMetricException("no column of compounds was named (keys treatment, label)");
		if (columns.mechanism().isEmpty())
			throw new UndefinedMetricException("no column of mechanisms was named or found (key mechanism)");
		final WellProfiles all = WellProfiles.of(whole, columns);
		final ConsensusProfiles treatments = consensus(all, seed, notes);
		final List<List<String>> names = treatments.names;
		final boolean[] known = new boolean[names.size()];
		for (int t = 0; t < known.length; t++) known[t] = !names.get(t).get(2).isEmpty();
		final Neighbors found = Neighbors.cosine(treatments.matrix.unit(), NEIGHBORS,
			(t, other) -> known[other] && !names.get(t).get(0).equals(names.get(other).get(0)));
		double chance = 0;
		int asked = 0;
		for (int t = 0; t < known.length; t++) {
			final List<String> name = names.get(t);
			for (int k = 0; k < found.of()[t].length; k++) {
				final List<String> other = names.get(found.of()[t][k]);
				near.add(new MechanismNeighbor(name.get(0), Double.parseDouble(name.get(1)), name.get(2), k + 1,
					other.get(0), Double.parseDouble(other.get(1)), other.get(2), found.distance()[t][k],
					shares(name.get(2), other.get(2))));
			}
			if (!known[t]) continue;
			int allowed = 0;
			int same = 0;
			for (int other = 0; other < known.length; other++) {
				if (!known[other] || names.get(other).get(0).equals(name.get(0))) continue;
				allowed++;
				if (shares(name.get(2), names.get(other).get(2))) same++;
			}
			if (allowed == 0) continue;
			chance += same / (double) allowed;
			asked++;
		}
		if (near.isEmpty())
			throw new UndefinedMetricException("no two compounds have a mechanism in column '" + columns.mechanism() +
				"'");
		return asked == 0 ? Double.NaN : chance / asked;
	}

	/** Consensus profiles: compound, dose and mechanism of each, [treatments][3]. */
	private record ConsensusProfiles(Matrix matrix, List<List<String>> names) {}

	/** Medians of the wells of each treatment, standardized by all controls where there are any. */
	private static ConsensusProfiles consensus(final WellProfiles all, final long seed, final Set<String> notes) {
		WellProfiles wells = all.controls(false);
		wells = wells.select(Matrix.indices(wells.wells().size(), wellWithCompound(wells), i -> i >= 0));
		final boolean[] usable = usable(all);
		Matrix matrix;
		if (all.controls(true).wells().size() < 2) {
			notes.add("Nearest mechanisms are of profiles as they are: there are no controls to standardize them by.");
			final int[] features = Matrix.indices(usable.length, c -> usable[c] ? c : -1, c -> c >= 0);
			matrix = Matrix.zeros(wells.wells().size(), features.length);
			for (int i = 0; i < matrix.rows(); i++)
				for (int c = 0; c < features.length; c++)
					matrix.values()[i * features.length + c] = wells.matrix().get(i, features[c]);
		}
		else {
			final ControlSpace space = ControlSpace.of(all.controls(true), all, usable, seed);
			wells = space.comparable(wells);
			matrix = space.standardized(wells);
		}
		final List<String> columns = List.of("compound", "dose", "mechanism");
		final List<String> features = new ArrayList<>();
		for (int c = 0; c < matrix.columns(); c++) features.add("f" + c);
		final String[][] names = new String[matrix.rows()][];
		final float[][] values = new float[matrix.rows()][];
		final Map<String, String> mechanisms = new LinkedHashMap<>();
		for (final WellProfiles.Well w : wells.wells())
			if (!w.mechanism().isEmpty()) mechanisms.putIfAbsent(w.compound() + "\n" + w.dose(), w.mechanism());
		for (int i = 0; i < names.length; i++) {
			final WellProfiles.Well w = wells.wells().get(i);
			names[i] = new String[]{w.compound(), String.valueOf(w.dose()),
				mechanisms.getOrDefault(w.compound() + "\n" + w.dose(), "")};
			values[i] = Arrays.copyOfRange(matrix.values(), i * matrix.columns(), (i + 1) * matrix.columns());
		}
		final ProfileTable consensus = Aggregation.MEDIAN.apply(ProfileTable.of(columns, features, names, values),
			columns);
		final Matrix medians = Matrix.zeros(consensus.rowCount(), consensus.featureCount());
		final List<List<String>> treatments = new ArrayList<>();
		for (int t = 0; t < medians.rows(); t++) {
			consensus.copyRow(t, medians.values(), t * medians.columns());
			final int row = t;
			treatments.add(columns.stream().map(c -> consensus.metadata(c, row)).toList());
		}
		return new ConsensusProfiles(medians, treatments);
	}

	private static IntUnaryOperator wellWithCompound(final WellProfiles wells) {
		return i -> wells.wells().get(i).compound().isEmpty() ? -1 : i;
	}

	/** Returns whether two entries, each perhaps of several mechanisms as in {@code A|B}, share one. */
	private static boolean shares(final String a, final String b) {
		if (a.isEmpty() || b.isEmpty()) return false;
		final List<String> other = Arrays.asList(b.split("\\|"));
		return Arrays.stream(a.split("\\|")).anyMatch(other::contains);
	}
}
