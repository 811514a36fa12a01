// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.github.isophene.plots.LinePlot;
import io.github.isophene.plots.Png;
import org.jfree.chart.JFreeChart;

/** The log of a training as a figure: loss and accuracy over epochs, in and out of the domain. */
public final class TrainingPlot {

	/** Size of one of the two charts, in units of two pixels. */
	public static final int WIDTH = 480;
	/** See {@link #WIDTH}. */
	public static final int HEIGHT = 340;

	private TrainingPlot() {}

	/** The two charts, loss and accuracy. */
	public static JFreeChart[] charts(final List<EpochRecord> log) {
		final LinePlot loss = new LinePlot("", "Epoch", "Cross-entropy (nats)").wholeX();
		add(loss, log, "training", EpochRecord::trainingLoss);
		add(loss, log, "validation", EpochRecord::validationLoss);
		add(loss, log, "held out", EpochRecord::heldOutLoss);
		final LinePlot accuracy = new LinePlot("", "Epoch", "Accuracy").wholeX().yRange(0, 1.001);
		add(accuracy, log, "training", EpochRecord::trainingAccuracy);
		add(accuracy, log, "validation", EpochRecord::validationAccuracy);
		add(accuracy, log, "held out", EpochRecord::heldOutAccuracy);
		return new JFreeChart[] { loss.chart(), accuracy.chart() };
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
