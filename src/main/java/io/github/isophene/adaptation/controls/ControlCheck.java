// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.controls;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.messages.Count;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.screen.Wells;

/** Looks whether a plate's negative controls can stand for the whole plate, and says so if not. */
public final class ControlCheck {

	/**
	 * Fewer images of controls than this bring a warning. Our choice, measured on simulated
	 * screens (48 wells a plate, 4 fields of 96 pixels with 2 to 5 cells each): a ResNet-18 of width 16,
	 * trained as CS-ARM-BN on 12 plates of shift 1, on 4 new plates of shift 2, 5 classes, statistics
	 * of the controls alone, 6 draws each, mean of 2 seeds:
	 * <pre>
	 * images of controls                               1     2     4     8    16    32    52
	 * accuracy (.46 without adaptation)              .47   .60   .68   .72   .76   .77   .78
	 * distance from the statistics of all 56,
	 *   as a share of that between two plates       1.51  1.02   .74   .50   .32   .18   .06
	 * </pre>
	 * Larger fields with more cells need fewer images; the draws of 32 and 52 are most of the 56, which
	 * flatters them.
	 */
	public static final int ENOUGH = 16;

	/** Controls per query in the published chunks. */
	private static final double PUBLISHED_RATIO = 2;

	/** Columns of a plate of 384 wells. */
	private static final int LARGE = 24;

	private ControlCheck() {}

	/**
	 * Returns the warnings about a plate's controls.
	 *
	 * @param plate the plate's name
	 * @param kind how the plate is to be predicted
	 * @param queries what is to be predicted
	 * @param controls the controls, perhaps none
	 * @return a sentence for each finding; empty if all is well
	 * @throws IllegalArgumentException if there are none, but they are needed
	 */
	public static List<String> warnings(final String plate, final StatisticsOrigin kind, final FieldImages queries,
		final FieldImages controls)
	{
		final int n = controls.tiles().count();
		if (n == 0) return List.of(none(plate, kind));
		final List<String> warnings = new ArrayList<>();
		if (n < ENOUGH)
			warnings.add("Plate " + plate + " has only " + count(n, "image") + " of negative controls (" +
				count(controls.wells().size(), "well") + "): statistics of fewer than " + ENOUGH +
				" are not reliable; add control fields");
		corner(plate, queries.wells(), controls.wells()).or(() -> edges(plate, queries.wells(), controls.wells()))
			.ifPresent(warnings::add);
		final int m = queries.tiles().count();
		if (kind == StatisticsOrigin.JOINT_PLATE && n < PUBLISHED_RATIO * m)
			warnings.add(String.format(Locale.ROOT,
				"Plate %s has %.2f controls per query (%d to %d; published: 2): if most queries show few phenotypes, " +
					"these shift the joint statistics; compare with statistics = %s",
				plate, (double) n / m, n, m, StatisticsOrigin.CONTROLS.label()));
		return warnings;
	}

	private static String none(final String plate, final StatisticsOrigin kind) {
		final String message = "Plate " + plate + " has no negative controls";
		if (kind.needsControls())
			throw new IllegalArgumentException(message + ", which statistics = " + kind.label() +
				" needs: mark them in the screen table, or choose statistics = " + StatisticsOrigin.BATCH.label() +
				" or " + StatisticsOrigin.TRAINING.label());
		return message + ": how far it is from training can't be measured";
	}

	/** Finds controls that lie in one well, or within half the rows and half the columns of the plate's used wells. */
	static Optional<String> corner(final String plate, final List<String> queries, final List<String> controls) {
		final List<String> all = new ArrayList<>(queries);
		all.addAll(controls);
		final TreeSet<Integer> rows = rows(all);
		final TreeSet<Integer> columns = columns(all);
		final TreeSet<Integer> controlRows = rows(controls);
		final TreeSet<Integer> controlColumns = columns(controls);
		// On a plate of one row or column, being in half of that counts.
		final boolean corner = span(rows) * span(columns) > 1 &&
			(span(rows) == 1 || 2 * span(controlRows) <= span(rows)) &&
			(span(columns) == 1 || 2 * span(controlColumns) <= span(columns));
		if (!corner) return Optional.empty();
		final String first = Wells.name(controlRows.first(), controlColumns.first());
		final String last = Wells.name(controlRows.last(), controlColumns.last());
		return Optional.of("All negative controls of plate " + plate + " lie in " +
			(first.equals(last) ? "the well " + first : "one corner, " + first + " to " + last) +
			" (the plate is used from " + Wells.name(rows.first(), columns.first()) + " to " +
			Wells.name(rows.last(), columns.last()) +
			"): they can't show effects of position; predictions far from them may be off");
	}

	/** Finds controls that all lie at the edges of the plate's used wells, while other wells don't. */
	static Optional<String> edges(final String plate, final List<String> queries, final List<String> controls) {
		final List<String> all = new ArrayList<>(queries);
		all.addAll(controls);
		final TreeSet<Integer> rows = rows(all);
		final TreeSet<Integer> columns = columns(all);
		if (!controls.stream().allMatch(w -> atEdge(w, rows, columns)) ||
			queries.stream().allMatch(w -> atEdge(w, rows, columns)))
		{
			return Optional.empty();
		}
		return Optional.of("All negative controls of plate " + plate + " lie at the edges of its wells (" +
			Wells.name(rows.first(), columns.first()) + " to " + Wells.name(rows.last(), columns.last()) +
			"): where edges dry out or are warmer, statistics of the controls are those of the edges; compare with " +
			"wells inside");
	}

	/** In the outermost row or column; of plates of 384 wells and more, in the two outermost. */
	private static boolean atEdge(final String well, final TreeSet<Integer> rows, final TreeSet<Integer> columns) {
		final int margin = span(columns) >= LARGE ? 1 : 0;
		final int row = Wells.row(Wells.normalize(well));
		final int column = Wells.column(Wells.normalize(well));
		return row <= rows.first() + margin || row >= rows.last() - margin || column <= columns.first() + margin ||
			column >= columns.last() - margin;
	}

	private static int span(final TreeSet<Integer> set) {
		return set.last() - set.first() + 1;
	}

	private static TreeSet<Integer> rows(final List<String> wells) {
		final TreeSet<Integer> rows = new TreeSet<>();
		for (final String well : wells) rows.add(Wells.row(Wells.normalize(well)));
		return rows;
	}

	private static TreeSet<Integer> columns(final List<String> wells) {
		final TreeSet<Integer> columns = new TreeSet<>();
		for (final String well : wells) columns.add(Wells.column(Wells.normalize(well)));
		return columns;
	}

	private static String count(final int n, final String what) {
		return Count.of(n, what);
	}
}
