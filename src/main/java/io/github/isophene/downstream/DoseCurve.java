// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.downstream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.github.isophene.numerics.FalseDiscoveryRate;
import io.github.isophene.screen.NaturalOrder;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/**
 * Dose response of a compound: distances of its wells from the controls, along its doses.
 *
 * @param compound the compound
 * @param doses [doses], ascending, without 0
 * @param points its wells with a dose
 * @param controls held-out control wells on its plates, the responses at dose 0
 * @param rho Spearman's rank correlation of distance and dose over its wells; NaN with fewer than three
 * @param rhoP its two-sided p-value, by Student's t
 * @param call verdict
 * @param fit parameters; NaN where there is no fit
 * @param q false discovery rate of the F test against a constant, over all compounds that were fitted
 */
public record DoseCurve(String compound, double[] doses, List<WellDistance> points, List<WellDistance> controls,
	double rho, double rhoP, Call call, Fit fit, double q)
{

	/** Doses that a curve needs. */
	static final int FEWEST_DOSES = 4;
	/** An interval of the EC50 that ends further beyond the doses determines nothing; our choice. */
	private static final double BEYOND = 10;

	/** Verdict on a curve. */
	public enum Call {

		/** Fewer than four doses, or six wells. */
		TOO_FEW_DOSES,

		/** Its wells are on plates without controls to compare with. */
		NO_CONTROLS,

		/** A constant describes the distances as well. */
		NO_RESPONSE,

		/** A response with an EC50 among the doses. */
		RESPONSE,

		/** A response whose half is not reached at the highest dose. */
		EC50_ABOVE_DOSES,

		/** A response whose half is passed at the lowest dose. */
		EC50_BELOW_DOSES,

		/** A response of which two neighboring doses have all: the EC50 lies between them. */
		STEP,

		/** A response whose EC50 the distances don't determine: the curve is too shallow, or has no interval. */
		EC50_NOT_DETERMINED,

		/** Distances fall with the dose. */
		FALLING;

		/** Returns the call in words. */
		public String words() {
			return switch (this) {
				case EC50_ABOVE_DOSES -> "response, EC50 above the doses";
				case EC50_BELOW_DOSES -> "response, EC50 below the doses";
				case EC50_NOT_DETERMINED -> "response, EC50 not determined";
				case STEP -> "response, a step between two doses";
				case FALLING -> "falls with the dose";
				default -> name().toLowerCase(Locale.ROOT).replace('_', ' ');
			};
		}
	}

	/**
	 * Parameters of the log-logistic curve; see {@link LogLogistic}.
	 *
	 * @param bottom distance at dose 0
	 * @param top distance at unlimited dose
	 * @param slope Hill's
	 * @param middle natural logarithm of the dose half-way between both, wherever it lies
	 * @param ec50 that dose; NaN unless the call is a response or a step
	 * @param low lower limit of the EC50's 95 % confidence interval
	 * @param high upper limit
	 * @param f statistic of F against a constant
	 * @param p its p-value
	 */
	public record Fit(double bottom, double top, double slope, double middle, double ec50, double low, double high,
		double f, double p)
	{

		static final Fit NONE = new Fit(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN,
			Double.NaN, Double.NaN, Double.NaN);
	}

	/** False discovery rate below which a compound has a response. */
	public static final double SIGNIFICANT = .05;

	/** A curve that is not called yet. */
	private record Fitted(String compound, double[] doses, List<WellDistance> points, List<WellDistance> controls,
		LogLogistic curve)
	{}

	/** Returns the response of the fitted curve at a dose; NaN without a fit. */
	public double at(final double dose) {
		return fit.bottom() + (fit.top() - fit.bottom()) * LogLogistic.share(dose, fit.middle(), fit.slope());
	}

	/** Returns whether a curve was fitted and is no constant. */
	public boolean isResponse() {
		return q < SIGNIFICANT;
	}

	/** Curves of all compounds that have a dose above 0, as people sort names. */
	static List<DoseCurve> of(final List<WellDistance> distances) {
		final Map<String, List<WellDistance>> compounds = new LinkedHashMap<>();
		distances.stream()
			.filter(d -> !d.control() && !d.compound().isEmpty() && d.dose() >= 0)
			.forEach(d -> compounds.computeIfAbsent(d.compound(), k -> new ArrayList<>()).add(d));
		final List<String> names = new ArrayList<>(compounds.keySet());
		names.sort(NaturalOrder.COMPARATOR);
		final List<Fitted> all = new ArrayList<>();
		for (final String name : names) {
			final List<WellDistance> points = compounds.get(name);
			final double[] doses = points.stream()
				.mapToDouble(WellDistance::dose)
				.filter(d -> d > 0)
				.distinct()
				.sorted()
				.toArray();
			if (doses.length == 0) continue;
			final Set<String> plates = new LinkedHashSet<>();
			points.forEach(p -> plates.add(p.plate()));
			final List<WellDistance> controls = distances.stream()
				.filter(d -> d.control() && plates.contains(d.plate()))
				.toList();
			all.add(new Fitted(name, doses, points, controls, fit(doses, points, controls)));
		}
		final double[] p = all.stream().filter(f -> f.curve != null).mapToDouble(f -> f.curve.p()).toArray();
		final double[] q = FalseDiscoveryRate.adjust(p);
		final List<DoseCurve> curves = new ArrayList<>();
		int at = 0;
		for (final Fitted fitted : all)
			curves.add(call(fitted, fitted.curve == null ? Double.NaN : q[at++]));
		return curves;
	}

	private static LogLogistic fit(final double[] doses, final List<WellDistance> points,
		final List<WellDistance> controls)
	{
		if (doses.length < FEWEST_DOSES || controls.isEmpty()) return null;
		final List<WellDistance> all = new ArrayList<>(controls);
		all.addAll(points);
		if (all.size() < 6) return null;
		return LogLogistic.fit(all.stream().mapToDouble(d -> d.control() ? 0 : d.dose()).toArray(),
			all.stream().mapToDouble(WellDistance::value).toArray());
	}

	private static DoseCurve call(final Fitted fitted, final double q) {
		final double[] rank = rank(fitted.points.stream().filter(d -> d.dose() > 0).toList());
		final LogLogistic curve = fitted.curve;
		if (curve == null)
			return new DoseCurve(fitted.compound, fitted.doses, fitted.points, fitted.controls, rank[0], rank[1],
				fitted.doses.length >= FEWEST_DOSES && fitted.controls.isEmpty() ? Call.NO_CONTROLS
					: Call.TOO_FEW_DOSES,
				Fit.NONE, Double.NaN);
		final double[] doses = fitted.doses;
		final Call call = !(q < SIGNIFICANT) ? Call.NO_RESPONSE
			: curve.top() < curve.bottom() ? Call.FALLING
			: curve.ec50() > doses[doses.length - 1] ? Call.EC50_ABOVE_DOSES
			: curve.ec50() < doses[0] ? Call.EC50_BELOW_DOSES
			: isStep(curve, doses) ? Call.STEP
			: isDetermined(curve.interval(), doses) ? Call.RESPONSE
			: Call.EC50_NOT_DETERMINED;
		final double[] interval = call == Call.RESPONSE ? curve.interval()
			: call == Call.STEP ? neighbors(curve.ec50(), doses) : new double[]{Double.NaN, Double.NaN};
		return new DoseCurve(fitted.compound, doses, fitted.points, fitted.controls, rank[0], rank[1], call,
			new Fit(curve.bottom(), curve.top(), curve.slope(), Math.log(curve.ec50()),
				call == Call.RESPONSE || call == Call.STEP ? curve.ec50() : Double.NaN, interval[0], interval[1],
				curve.f(), curve.p()),
			q);
	}

	/** Returns whether a curve has 95 % of its rise between two doses: any EC50 between them fits as well. */
	private static boolean isStep(final LogLogistic curve, final double[] doses) {
		final double[] ends = neighbors(curve.ec50(), doses);
		final double middle = Math.log(curve.ec50());
		return LogLogistic.share(ends[1], middle, curve.slope()) -
			LogLogistic.share(ends[0], middle, curve.slope()) > .95;
	}

	/** Returns whether an interval exists and says more than the doses do. */
	private static boolean isDetermined(final double[] interval, final double[] doses) {
		return interval[0] >= doses[0] / BEYOND && interval[1] <= doses[doses.length - 1] * BEYOND;
	}

	/** The highest dose not above a dose, and the lowest above it. */
	private static double[] neighbors(final double dose, final double[] doses) {
		int at = 0;
		while (at < doses.length - 2 && doses[at + 1] <= dose) at++;
		return new double[]{doses[at], doses[at + 1]};
	}

	/** Spearman's correlation of distance and dose, and its p-value. */
	private static double[] rank(final List<WellDistance> points) {
		final int n = points.size();
		if (n < 3) return new double[]{Double.NaN, Double.NaN};
		final double r = new SpearmansCorrelation().correlation(
			points.stream().mapToDouble(WellDistance::dose).toArray(),
			points.stream().mapToDouble(WellDistance::value).toArray());
		if (Double.isNaN(r)) return new double[]{Double.NaN, Double.NaN};
		// Both tails of Student's t with n - 2 degrees of freedom, for t^2 / (n - 2 + t^2) = r^2.
		return new double[]{r, Beta.regularizedBeta(Math.max(0, 1 - r * r), (n - 2) / 2.0, .5)};
	}

	@Override
	public boolean equals(final Object other) {
		return other instanceof DoseCurve c && compound.equals(c.compound) && Arrays.equals(doses, c.doses) &&
			points.equals(c.points) && controls.equals(c.controls) && call == c.call && fit.equals(c.fit);
	}

	@Override
	public int hashCode() {
		return compound.hashCode();
	}
}
