// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import io.github.isophene.downstream.ActivityCall;
import io.github.isophene.downstream.DoseCurve;
import io.github.isophene.downstream.Downstream;
import io.github.isophene.downstream.MechanismNeighbor;
import io.github.isophene.messages.Count;

/** Sections of the report on dose responses, active treatments and nearest mechanisms. */
final class DownstreamSection {

	private static final int MOST_CURVES = 24;
	private static final int MOST_LINES = 100;
	private static final int SHOWN_NEIGHBORS = 3;

	private final Assessment assessment;
	private final MethodNames names;

	private DownstreamSection(final Assessment assessment) {
		this.assessment = assessment;
		names = new MethodNames(assessment.methods());
	}

	/** Links to the sections. */
	static String links(final Assessment assessment) {
		return assessment.downstream().isEmpty() ? ""
			: "<a href=\"#doses\">Dose response</a><a href=\"#activity\">Active treatments</a>" +
				"<a href=\"#mechanisms\">Nearest mechanisms</a>";
	}

	/** The sections; nothing where nothing was computed. */
	static String render(final Assessment assessment) {
		if (assessment.downstream().isEmpty()) return "";
		final DownstreamSection section = new DownstreamSection(assessment);
		return Html.section("doses", "Dose response",
			"Distance of each well from the negative controls of its plate, in units of the median control's: " +
				"Mahalanobis, by the controls' covariance within plates with the shrinkage of Ledoit and Wolf. " +
				"Controls are judged by fits that have not seen them; the gray band holds the middle 95 % of them. " +
				"A curve of four parameters is drawn where it describes the distances better than a constant " +
				"(F test, false discovery rate below 0.05 over compounds); the dashed line is its EC50, the pale " +
				"band the 95 % confidence interval. A dose that goes with the column or the plate looks like a " +
				"response, too.",
			section.each(section::doses)) +
			Html.section("activity", "Active treatments",
				"Whether the wells of a treatment are more similar to each other than to negative controls that the " +
					"correction and the scale were not fitted on: mean average precision (mAP), p-value by random " +
					"rankings, active where the false discovery rate over all compounds is below 0.05. Wells of " +
					"one compound are replicates where they have the same dose. Where wells are so few that not " +
					"even a perfect ranking has a rate below 0.05, a treatment can't be called. A compound may have " +
					"a dose response and no call: its curve rests on the distances of all its wells, a call on the " +
					"few replicates of each dose and on the direction of their profiles.",
				section.each(section::activity)) +
			Html.section("mechanisms", "Nearest mechanisms",
				"For each treatment the nearest treatments of another compound whose mechanism is known, by cosine " +
					"distance (0: the same direction; 1: nothing in common) of consensus profiles, the medians of " +
					"wells. The neighbor of an inactive treatment says nothing.",
				section.each(section::mechanisms));
	}

	private String each(final Function<Downstream, String> body) {
		final StringBuilder html = new StringBuilder();
		for (final AssessedMethod method : assessment.shown()) {
			final Downstream analyses = assessment.downstream().get(method.name());
			if (analyses == null) continue;
			html.append(Html.details(names.withLetter(method), method == assessment.best(), body.apply(analyses)));
		}
		return html.toString();
	}

	private String doses(final Downstream analyses) {
		if (!analyses.undefined().isEmpty()) return undefined(analyses.undefined());
		if (analyses.columns().dose().isEmpty())
			return undefined("no column of doses was named or found (key dose)");
		final List<DoseCurve> curves = new ArrayList<>(analyses.curves());
		if (curves.isEmpty())
			return undefined("no compound has a dose above 0 in column '" + analyses.columns().dose() + "'");
		curves.sort(Comparator.comparingInt((DoseCurve c) -> c.isResponse() ? 0 : Double.isNaN(c.q()) ? 2 : 1)
			.thenComparingDouble(c -> Double.isNaN(c.q()) ? 1 : c.q()));
		final long responses = curves.stream().filter(DoseCurve::isResponse).count();
		final long fitted = curves.stream().filter(c -> !Double.isNaN(c.q())).count();
		final StringBuilder html = new StringBuilder("<p>").append(responses)
			.append(" of ")
			.append(Count.of((int) fitted, "compound"))
			.append(" with four doses or more respond")
			.append(responses == 1 ? "s" : "")
			.append(fitted < curves.size()
				? "; " + (curves.size() - fitted) + " could not be fitted (too few doses or no controls)" : "")
			.append(". Doses: ")
			.append(Html.escape(analyses.columns().dose()))
			.append(".</p>\n")
			.append(notes(analyses))
			.append("<div class=\"chart\"><div class=\"curves\">\n");
		for (final DoseCurve curve : curves.subList(0, Math.min(MOST_CURVES, curves.size())))
			html.append("<figure>")
				.append(CurveSvg.render(curve, analyses.columns().unit()))
				.append("<figcaption><b>")
				.append(Html.escape(curve.compound()))
				.append("</b>: ")
				.append(Html.escape(caption(curve, analyses.columns().unit())))
				.append("</figcaption></figure>\n");
		html.append("</div></div>\n");
		if (curves.size() > MOST_CURVES)
			html.append("<p class=\"small\">Drawn are the first ")
				.append(MOST_CURVES)
				.append("; all in curves.csv.</p>");
		html.append(head("Compound", "Wells", "Rank correlation (p)", "EC50 [95 %]", "Slope", "Rise", "q", "Call"));
		for (final DoseCurve c : curves.subList(0, Math.min(MOST_LINES, curves.size()))) {
			row(html, "Compound", c.compound(), "Wells", String.valueOf(c.points().size()), "Rank correlation (p)",
				Double.isNaN(c.rho()) ? "" : Html.plain(c.rho()) + " (" + p(c.rhoP()) + ")", "EC50 [95 %]", ec50(c),
				"Slope", c.isResponse() ? Html.plain(c.fit().slope()) : "", "Rise",
				c.isResponse() ? Html.plain(c.fit().top() - c.fit().bottom()) : "", "q", p(c.q()), "Call",
				c.call().words());
		}
		return html.append("</tbody></table></div>\n").append(further(curves.size(), "curves.csv")).toString();
	}

