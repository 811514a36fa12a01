// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.github.isophene.files.AtomicFile;
import io.github.isophene.messages.Count;
import io.github.isophene.progress.Progress;
import io.github.isophene.training.EpochRecord;
import io.github.isophene.training.Objective;
import io.github.isophene.training.TrainingResult;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.Split;

/**
 * Learning-rate search of a comparison: each rate is tried by a training of full length on the training plates
 * without one inner batch, and judged by its last weights on that batch, with the statistics that the objective trains
 * for. The inner batch is drawn by the seed, the same for all objectives; where there are fewer than three training
 * batches, it is a plate. Nothing of a tested plate is read: a search of one seed for all would choose on batches that
 * another seed holds out, so each seed searches for itself.
 */
final class RateSearch {

	private static final String HEADER = "rate,inner_accuracy,inner_loss";

	/** Mean loss, nats, from which on a training has diverged, though it is still a number: chance is below 10. */
	private static final double DIVERGED = 100;

	/** So small a share that one batch is left out. */
	private static final double ONE = 1e-9;

	private final ComparisonData data;
	private final ComparisonOptions options;
	private final TrainedModels models;
	private final long seed;
	private final Split inner;
	private final Path folder;

	/** The search of one seed; {@code models} does the trainings. */
	RateSearch(final ComparisonData data, final ComparisonOptions options, final TrainedModels models,
		final OuterSplit outer, final long seed)
	{
		this.data = data;
		this.options = options;
		this.models = models;
		this.seed = seed;
		inner = inner(data.samples(), outer, seed);
		folder = options.folder().resolve("rates");
	}

	/**
	 * Splits the training part of a split into images to learn from and inner images to choose by.
	 *
	 * @throws IllegalArgumentException if there are fewer than two training plates
	 */
	static Split inner(final List<Sample> samples, final OuterSplit outer, final long seed) {
		final Set<String> batches = new TreeSet<>();
		for (final Sample s : samples) batches.add(s.batch());
		String outside = "outside";
		while (batches.contains(outside)) outside += "+";
		final Sample unseen = new Sample("", outside, Sample.NO_LABEL, false);
		final Sample[] seen = new Sample[samples.size()];
		Arrays.fill(seen, unseen);
		for (final int i : outer.training()) seen[i] = samples.get(i);
		try {
			final Split split = Split.of(Arrays.asList(seen), List.of(outside), ONE, seed);
			return new Split(split.training(), split.validation(), new int[0], split.messages());
		}
		catch (final IllegalArgumentException exc) {
			throw new IllegalArgumentException("rate names several learning rates to choose among, which needs a " +
				"training plate to choose by: give a single rate. " + exc.getMessage(), exc);
		}
	}

	/** Returns the scores of all rates if they are known already. */
	Optional<RateChoice> known(final TrainedWeights weights, final Objective objective) throws IOException {
		final RateChoice.RateScore[] scores = new RateChoice.RateScore[options.rates().size()];
		for (int i = 0; i < scores.length; i++) {
			final double rate = options.rates().get(i);
			final Path file = file(weights, objective, rate);
			if (!Files.exists(file)) return Optional.empty();
			scores[i] = read(file, rate);
		}
		return Optional.of(choice(weights, List.of(scores)));
	}

	/**
	 * Returns the inner split, in which no training is smaller than a step.
	 *
	 * @throws IllegalArgumentException naming the keys and what is left to learn from
	 */
	static Split require(final List<Sample> samples, final OuterSplit outer, final ComparisonOptions options,
		final long seed)
	{
		final Split inner = inner(samples, outer, seed);
		final int left = labeled(samples, inner.training());
		final long step = (long) options.queries() * options.accumulate();
		if (left < step)
			throw new IllegalArgumentException("rate names several learning rates, among which each training chooses " +
				"by a batch or plate that it leaves out, and seed " + seed + " has " +
				Count.of(left, "labeled image") + " left to learn from then, fewer than the " + step +
				" of a step: give a smaller number of queries" + (options.accumulate() > 1 ? " or accumulate" : "") +
				", or a single rate");
		return inner;
	}

