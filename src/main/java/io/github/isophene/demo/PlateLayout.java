// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.github.isophene.screen.Wells;

/**
 * Assignment of classes to the wells of one plate. Wells are placed one after
 * another, each the one of several random candidates that is farthest from the
 * wells before it (Mitchell's best candidate, SIGGRAPH 1991); a negative control
 * keeps away from other negative controls. About 28 % of the wells, and at least
 * two, are negative controls; treatments take turns in random order.
 * <p>
 * Since wells come one after another, a layout with more wells contains the
 * layout with fewer, as long as both lie on the same kind of plate (96 or 384).
 * </p>
 */
public final class PlateLayout {

	/** Wells of the largest plate. */
	public static final int MAX_WELLS = 384;

	private static final double CONTROLS = .28;
	private static final int CANDIDATES = 12;

	private final int rows;
	private final int columns;
	private final Map<String, Integer> classes;

	private PlateLayout(final int rows, final int columns, final Map<String, Integer> classes) {
		this.rows = rows;
		this.columns = columns;
		this.classes = classes;
	}

	/**
	 * Returns the layout of a plate.
	 *
	 * @param wells number of wells in use; up to 96 lie on a 96-well plate, more on a 384-well plate
	 * @param labels number of classes; class 0 is the negative control
	 * @param seed of the screen
	 * @param batch number of the batch, from 1
	 * @param plate number of the plate within its batch, from 1
	 */
	public static PlateLayout of(final int wells, final int labels, final long seed, final int batch,
		final int plate)
	{
		return of(wells, IntStream.range(1, labels).boxed().toList(), seed, batch, plate);
	}

	/**
	 * Returns the layout of a plate that holds some of the treatments.
	 *
	 * @param wells number of wells in use
	 * @param treatments the classes that are on the plate beside class 0, the negative control
	 * @param seed of the screen
	 * @param batch number of the batch, from 1
	 * @param plate number of the plate within its batch, from 1
	 */
	static PlateLayout of(final int wells, final List<Integer> treatments, final long seed, final int batch,
		final int plate)
	{
		final boolean small = wells <= 96;
		final int rows = small ? 8 : 16;
		final int columns = small ? 12 : 24;
		final DemoRandom random = DemoRandom.of(seed, DemoRandom.Purpose.LAYOUT, batch, plate);
		final List<int[]> free = new ArrayList<>();
		for (int r = 1; r <= rows; r++) for (int c = 1; c <= columns; c++) free.add(new int[]{r, c});
		final List<int[]> taken = new ArrayList<>();
		final List<int[]> controls = new ArrayList<>();
		final List<Integer> turn = new ArrayList<>();
		final Map<String, Integer> classes = new TreeMap<>();
		for (int i = 0; i < wells; i++) {
			final boolean control = controlIsNext(i, controls.size());
			final int[] place = farthest(random, free, control ? controls : taken);
			free.remove(place);
			taken.add(place);
			if (control) controls.add(place);
			else if (turn.isEmpty()) turn.addAll(treatments);
			final int label = control ? 0 : turn.remove(random.below(turn.size()));
			classes.put(Wells.name(place[0], place[1]), label);
		}
		return new PlateLayout(rows, columns, classes);
	}

	/** The wells in use and their classes, in the order of rows and columns. */
	public Map<String, Integer> classes() {
		return new TreeMap<>(classes);
	}

	/** Rows of the whole plate: 8 or 16. */
	public int rows() {
		return rows;
	}

	/** Columns of the whole plate: 12 or 24. */
	public int columns() {
		return columns;
	}

	/** Returns the number of wells after which every class has had its turn. */
	public static int minimalWells(final int classes) {
		int wells = 0;
		int controls = 0;
		while (wells - controls < classes - 1) if (controlIsNext(wells++, controls)) controls++;
		return wells;
	}

	private static boolean controlIsNext(final int wells, final int controls) {
		return controls < 2 || controls < CONTROLS * (wells + 1);
	}

	private static int[] farthest(final DemoRandom random, final List<int[]> free, final List<int[]> others) {
		int[] best = null;
		int distance = -1;
		for (int i = 0; i < CANDIDATES; i++) {
			final int[] candidate = free.get(random.below(free.size()));
			int nearest = Integer.MAX_VALUE;
			for (final int[] other : others) {
				final int dr = candidate[0] - other[0];
				final int dc = candidate[1] - other[1];
				nearest = Math.min(nearest, dr * dr + dc * dc);
			}
			if (nearest > distance) {
				best = candidate;
				distance = nearest;
			}
		}
		return best;
	}
}
