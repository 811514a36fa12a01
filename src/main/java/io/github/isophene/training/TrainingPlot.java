// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.github.isophene.plots.LinePlot;
import io.github.isophene.plots.Png;
import org.jfree.chart.JFreeChart;

/**
 * The log of a training as a figure: loss and accuracy over epochs, in and out of the domain,
 * and, where an objective perturbs, what its perturbations do.
 */
public final class TrainingPlot {

	/** Size of one of the charts, in units of two pixels. */
	public static final int WIDTH = 480;
	/** See {@link #WIDTH}. */
	public static final int HEIGHT = 340;

	private TrainingPlot() {}

	/** The charts: loss and accuracy, two more if the objective reports perturbations. */
	public static JFreeChart[] charts(final List<EpochRecord> log) {
		final LinePlot loss = new LinePlot("", "Epoch", "Cross-entropy (nats)").wholeX();
		add(loss, log, "training", EpochRecord::trainingLoss);
		add(loss, log, "validation", EpochRecord::validationLoss);
		add(loss, log, "held out", EpochRecord::heldOutLoss);
		final LinePlot accuracy = new LinePlot("", "Epoch", "Accuracy").wholeX().yRange(0, 1.001);
		add(accuracy, log, "training", EpochRecord::trainingAccuracy);
		add(accuracy, log, "validation", EpochRecord::validationAccuracy);
		add(accuracy, log, "held out", EpochRecord::heldOutAccuracy);
		if (log.stream().allMatch(r -> r.figures().isEmpty())) return new JFreeChart[]{loss.chart(), accuracy.chart()};
		final LinePlot inner = new LinePlot("", "Epoch", "Loss of perturbed images (nats)").wholeX();
		figure(inner, log, "start of ascent", "inner_loss_before");
		figure(inner, log, "its end", "inner_loss_after");
		figure(inner, log, "alignment", "alignment");
		final LinePlot shares = new LinePlot("", "Epoch", "Share; size in units").wholeX();
		figure(shares, log, "right, clean", "clean_accuracy");
		figure(shares, log, "right, perturbed", "perturbed_accuracy");
		figure(shares, log, "size", "perturbation_size");
		figure(shares, log, "at limit", "perturbation_at_limit");
		figure(shares, log, "cosine", Collapse.COSINE);
		return new JFreeChart[]{loss.chart(), accuracy.chart(), inner.chart(), shares.chart()};
	}

	/** A line through the epochs that have the figure. */
	private static void figure(final LinePlot plot, final List<EpochRecord> log, final String name,
		final String figure)
	{
		final List<EpochRecord> some = log.stream()
			.filter(r -> Double.isFinite(r.figures().getOrDefault(figure, Double.NaN)))
			.toList();
		if (!some.isEmpty())
			plot.line(name, some.stream().mapToDouble(EpochRecord::epoch).toArray(),
				some.stream().mapToDouble(r -> r.figures().get(figure)).toArray());
	}

	private static void add(final LinePlot plot, final List<EpochRecord> log, final String name,
		final ToDoubleFunction<EpochRecord> value)
	{
		final double[] y = log.stream().mapToDouble(value).toArray();
		for (final double v : y) {
			if (Double.isNaN(v)) continue;
			plot.line(name, log.stream().mapToDouble(EpochRecord::epoch).toArray(), y);
			return;
		}
	}

	/** Writes the figure as a PNG file, atomically. */
	public static void write(final List<EpochRecord> log, final Path file) throws IOException {
		Png.write(file, WIDTH, HEIGHT, charts(log));
	}
}