	private static String caption(final DoseCurve curve, final String unit) {
		return Double.isNaN(curve.fit().ec50()) ? curve.call().words()
			: "EC50 " + ec50(curve) + (unit.isEmpty() ? "" : " " + unit) +
				(curve.call() == DoseCurve.Call.STEP ? ", a step between two doses" : "");
	}

	private static String ec50(final DoseCurve curve) {
		if (Double.isNaN(curve.fit().ec50())) return "";
		return digits(curve.fit().ec50()) + (Double.isNaN(curve.fit().low()) ? " [no interval]"
			: " [" + digits(curve.fit().low()) + ", " + digits(curve.fit().high()) + "]");
	}

	private String activity(final Downstream analyses) {
		if (!analyses.undefined().isEmpty()) return undefined(analyses.undefined());
		final Map<String, List<ActivityCall>> doses = new LinkedHashMap<>();
		final List<ActivityCall> compounds = new ArrayList<>();
		for (final ActivityCall call : analyses.activity()) {
			if (Double.isNaN(call.dose())) compounds.add(call);
			else doses.computeIfAbsent(call.compound(), k -> new ArrayList<>()).add(call);
		}
		if (compounds.isEmpty()) return undefined("no treatment has two wells: there are no replicates");
		compounds.sort(Comparator.comparingDouble(ActivityCall::q).thenComparing(c -> -c.value()));
		final long active = compounds.stream().filter(ActivityCall::isActive).count();
		final List<ActivityCall> treatments = doses.values().stream().flatMap(List::stream).toList();
		final StringBuilder html = new StringBuilder("<p>").append(active)
			.append(" of ")
			.append(Count.of(compounds.size(), "compound"))
			.append(active == 1 ? " is active" : " are active")
			.append(open(compounds))
			.append(treatments.isEmpty() ? "" : "; of " + Count.of(treatments.size(), "compound and dose",
				"compounds and doses") + ", " + treatments.stream().filter(ActivityCall::isActive).count() +
				open(treatments))
			.append(".</p>\n")
			.append(notes(analyses))
			.append(head("Compound", "Wells", "mAP", "Chance", "q", "Call", "Active at doses"));
		for (final ActivityCall call : compounds.subList(0, Math.min(MOST_LINES, compounds.size())))
			row(html, "Compound", call.compound(), "Wells", String.valueOf(call.wells()), "mAP",
				Html.plain(call.value()), "Chance", Html.plain(call.chance()), "q", p(call.q()), "Call",
				call.words(), "Active at doses",
				activeDoses(doses.getOrDefault(call.compound(), List.of())));
		return html.append("</tbody></table></div>\n").append(further(compounds.size(), "activity.csv")).toString();
	}

	private static String open(final List<ActivityCall> calls) {
		final long open = calls.stream().filter(c -> c.isOpen() && !c.isActive()).count();
		return open == 0 ? "" : ", " + open + " can't be called";
	}

	private static String activeDoses(final List<ActivityCall> calls) {
		final List<String> active = calls.stream()
			.filter(ActivityCall::isActive)
			.map(c -> DownstreamTables.dose(c.dose()))
			.toList();
		return calls.isEmpty() ? "" : active.isEmpty() ? "none of " + calls.size() + open(calls)
			: String.join(", ", active);
	}

