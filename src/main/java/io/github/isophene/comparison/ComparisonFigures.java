// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.plots.LinePlot;
import io.github.isophene.plots.Png;
import org.jfree.chart.JFreeChart;

/** The summary as plots. Bars are one standard deviation over seeds. */
final class ComparisonFigures {

	private static final int WIDTH = 760;
	private static final int HEIGHT = 460;

	private final Summary summary;

	private ComparisonFigures(final Summary summary) {
		this.summary = summary;
	}

	/** Writes {@code control-wells.png} and {@code label-shift.png}, those for which there are results. */
	static void write(final Summary summary, final Path folder) throws IOException {
		final ComparisonFigures figures = new ComparisonFigures(summary);
		final List<Condition> wells = summary.conditions(Condition.Kind.CONTROL_WELLS);
		if (wells.size() > 1) Png.write(folder.resolve("control-wells.png"), WIDTH, HEIGHT, figures.wells(wells));
		final List<Condition> shifts = summary.conditions(Condition.Kind.LABEL_SHIFT);
		if (shifts.size() > 1) Png.write(folder.resolve("label-shift.png"), WIDTH, HEIGHT, figures.shifts(shifts));
	}

	private JFreeChart wells(final List<Condition> conditions) {
		final LinePlot plot = new LinePlot("", "negative control wells on the new plate", "accuracy on new batches")
			.logX();
		final double[] x = conditions.stream().mapToDouble(Condition::value).toArray();
		plot.xTicks(x, conditions.stream().map(c -> Integer.toString((int) c.value())).toList());
		for (final Method method : summary.methods()) {
			if (Evaluation.applies(method, conditions.get(0))) bars(plot, method, conditions, x);
		}
		final Method plain = Method.of("erm", StatisticsOrigin.TRAINING);
		final OptionalDouble none = summary.mean(plain, Condition.HELD_OUT);
		if (none.isPresent()) {
			final double[] y = new double[x.length];
			Arrays.fill(y, none.getAsDouble());
			plot.line(plain.title(), x, y);
		}
		return plot.chart();
	}

	/** Steps of equal width from balanced to pure. */
	private JFreeChart shifts(final List<Condition> conditions) {
		final LinePlot plot = new LinePlot("", "label shift, Dirichlet alpha", "accuracy on new batches");
		final double[] x = new double[conditions.size()];
		for (int i = 0; i < x.length; i++) x[i] = i + 1;
		plot.xTicks(x,
			conditions.stream().map(c -> Double.isInfinite(c.value()) ? "balanced" : c.label().substring(6)).toList());
		for (final Method method : summary.methods()) {
			// Joint-plate is where joint is, and colors are few; corrected profiles are lines that don't fall.
			if (method.statistics() != StatisticsOrigin.JOINT_PLATE && !(method.frozen() && method.needsControls()))
				bars(plot, method, conditions, x);
		}
		return plot.chart();
	}

	private void bars(final LinePlot plot, final Method method, final List<Condition> conditions, final double[] x) {
		final int n = conditions.size();
		final double[] y = new double[n];
		final double[] lower = new double[n];
		final double[] upper = new double[n];
		for (int i = 0; i < n; i++) {
			final SummaryRow row = summary.row(method, conditions.get(i));
			final double sd = row == null || Double.isNaN(row.sd()) ? 0 : row.sd();
			y[i] = row == null ? Double.NaN : row.mean();
			lower[i] = y[i] - sd;
			upper[i] = y[i] + sd;
		}
		plot.bars(method.title(), x, y, lower, upper);
	}
}