	/** Returns how many of some samples are labeled. */
	static int labeled(final List<Sample> samples, final int[] some) {
		return (int) IntStream.of(some).filter(i -> samples.get(i).labeled()).count();
	}

	/**
	 * Returns the choice of these scores.
	 *
	 * @throws IOException if every training diverged
	 */
	RateChoice choice(final TrainedWeights weights, final List<RateChoice.RateScore> scores) throws IOException {
		if (scores.stream().allMatch(RateChoice.RateScore::isDiverged))
			throw new IOException("The training of " + weights.label() + " (seed " + seed +
				") diverges at every rate of " + options.describeRates() + ": give lower ones");
		final Set<String> batches = names(inner.validation(), Sample::batch);
		final boolean whole = names(inner.training(), Sample::batch).stream().noneMatch(batches::contains);
		return new RateChoice(seed, weights,
			String.join(" ", whole ? batches : names(inner.validation(), Sample::plate)),
			labeled(data.samples(), inner.validation()), scores);
	}

	private Set<String> names(final int[] samples, final Function<Sample, String> name) {
		final Set<String> names = new TreeSet<>();
		for (final int i : samples) if (data.samples().get(i).labeled()) names.add(name.apply(data.samples().get(i)));
		return names;
	}

	/**
	 * Returns the score of a rate, from its file or by a training.
	 *
	 * @throws java.util.concurrent.CancellationException if canceled; the checkpoint stays
	 */
	RateChoice.RateScore of(final TrainedWeights weights, final Objective objective, final double rate,
		final Progress progress) throws IOException
	{
		final Path file = file(weights, objective, rate);
		if (Files.exists(file)) return read(file, rate);
		Files.createDirectories(folder);
		final Path checkpoint = file.resolveSibling(file.getFileName().toString().replace(".csv", ".checkpoint"));
		final RateChoice.RateScore score = score(weights, objective, rate, checkpoint, progress);
		AtomicFile.write(file, HEADER + "\n" + score.rate() + "," + score.accuracy() + "," + score.loss() + "\n");
		Files.deleteIfExists(checkpoint);
		return score;
	}

	private RateChoice.RateScore score(final TrainedWeights weights, final Objective objective, final double rate,
		final Path checkpoint, final Progress progress) throws IOException
	{
		final TrainingResult result;
		try {
			result = models.train(weights, objective, inner, seed, rate, checkpoint, progress);
		}
		catch (final ArithmeticException exc) {
			// In the first epoch.
			return RateChoice.RateScore.diverged(rate);
		}
		if (result.ending() == TrainingResult.Ending.DIVERGED) return RateChoice.RateScore.diverged(rate);
		final EpochRecord last = result.log().get(result.log().size() - 1);
		return last.validationLoss() < DIVERGED
			? new RateChoice.RateScore(rate, last.validationAccuracy(), last.validationLoss())
			: RateChoice.RateScore.diverged(rate);
	}

	private Path file(final TrainedWeights weights, final Objective objective, final double rate) {
		return folder.resolve(models.name(weights, objective, inner, seed, rate) + ".csv");
	}

	private static RateChoice.RateScore read(final Path file, final double rate) throws IOException {
		final List<String> lines = Files.readAllLines(file);
		try {
			final String[] cells = lines.get(1).split(",");
			final RateChoice.RateScore score = new RateChoice.RateScore(Double.parseDouble(cells[0]),
				Double.parseDouble(cells[1]), Double.parseDouble(cells[2]));
			if (lines.get(0).equals(HEADER) && score.rate() == rate) return score;
		}
		catch (final IndexOutOfBoundsException | NumberFormatException exc) {
			// Said below.
		}
		throw new IOException(file + " isn't the score of the learning rate " + rate +
			": delete it to compute it anew");
	}
}
