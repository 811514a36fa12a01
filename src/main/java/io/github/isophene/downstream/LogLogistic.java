// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.downstream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import io.github.isophene.numerics.StudentT;
import org.apache.commons.math3.exception.ConvergenceException;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.apache.commons.math3.exception.TooManyIterationsException;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresOptimizer;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.util.Pair;

/**
 * Log-logistic curve of four parameters, fitted by least squares: bottom + (top - bottom) / (1 + (EC50 / dose)^slope),
 * the bottom at dose 0 (Ritz et al. 2015, PLoS ONE 10:e0146021, model LL.4 in another order of the parameters).
 *
 * @param bottom response at dose 0
 * @param top response at unlimited dose; below the bottom where the response falls
 * @param ec50 dose of the response half-way between both
 * @param slope Hill's, above 0
 * @param error standard error of the natural logarithm of the EC50, robust to responses that scatter more at some doses
 * (HC3, MacKinnon and White 1985, J. Econometrics 29:305); NaN where a parameter is at its limit or not determined
 * @param freedom degrees of freedom, points - 4
 * @param f statistic of F against a constant
 * @param p its p-value with 3 and {@code freedom} degrees of freedom; its upper tail directly, so that it isn't 0
 * @param atLimit whether slope or EC50 is at the limit of what is fitted
 */