	private String mechanisms(final Downstream analyses) {
		if (!analyses.noMechanisms().isEmpty()) return undefined(analyses.noMechanisms());
		final Map<String, List<MechanismNeighbor>> treatments = new LinkedHashMap<>();
		for (final MechanismNeighbor n : analyses.neighbors())
			treatments.computeIfAbsent(name(n.compound(), n.dose()), k -> new ArrayList<>()).add(n);
		final List<List<MechanismNeighbor>> all = new ArrayList<>(treatments.values());
		final Map<String, ActivityCall> calls = new LinkedHashMap<>();
		for (final ActivityCall call : analyses.activity())
			calls.put(name(call.compound(), call.dose()), call);
		all.sort(Comparator
			.comparing((List<MechanismNeighbor> list) -> isInactive(calls.get(name(list.get(0)))))
			.thenComparingDouble(list -> list.get(0).distance()));
		final List<MechanismNeighbor> first = all.stream()
			.map(list -> list.get(0))
			.filter(n -> !n.mechanism().isEmpty())
			.toList();
		final long right = first.stream().filter(MechanismNeighbor::same).count();
		final StringBuilder html = new StringBuilder();
		if (!first.isEmpty())
			html.append("<p>Of ")
				.append(Count.of(first.size(), "treatment"))
				.append(" whose own mechanism is known, the nearest of another compound has the same for ")
				.append(right)
				.append(" (")
				.append(Html.percent(right / (double) first.size()))
				.append("; by chance ")
				.append(Html.percent(analyses.neighborChance()))
				.append(").</p>\n");
		html.append(notes(analyses)).append(head("Treatment", "Call", "Own mechanism", "Nearest", "Second", "Third"));
		for (final List<MechanismNeighbor> list : all.subList(0, Math.min(MOST_LINES, all.size()))) {
			final ActivityCall call = calls.get(name(list.get(0)));
			final List<String> cells = new ArrayList<>(List.of("Treatment", name(list.get(0)), "Call",
				call == null ? "" : call.call(), "Own mechanism", list.get(0).mechanism()));
			for (int k = 0; k < SHOWN_NEIGHBORS; k++) {
				cells.add(List.of("Nearest", "Second", "Third").get(k));
				cells.add(k < list.size() ? list.get(k).nearMechanism() + " (" +
					name(list.get(k).nearCompound(), list.get(k).nearDose()) + ", " +
					Html.plain(list.get(k).distance()) + ")" : "");
			}
			row(html, cells.toArray(String[]::new));
		}
		return html.append("</tbody></table></div>\n").append(further(all.size(), "mechanisms.csv")).toString();
	}

	private static boolean isInactive(final ActivityCall call) {
		return call != null && !call.isActive();
	}

	private static String name(final MechanismNeighbor neighbor) {
		return name(neighbor.compound(), neighbor.dose());
	}

	private static String name(final String compound, final double dose) {
		return compound + (Double.isNaN(dose) ? "" : " / " + DownstreamTables.dose(dose));
	}

	private static String notes(final Downstream analyses) {
		final StringBuilder html = new StringBuilder();
		for (final String note : analyses.notes())
			html.append("<p class=\"small\">").append(Html.escape(note)).append("</p>\n");
		return html.toString();
	}

	private static String undefined(final String reason) {
		return "<p class=\"na\">Not defined: " + Html.escape(reason) + ".</p>\n";
	}

	private static String further(final int count, final String file) {
		return count <= MOST_LINES ? ""
			: "<p class=\"small\">The first " + MOST_LINES + " of " + count + "; all in " + file + ".</p>\n";
	}

	private static String head(final String... names) {
		return "<div class=\"wide\"><table class=\"cards\"><thead><tr><th>" + String.join("</th><th>", names) +
			"</th></tr></thead><tbody>\n";
	}

	/** @param cells name and value in turns */
	private static void row(final StringBuilder html, final String... cells) {
		html.append("<tr>");
		for (int i = 0; i < cells.length; i += 2)
			html.append("<td data-name=\"")
				.append(cells[i])
				.append("\"><span>")
				.append(cells[i + 1].isEmpty() ? "&ndash;" : Html.escape(cells[i + 1]))
				.append("</span></td>");
		html.append("</tr>\n");
	}

	/** A p-value with two digits. */
	private static String p(final double value) {
		return Double.isNaN(value) ? "" : value < 1e-6 ? "< 1e-6" : value < .001
			? String.format(Locale.ROOT, "%.0e", value) : String.format(Locale.ROOT, "%.3f", value);
	}

	/** A number with three digits that count. */
	private static String digits(final double value) {
		final double power = Math.pow(10, 2 - Math.floor(Math.log10(value)));
		final double rounded = Math.round(value * power) / power;
		return rounded >= 1e6 || rounded < 1e-4 ? String.format(Locale.ROOT, "%.2e", value) : Html.tick(rounded);
	}
}
