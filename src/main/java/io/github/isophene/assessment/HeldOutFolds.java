// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.isophene.messages.Count;
import io.github.isophene.metrics.ColumnRoles;
import io.github.isophene.numerics.Matrix;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.profiles.ProfileTable;

/**
 * Folds for judging corrections on rows that they were not fitted on. Control wells are dealt to folds within each
 * plate, so that every plate has controls to learn from in every fold; where a plate has one control well, its fields
 * are dealt. Treated rows are dealt by treatment where a correction learns from them, too.
 */
final class HeldOutFolds {

	private static final int MOST = 3;
	/** Tables of more rows are judged in two folds, for the time that it takes. */
	private static final int LARGE = 3_000;

	private final int count;
	private final boolean[] control;
	/** The fold of each row, [rows]; -1: in every fit, and judged in none (controls) or in all (treated rows). */
	private final int[] of;
	private final List<String> notes;
	private final boolean anyControl;

	private HeldOutFolds(final int count, final boolean[] control, final int[] of, final List<String> notes) {
		this.count = count;
		this.control = control;
		this.of = of;
		this.notes = List.copyOf(notes);
		boolean any = false;
		for (int i = 0; i < of.length; i++) any |= control[i] && of[i] >= 0;
		anyControl = any;
	}

	/**
	 * Deals the rows of a table.
	 *
	 * @param treated whether treated rows are dealt, too
	 */
	static HeldOutFolds of(final ProfileTable table, final ColumnRoles roles, final boolean treated, final long seed) {
		final int n = table.rowCount();
		final boolean[] control = new boolean[n];
		final boolean named = !roles.controlColumn().isEmpty() && table.hasMetadata(roles.controlColumn());
		for (int i = 0; i < n; i++) control[i] = named && roles.isControl(table.metadata(roles.controlColumn(), i));
		final Map<String, Map<String, List<Integer>>> plates = new TreeMap<>();
		for (int i = 0; i < n; i++) {
			if (!control[i]) continue;
			final String plate = value(table, roles.plate(), i) + "\n" + value(table, roles.batch(), i);
			final String well = value(table, roles.well(), i);
			plates.computeIfAbsent(plate, k -> new TreeMap<>())
				.computeIfAbsent(well.isEmpty() ? "\n" + i : well, k -> new ArrayList<>())
				.add(i);
		}
		final int[] of = new int[n];
		Arrays.fill(of, -1);
		final int[] sizes = plates.values()
			.stream()
			.map(HeldOutFolds::units)
			.mapToInt(List::size)
			.filter(s -> s > 1)
			.sorted()
			.toArray();
		// Two wells of a plate at least are held out together where it has four: a trace of the plate shows
		// between them.
		int count = sizes.length == 0 ? treated ? 2 : 1
			: Math.max(2, Math.min(n > LARGE ? 2 : MOST, sizes[sizes.length / 2] / 2));
		final List<String> notes = new ArrayList<>();
		int fields = 0;
		int single = 0;
		int plate = 0;
		for (final Map.Entry<String, Map<String, List<Integer>>> entry : plates.entrySet()) {
			final List<List<Integer>> units = new ArrayList<>(units(entry.getValue()));
			if (units.size() < 2) single++;
			else if (entry.getValue().size() < 2) fields++;
			shuffle(units, RandomStream.of(seed, "controls of " + entry.getKey()));
			for (int u = 0; u < units.size() && units.size() > 1; u++)
				for (final int row : units.get(u)) of[row] = (u + plate) % count;
			plate++;
		}
		if (treated) dealTreatments(table, roles, control, of, count, seed);
		note(notes, plates.size(), fields, single, sizes.length, treated, count);
		return new HeldOutFolds(count, control, of, notes);
	}