record LogLogistic(double bottom, double top, double ec50, double slope, double error, int freedom, double f, double p,
	boolean atLimit)
{

	/** Slopes that are fitted: beyond, a curve is a step between two doses. */
	private static final double[] SLOPES = {.1, 20};
	/** The EC50 is looked for up to this factor beyond the doses. */
	private static final double BEYOND = 100;
	private static final double[] START_SLOPES = {.5, 1, 2, 4, 8};
	private static final int START_DOSES = 21;
	private static final int STARTS = 4;
	private static final int MOST_EVALUATIONS = 500;
	/** Weight that a point may have in its own fit for the standard error. */
	private static final double LEVERAGE = .99;

	/** A start of the fit. */
	private record Start(double[] parameters, double squares) {}

	/** Points of the fit. */
	private record Points(double[] dose, double[] response) {

		double squares(final double[] parameters) {
			double sum = 0;
			for (int i = 0; i < dose.length; i++)
				sum += Math.pow(response[i] - value(parameters, dose[i]), 2);
			return sum;
		}
	}

	/**
	 * Fits a curve.
	 *
	 * @param dose [points], 0 or more
	 * @param response [points], 6 or more
	 * @throws IllegalArgumentException if there are too few points or no dose above 0
	 */
	static LogLogistic fit(final double[] dose, final double[] response) {
		final double[] positive = Arrays.stream(dose).filter(d -> d > 0).sorted().toArray();
		final int n = dose.length;
		if (n < 6 || positive.length < 2)
			throw new IllegalArgumentException("A curve of four parameters needs 6 points, of which 2 with a dose");
		final double low = Math.log(positive[0]);
		final double high = Math.log(positive[positive.length - 1]);
		final double[][] limits = {{low - Math.log(BEYOND), high + Math.log(BEYOND)},
			{Math.log(SLOPES[0]), Math.log(SLOPES[1])}};
		final Points points = new Points(dose, response);
		Start best = null;
		for (final Start start : starts(points, low, high)) {
			final double[] found = optimize(points, start.parameters, limits);
			final double squares = points.squares(found);
			if (best == null || squares < best.squares) best = new Start(found, squares);
		}
		final double[] p = best.parameters;
		final double mean = Arrays.stream(response).average().getAsDouble();
		double total = 0;
		for (final double r : response) total += (r - mean) * (r - mean);
		final int freedom = n - 4;
		final double f = Math.max(0, total - best.squares) / 3 / (best.squares / freedom);
		final double tail = Double.isNaN(f) ? 1 : Double.isInfinite(f) ? 0
			: Beta.regularizedBeta(freedom / (freedom + 3 * f), freedom / 2.0, 1.5);
		final boolean atLimit = isAt(p[2], limits[0]) || isAt(p[3], limits[1]);
		return new LogLogistic(p[0], p[1], Math.exp(p[2]), Math.exp(p[3]), atLimit ? Double.NaN : error(points, p),
			freedom, Double.isNaN(f) ? 0 : f, tail, atLimit);
	}

	/** Response at a dose. */
	double at(final double dose) {
		return value(new double[]{bottom, top, Math.log(ec50), Math.log(slope)}, dose);
	}

	/** Limits of the EC50 that hold it with 95 % probability: the logarithm +- t times its standard error. */
	double[] interval() {
		if (!(error >= 0)) return new double[]{Double.NaN, Double.NaN};
		final double half = error * StudentT.quantile(.05, freedom);
		return new double[]{ec50 * Math.exp(-half), ec50 * Math.exp(half)};
	}

	/** The best curves with some EC50 and slopes, for which bottom and top follow. */
	private static List<Start> starts(final Points points, final double low, final double high) {
		final List<Start> starts = new ArrayList<>();
		for (int e = 0; e < START_DOSES; e++) {
			final double logarithm = low + (high - low) * (e / (START_DOSES - 1.0) * 1.2 - .1);
			for (final double slope : START_SLOPES) {
				final double[] ends = ends(points, logarithm, slope);
				if (ends == null) continue;
				final double[] p = {ends[0], ends[1], logarithm, Math.log(slope)};
				starts.add(new Start(p, points.squares(p)));
			}
		}
		if (starts.isEmpty()) {
			final double mean = Arrays.stream(points.response).average().getAsDouble();
			final double[] p = {mean, mean, (low + high) / 2, 0};
			starts.add(new Start(p, points.squares(p)));
		}
		starts.sort(Comparator.comparingDouble(Start::squares));
		return starts.subList(0, Math.min(STARTS, starts.size()));
	}

	/** Regression of the responses on the share of the response: bottom and top; {@code null} if it doesn't vary. */
	private static double[] ends(final Points points, final double logarithm, final double slope) {
		double u = 0;
		double y = 0;
		final int n = points.dose.length;
		final double[] share = new double[n];
		for (int i = 0; i < n; i++) {
			share[i] = share(points.dose[i], logarithm, slope);
			u += share[i] / n;
			y += points.response[i] / n;
		}
		double uu = 0;
		double uy = 0;
		for (int i = 0; i < n; i++) {
			uu += (share[i] - u) * (share[i] - u);
			uy += (share[i] - u) * (points.response[i] - y);
		}
		if (!(uu > 1e-12)) return null;
		final double bottom = y - uy / uu * u;
		return new double[]{bottom, bottom + uy / uu};
	}

	private static double[] optimize(final Points points, final double[] start, final double[][] limits) {
		try {
			final LeastSquaresOptimizer.Optimum optimum = new LevenbergMarquardtOptimizer().optimize(
				new LeastSquaresBuilder().start(start)
					.target(points.response)
					.model(parameters -> {
						final double[] p = parameters.toArray();
						final double[] values = new double[points.dose.length];
						for (int i = 0; i < values.length; i++) values[i] = value(p, points.dose[i]);
						return new Pair<>(new ArrayRealVector(values, false),
							new Array2DRowRealMatrix(jacobian(points, p), false));
					})
					.parameterValidator(parameters -> {
						for (int k = 0; k < 2; k++)
							parameters.setEntry(2 + k,
								Math.max(limits[k][0], Math.min(limits[k][1], parameters.getEntry(2 + k))));
						return parameters;
					})
					.maxEvaluations(MOST_EVALUATIONS)
					.maxIterations(MOST_EVALUATIONS)
					.build());
			return optimum.getPoint().toArray();
		}
		catch (final ConvergenceException | TooManyEvaluationsException | TooManyIterationsException e) {
			// The start is the best of a grid: a fit that gets no further stays there.
			return start;
		}
	}

	/** Derivatives by bottom, top, logarithm of EC50 and of slope, [points][4]. */
	private static double[][] jacobian(final Points points, final double[] p) {
		final double slope = Math.exp(p[3]);
		final double[][] jacobian = new double[points.dose.length][];
		for (int i = 0; i < jacobian.length; i++) {
			final double u = share(points.dose[i], p[2], slope);
			final double steep = (p[1] - p[0]) * u * (1 - u) * slope;
			final double distance = points.dose[i] > 0 ? Math.log(points.dose[i]) - p[2] : 0;
			jacobian[i] = new double[]{1 - u, u, -steep, steep * distance};
		}
		return jacobian;
	}

	/** The standard error of the logarithm of the EC50. */
	private static double error(final Points points, final double[] p) {
		final double[][] rows = jacobian(points, p);
		final double[] scale = new double[4];
		for (final double[] row : rows) for (int k = 0; k < 4; k++) scale[k] += row[k] * row[k];
		for (int k = 0; k < 4; k++) {
			scale[k] = Math.sqrt(scale[k]);
			if (!(scale[k] > 0)) return Double.NaN;
		}
		for (final double[] row : rows) for (int k = 0; k < 4; k++) row[k] /= scale[k];
		final RealMatrix j = new Array2DRowRealMatrix(rows, false);
		final RealMatrix inverse;
		try {
			inverse = MatrixUtils.inverse(j.transpose().multiply(j), 1e-12);
		}
		catch (final SingularMatrixException e) {
			return Double.NaN;
		}
		final RealMatrix meat = new Array2DRowRealMatrix(4, 4);
		for (int i = 0; i < rows.length; i++) {
			final RealMatrix row = new Array2DRowRealMatrix(new double[][]{rows[i]});
			final double leverage = Math.min(LEVERAGE, row.multiply(inverse).multiply(row.transpose()).getEntry(0, 0));
			final double residual = (points.response[i] - value(p, points.dose[i])) / (1 - leverage);
			for (int a = 0; a < 4; a++)
				for (int b = 0; b < 4; b++) meat.addToEntry(a, b, residual * residual * rows[i][a] * rows[i][b]);
		}
		final double variance = inverse.multiply(meat).multiply(inverse).getEntry(2, 2);
		return variance >= 0 ? Math.sqrt(variance) / scale[2] : Double.NaN;
	}

	private static double value(final double[] p, final double dose) {
		return p[0] + (p[1] - p[0]) * share(dose, p[2], Math.exp(p[3]));
	}

	/** The share of the response that a dose gives, 0 to 1. */
	static double share(final double dose, final double logarithm, final double slope) {
		return dose > 0 ? 1 / (1 + Math.exp(-slope * (Math.log(dose) - logarithm))) : 0;
	}

	private static boolean isAt(final double value, final double[] limits) {
		return value < limits[0] + 1e-6 || value > limits[1] - 1e-6;
	}
}
