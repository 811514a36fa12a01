// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.TreeMap;

import io.github.isophene.files.CsvCell;
import io.github.isophene.messages.Count;

/** Table of the learning rates that the trainings of a comparison chose. Empty where each has one and the same rate. */
final class RateTable {

	private static final String HEADER = "seed,training,inner,images,rate,inner_accuracy,inner_loss,chosen";

	private final ComparisonOptions options;
	private final List<RateChoice> choices = new ArrayList<>();

	/** @param options those of the comparison */
	RateTable(final ComparisonOptions options) {
		this.options = options;
	}

	/** Adds the choice of one training of one seed. */
	void add(final RateChoice choice) {
		choices.add(choice);
		choices.sort(Comparator.comparingLong(RateChoice::seed).thenComparing(c -> c.weights().label()));
	}

	/** Returns a row per seed, training and rate. */
	String csv() {
		final StringBuilder text = new StringBuilder(HEADER).append('\n');
		for (final RateChoice c : choices) {
			for (final RateChoice.RateScore t : c.scores())
				text.append(String.join(",", Long.toString(c.seed()), c.weights().label(), CsvCell.inFile(c.inner()),
					Integer.toString(c.images()), ComparisonOptions.plain(t.rate()), number(t.accuracy()),
					number(t.loss()), t.rate() == c.rate() ? "1" : "0")).append('\n');
		}
		return text.toString();
	}

	/** Returns the results as CSV, with the learning rate of each row's training where it was chosen. */
	String with(final List<ResultRow> rows) {
		return options.searches() ? ResultFile.text(rows, ",rate", row -> "," + rate(row)) : ResultFile.text(rows);
	}

	private String rate(final ResultRow row) {
		return choices.stream()
			.filter(c -> c.seed() == row.seed() && row.method().weights().filter(c.weights()::equals).isPresent())
			.findFirst()
			.map(c -> ComparisonOptions.plain(c.rate()))
			.orElse("");
	}

	/** Returns a table of mean inner accuracies and of how often each rate was chosen; empty without a choice. */
	String markdown() {
		if (choices.isEmpty()) return "";
		final StringBuilder text = new StringBuilder("\nLearning rates: mean accuracy on the inner batch, and the " +
			"number of seeds that chose the rate. An inner batch is one of the training batches (a plate where there " +
			"are fewer than three), of " + images() + "; each rate is tried by a training without it, the most " +
			"accurate one is chosen (equally accurate ones by their loss), and trains anew on all training " +
			"plates:\n\n| training |");
		for (final double rate : options.rates()) text.append(' ').append(ComparisonOptions.plain(rate)).append(" |");
		text.append("\n| --- |").append(" --: |".repeat(options.rates().size())).append('\n');
		final TreeMap<String, List<RateChoice>> trainings = new TreeMap<>();
		for (final RateChoice c : choices)
			trainings.computeIfAbsent(c.weights().label(), w -> new ArrayList<>()).add(c);
		trainings.forEach((training, of) -> {
			text.append("| ").append(training).append(" |");
			for (int r = 0; r < options.rates().size(); r++) text.append(' ').append(cell(of, r)).append(" |");
			text.append('\n');
		});
		return text.toString();
	}

	private String images() {
		final IntSummaryStatistics images = choices.stream().mapToInt(RateChoice::images).summaryStatistics();
		return (images.getMin() < images.getMax() ? images.getMin() + " to " : "") +
			Count.of(images.getMax(), "labeled image");
	}

	private static String cell(final List<RateChoice> of, final int rate) {
		final double[] accuracies = of.stream()
			.map(c -> c.scores().get(rate))
			.filter(t -> !t.isDiverged())
			.mapToDouble(RateChoice.RateScore::accuracy)
			.toArray();
		final long chosen = of.stream().filter(c -> c.scores().get(rate).rate() == c.rate()).count();
		double sum = 0;
		for (final double a : accuracies) sum += a;
		final int diverged = of.size() - accuracies.length;
		return (accuracies.length == 0 ? "diverged"
			: ReportNumbers.brief(sum / accuracies.length) +
				(diverged > 0 ? " (" + Count.of(diverged, "seed") + " diverged)" : "")) +
			(chosen > 0 ? ", chosen by " + chosen : "");
	}

	private static String number(final double value) {
		return Double.isNaN(value) ? "" : ReportNumbers.share(value);
	}
}