	private static void note(final List<String> notes, final int plates, final int fields, final int single,
		final int folded, final boolean treated, final int count)
	{
		if (folded > 0)
			notes.add("Corrections are fitted anew in " + Count.of(count, "fold") + " and judged on the control " +
				(fields == folded ? "fields" : "wells") + (treated ? " and treatments" : "") +
				" of each plate that the fit has not seen; every number on batches is the mean over folds.");
		if (fields > 0)
			notes.add(fields + " of " + Count.of(plates, "plate has", "plates have") +
				" a single control well: their folds are of its fields, which share what is " +
				"the well's, so that a correction looks better on them than on another well.");
		if (single > 0)
			notes.add(
				single + " of " + Count.of(plates, "plate has", "plates have") +
				" a single control row: every fit uses it, and it judges none.");
		if (folded == 0 && plates > 0)
			notes.add(
				"No plate has two control rows: no control is left to judge a correction on, and numbers on batches " +
					"rest on treated rows alone.");
		if (treated)
			notes.add(
				"A correction in the comparison learns from treated rows: numbers on batches rest on the treatments " +
					"that a fold's fit has " +
					"not seen, for all methods alike; those on biology on all treated rows.");
	}

	/** The wells of a plate; the rows where it has one well. */
	private static List<List<Integer>> units(final Map<String, List<Integer>> wells) {
		if (wells.size() > 1) return List.copyOf(wells.values());
		return wells.values().stream().flatMap(List::stream).map(List::of).toList();
	}

	/** Treatments of each label in turn, so that a label has treatments in as many folds as it can. */
	private static void dealTreatments(final ProfileTable table, final ColumnRoles roles, final boolean[] control,
		final int[] of, final int count, final long seed)
	{
		final String column = roles.treatment().isEmpty() ? roles.label() : roles.treatment().get(0);
		final Map<String, String> labels = new LinkedHashMap<>();
		for (int i = 0; i < of.length; i++)
			if (!control[i]) labels.putIfAbsent(value(table, column, i), value(table, roles.label(), i));
		final List<String> names = new ArrayList<>(labels.keySet());
		Collections.sort(names);
		shuffle(names, RandomStream.of(seed, "treatments"));
		names.sort(Comparator.comparing(labels::get));
		final Map<String, Integer> fold = new HashMap<>();
		for (final String name : names) fold.put(name, fold.size() % count);
		for (int i = 0; i < of.length; i++) {
			if (control[i]) continue;
			final String name = value(table, column, i);
			of[i] = name.isEmpty() ? i % count : fold.get(name);
		}
	}

	/** The same folds of some rows. */
	HeldOutFolds select(final int[] rows) {
		final boolean[] controls = new boolean[rows.length];
		final int[] folds = new int[rows.length];
		for (int i = 0; i < rows.length; i++) {
			controls[i] = control[rows[i]];
			folds[i] = of[rows[i]];
		}
		return new HeldOutFolds(count, controls, folds, notes);
	}

	int count() {
		return count;
	}

	/** Returns sentences on how corrections are judged. */
	List<String> notes() {
		return notes;
	}

	/** Returns whether a control is held out in any fold. */
	boolean hasControls() {
		return anyControl;
	}

	/** Returns whether treated rows are dealt to folds. */
	boolean dealsTreated() {
		for (int i = 0; i < of.length; i++) if (!control[i] && of[i] >= 0) return true;
		return false;
	}

	/** Rows that a fold's fit learns from. */
	int[] fit(final int fold, final boolean controlsOnly) {
		return Matrix.indices(of.length, i -> of[i] == fold || controlsOnly && !control[i] ? -1 : i, i -> i >= 0);
	}

	/** The fold's controls and all treated rows: what biology is judged on. */
	int[] judged(final int fold) {
		return Matrix.indices(of.length, i -> control[i] ? of[i] == fold ? i : -1 : i, i -> i >= 0);
	}

	/** The rows that the fold's fit has not seen: what the batch effect is judged on. */
	int[] unseen(final int fold) {
		return Matrix.indices(of.length, i -> of[i] == fold || !control[i] && of[i] < 0 ? i : -1, i -> i >= 0);
	}

	private static <T> void shuffle(final List<T> list, final RandomStream random) {
		final int[] order = Matrix.all(list.size());
		random.shuffle(order);
		final List<T> before = List.copyOf(list);
		for (int i = 0; i < order.length; i++) list.set(i, before.get(order[i]));
	}

	private static String value(final ProfileTable table, final String column, final int row) {
		return column.isEmpty() || !table.hasMetadata(column) ? "" : table.metadata(column, row);
	}
}
