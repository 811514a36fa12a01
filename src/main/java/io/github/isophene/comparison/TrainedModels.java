// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

import io.github.isophene.files.Sha256;
import io.github.isophene.finetuning.CalibrationPlates;
import io.github.isophene.messages.Count;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.ModelFile;
import io.github.isophene.progress.Progress;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Trainer;
import io.github.isophene.training.TrainingLog;
import io.github.isophene.training.TrainingResult;
import io.github.isophene.training.data.Split;

/**
 * The trained weights of a comparison, one model file for each seed and objective. A
 * training that has been done is never done again, one that was interrupted goes on from its
 * checkpoint; a file's name says, in twelve digits, of which data and options it is.
 */
final class TrainedModels {

	/** Seconds between checkpoints. */
	private static final double INTERVAL = 30;

	/** Digits of the fingerprint that are in a file's name. */
	private static final int DIGITS = 12;

	private final ComparisonData data;
	private final ComparisonOptions options;
	private final Path folder;

	/** @param folder where model files, checkpoints and logs go */
	TrainedModels(final ComparisonData data, final ComparisonOptions options, final Path folder) {
		this.data = data;
		this.options = options;
		this.folder = folder;
	}

	/**
	 * Returns the model of a seed and some weights, from its file or trained now.
	 *
	 * @param rate the learning rate
	 * @throws CancellationException if canceled; the checkpoint stays
	 */
	Model of(final TrainedWeights weights, final Objective objective, final OuterSplit split, final long seed,
		final double rate, final Progress progress) throws IOException
	{
		final String name = name(weights, objective, split, seed, rate);
		final Path file = folder.resolve(name + ".zip");
		if (Files.exists(file)) return ModelFile.read(file);
		final Path checkpoint = folder.resolve(name + ".checkpoint");
		// For the curve in the log: nothing is decided by it.
		final int[] validation = IntStream.range(0, data.samples().size())
			.filter(i -> !split.inDomain().isEmpty() &&
				data.samples().get(i).plate().equals(split.inDomain().get(0)))
			.toArray();
		final TrainingResult result = train(weights, objective,
			new Split(split.training(), validation, new int[0], List.of()), seed, rate, checkpoint, progress);
		switch (result.ending()) {
			case DIVERGED -> throw new IOException("The training of " + objective.name() + " (seed " + seed +
				") has diverged: choose a lower rate than " + rate);
			// Its last weights count as those of every other training: the table shows it.
			case COLLAPSED -> progress.info("The training of " + objective.name() + " (seed " + seed +
				") has collapsed after " + Count.of(result.log().size(), "epoch") +
				"; its weights are tested all the same");
			case EPOCHS, PATIENCE, CANCELED -> {}
		}
		TrainingLog.write(result.log(), folder.resolve(name + ".csv"));
		final Model model = CalibrationPlates.calibrate(
			new Model(card(objective, split, seed, rate, network(weights, objective), result), result.last()),
			data.images(), split.training(), options.device(), seed, (message, done, total) -> {
				progress.report(message);
				progress.check(Comparison.CANCELED);
			});
		ModelFile.write(model, file);
		Files.deleteIfExists(checkpoint);
		return model;
	}

	/**
	 * Trains from a seed's first weights.
	 *
	 * @param checkpoint file of the training's state, from which it goes on
	 * @throws CancellationException if canceled; the checkpoint stays
	 */
	TrainingResult train(final TrainedWeights weights, final Objective objective, final Split split, final long seed,
		final double rate, final Path checkpoint, final Progress progress) throws IOException
	{
		final Architecture architecture = network(weights, objective);
		final TrainingResult result = new Trainer(data.images(), split, objective, options.training(seed, rate))
			.checkpoint(checkpoint, INTERVAL)
			.progress(progress.quiet())
			.train(architecture, Initialization.random(architecture, seed));
		if (result.ending() == TrainingResult.Ending.CANCELED)
			throw new CancellationException("The comparison was stopped; what is trained is kept in " + folder +
				": run it again to go on");
		return result;
	}

	/** Returns whether a training has been done. */
	boolean has(final TrainedWeights weights, final Objective objective, final OuterSplit split, final long seed,
		final double rate)
	{
		return Files.exists(folder.resolve(name(weights, objective, split, seed, rate) + ".zip"));
	}

	/** Returns the base name of a training's files: {@code seed1-erm-0123456789ab}. */
	String name(final TrainedWeights weights, final Objective objective, final OuterSplit split, final long seed,
		final double rate)
	{
		return name(weights, objective, seed, rate, Arrays.toString(split.training()));
	}

	/** Returns the base name of the files of a training that is judged on its validation part. */
	String name(final TrainedWeights weights, final Objective objective, final Split split, final long seed,
		final double rate)
	{
		return name(weights, objective, seed, rate,
			Arrays.toString(split.training()) + "\n" + Arrays.toString(split.validation()));
	}

	private String name(final TrainedWeights weights, final Objective objective, final long seed, final double rate,
		final String samples)
	{
		return "seed" + seed + "-" + weights.label() + "-" + fingerprint(weights, objective, seed, rate, samples);
	}

	private Architecture network(final TrainedWeights weights, final Objective objective) {
		return weights.of(architecture()).withHead(objective.head());
	}

	private Architecture architecture() {
		return Architecture.of(options.architecture(), data.channels().size(), options.width(),
			data.images().classes().size());
	}

	private ModelCard card(final Objective objective, final OuterSplit split, final long seed, final double rate,
		final Architecture architecture, final TrainingResult result)
	{
		final Map<String, String> training = new TreeMap<>(objective.settings());
		training.put("objective", objective.name());
		if (objective.replacesAdaptation()) training.put(ModelCard.ADAPTATION, ModelCard.REPLACED);
		training.put("seed", Long.toString(seed));
		training.put("epochs", Integer.toString(options.epochs()));
		training.put("learning rate", Double.toString(rate));
		training.put("precision", options.precision().label());
		training.put("data.illumination", data.illumination());
		training.put("episode.queries", Integer.toString(result.sizes().queries()));
		training.put("episode.controls", Integer.toString(result.sizes().controls()));
		training.put("episode.accumulate", Integer.toString(result.sizes().accumulate()));
		training.put("held-out plates", String.join(",", split.heldOut()));
		training.put("in-domain plates", String.join(",", split.inDomain()));
		return new ModelCard("comparison " + objective.name() + " seed " + seed,
			"Trained by a comparison of methods; weights after the last step", architecture,
			ModelCard.Input.of(architecture), data.channels(), data.images().tiles().size(), data.intensity(),
			data.images().classes(), data.labelColumn(), result.statistics(), training);
	}

	/** Of everything that decides the weights but the pixels themselves. */
	private String fingerprint(final TrainedWeights weights, final Objective objective, final long seed,
		final double rate, final String samples)
	{
		final String text = String.join("\n", objective.name(), new TreeMap<>(objective.settings()).toString(),
			options.training(seed, rate).identity(), network(weights, objective).toString(), data.intensity(),
			data.illumination(), data.channels().toString(), data.images().classes().toString(),
			Integer.toString(data.images().tiles().size()), data.samples().toString(), data.positions().toString(),
			samples);
		return Sha256.of(text).substring(0, DIGITS);
	}
}
