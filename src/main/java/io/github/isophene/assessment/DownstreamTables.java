// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

import io.github.isophene.downstream.ActivityCall;
import io.github.isophene.downstream.DoseCurve;
import io.github.isophene.downstream.Downstream;
import io.github.isophene.downstream.MechanismNeighbor;
import io.github.isophene.downstream.WellDistance;

/** Downstream analyses of the methods that are shown, as lines of CSV files. */
final class DownstreamTables {

	private DownstreamTables() {}

	/** A line per well. */
	static List<List<String>> distances(final Assessment assessment) {
		return lines(assessment, List.of("method", "plate", "well", "compound", "dose", "role", "distance"),
			(analyses, table) -> {
				for (final WellDistance d : analyses.distances())
					table.add(d.plate(), d.well(), d.compound(), dose(d.dose()),
						d.control() ? "negative control" : "treated", number(d.value()));
			});
	}

	/** A line per compound that has a dose. */
	static List<List<String>> curves(final Assessment assessment) {
		return lines(assessment, List.of("method", "compound", "unit", "doses", "wells", "controls", "spearman",
			"spearman_p", "call", "ec50", "ec50_low", "ec50_high", "slope", "bottom", "top", "f", "p", "q"),
			(analyses, table) -> {
				for (final DoseCurve c : analyses.curves())
					table.add(c.compound(), analyses.columns().unit(), String.valueOf(c.doses().length),
						String.valueOf(c.points().size()), String.valueOf(c.controls().size()), number(c.rho()),
						number(c.rhoP()), c.call().words(), number(c.fit().ec50()), number(c.fit().low()),
						number(c.fit().high()), number(c.fit().slope()), number(c.fit().bottom()),
						number(c.fit().top()), number(c.fit().f()), number(c.fit().p()), number(c.q()));
			});
	}

	/** A line per compound, then per compound and dose. */
	static List<List<String>> activity(final Assessment assessment) {
		return lines(assessment, List.of("method", "level", "compound", "dose", "wells", "map", "chance", "p", "q",
			"smallest_p", "call"),
			(analyses, table) -> {
				for (final ActivityCall c : analyses.activity())
					table.add(Double.isNaN(c.dose()) ? "compound" : "dose", c.compound(), dose(c.dose()),
						String.valueOf(c.wells()), number(c.value()), number(c.chance()), number(c.p()), number(c.q()),
						number(c.smallestP()), c.call());
			});
	}

	/** A line per treatment and neighbor. */
	static List<List<String>> mechanisms(final Assessment assessment) {
		return lines(assessment, List.of("method", "compound", "dose", "mechanism", "rank", "near_compound",
			"near_dose", "near_mechanism", "distance", "same"),
			(analyses, table) -> {
				for (final MechanismNeighbor n : analyses.neighbors())
					table.add(n.compound(), dose(n.dose()), n.mechanism(), String.valueOf(n.rank()), n.nearCompound(),
						dose(n.nearDose()), n.nearMechanism(), number(n.distance()),
						n.mechanism().isEmpty() ? "" : String.valueOf(n.same()));
			});
	}

	/** Takes the cells of a line after the method. */
	private interface Table {

		void add(String... cells);
	}

	private static List<List<String>> lines(final Assessment assessment, final List<String> header,
		final BiConsumer<Downstream, Table> write)
	{
		final List<List<String>> lines = new ArrayList<>();
		lines.add(header);
		assessment.downstream().forEach((method, analyses) -> write.accept(analyses, cells -> {
			final List<String> line = new ArrayList<>(List.of(method));
			line.addAll(List.of(cells));
			lines.add(line);
		}));
		return lines;
	}

	/** A dose as people write it; empty where there is none. */
	static String dose(final double dose) {
		if (Double.isNaN(dose)) return "";
		return dose == Math.rint(dose) && Math.abs(dose) < 1e7 ? String.valueOf((long) dose)
			: String.valueOf((float) dose);
	}

	private static String number(final double value) {
		return AssessmentReport.number(value);
	}
}
