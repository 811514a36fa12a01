// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

import io.github.isophene.engine.Engines;
import io.github.isophene.engine.Precision;
import io.github.isophene.messages.Count;
import io.github.isophene.network.Architecture;
import io.github.isophene.training.TrainingOptions;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.optimizer.LearningRate;
import io.github.isophene.training.optimizer.OptimizerOptions;

/**
 * Options of a comparison. The same for all of them: network, first weights, number of
 * steps, labeled images per step, learning rate or search for one. There is no early stopping: each training
 * runs to its end, along half a cosine, and its last weights count, so nothing is selected
 * on any image that is tested on.
 *
 * @param folder where results, models and plots go
 * @param methods what is compared, without repetition
 * @param seeds how many times everything is done, each with other held-out batches and first weights
 * @param seed the first seed; the others follow
 * @param heldOut how many batches are held out; drawn anew by each seed
 * @param heldOutBatches their names instead, the same for all seeds; empty = drawn
 * @param inDomain how many plates of training batches are kept from training
 * @param architecture {@code resnet18}... , {@code -aa} behind for the anti-aliased form, {@code -each} for each
 *          channel by itself
 * @param width channels after the stem
 * @param epochs passes over the labeled training images
 * @param rates learning rate of Adam at the start; several: each training chooses among them, see {@link RateSearch}
 * @param queries labeled images per episode, in training, in the chunks of the evaluation and in shifted mixtures
 * @param controls negative controls that go along, likewise
 * @param accumulate episodes per step
 * @param alphas of the label shifts; infinite = balanced
 * @param draws mixtures per plate and alpha, each rotated through all classes
 * @param controlWells numbers of control wells to try
 * @param controlDraws draws of wells per plate and number
 * @param encoder the frozen encoder of the baselines: {@code default}, a model file, a TorchScript file, or a table of
 *          profiles of all fields; empty: no such baselines
 * @param device see {@link io.github.isophene.engine.Engines#device(String)}
 * @param precision of networks that embed and predict, and of trainings
 */
public record ComparisonOptions(Path folder, List<Method> methods, int seeds, long seed, int heldOut,
	List<String> heldOutBatches, int inDomain, String architecture, int width, int epochs, List<Double> rates,
	int queries, int controls, int accumulate, List<Double> alphas, int draws, List<Integer> controlWells,
	int controlDraws, String encoder, String device, Precision precision)
{

	/** @throws IllegalArgumentException naming the key that is out of range */
	public ComparisonOptions {
		Objects.requireNonNull(folder, "folder");
		Objects.requireNonNull(precision, "precision");
		methods = List.copyOf(methods);
		heldOutBatches = List.copyOf(heldOutBatches);
		rates = List.copyOf(rates);
		alphas = List.copyOf(alphas);
		controlWells = List.copyOf(controlWells);
		if (methods.isEmpty()) throw new IllegalArgumentException("methods is empty: name at least one");
		if (methods.stream().distinct().count() < methods.size())
			throw new IllegalArgumentException(
				"methods names one twice: " + methods.stream().map(Method::label).toList());
		atLeast("seeds", seeds, 1);
		atLeast("heldout", heldOut, 1);
		atLeast("indomain", inDomain, 0);
		atLeast("width", width, 1);
		atLeast("epochs", epochs, 1);
		atLeast("queries", queries, 1);
		atLeast("controls per episode", controls, 1);
		atLeast("accumulate", accumulate, 1);
		atLeast("draws", draws, 1);
		atLeast("control draws", controlDraws, 1);
		for (final double alpha : alphas)
			if (!(alpha > 0)) throw new IllegalArgumentException("alpha = " + alpha + ": give numbers above 0, or inf");
		for (final int wells : controlWells) atLeast("control wells", wells, 1);
		if (rates.isEmpty())
			throw new IllegalArgumentException("rate is empty: give one, such as 0.002, or several to choose among, " +
				"such as 0.0005,0.002,0.008");
		for (final double rate : rates)
			if (!(rate > 0) || Double.isInfinite(rate))
				throw new IllegalArgumentException("rate = " + rate + ": it must be above 0");
		if (rates.stream().distinct().count() < rates.size())
			throw new IllegalArgumentException("rate names one twice: " + plain(rates));
		Architecture.of(architecture, 1, width, 0);
	}

	/**
	 * All methods that train and are compared by default, 5 seeds from 1, 2 held-out batches and 4 plates in domain,
	 * ResNet-18 of
	 * width 16, 20 epochs at rate 2e-3, 32 queries and 64 controls per episode, 1 episode per
	 * step, alpha inf, 1, .1, .01, and 1 to 32 control wells.
	 */
	public static ComparisonOptions into(final Path folder) {
		return new ComparisonOptions(folder, Method.trained(), 5, 1, 2, List.of(), 4, "resnet18", 16, 20,
			List.of(2e-3), 32, 64, 1, List.of(Double.POSITIVE_INFINITY, 1.0, 0.1, 0.01), 1,
			List.of(1, 2, 4, 8, 16, 32), 1, "", "auto", Precision.FLOAT32);
	}

	private static void atLeast(final String key, final int value, final int least) {
		if (value < least)
			throw new IllegalArgumentException(key + " = " + value + ": it must be " + least + " or more");
	}

	/** The same with other methods. */
	public ComparisonOptions withMethods(final List<Method> other) {
		return new ComparisonOptions(folder, other, seeds, seed, heldOut, heldOutBatches, inDomain, architecture, width,
			epochs, rates, queries, controls, accumulate, alphas, draws, controlWells, controlDraws,
			encoder, device, precision);
	}

	/** The same with another number of seeds, and another first one. */
	public ComparisonOptions withSeeds(final int number, final long first) {
		return new ComparisonOptions(folder, methods, number, first, heldOut, heldOutBatches, inDomain, architecture,
			width, epochs, rates, queries, controls, accumulate, alphas, draws, controlWells, controlDraws, encoder,
			device, precision);
	}

	/** The same with other numbers of held-out batches and of plates in domain. */
	public ComparisonOptions withSplit(final int batches, final int plates) {
		return new ComparisonOptions(folder, methods, seeds, seed, batches, heldOutBatches, plates, architecture, width,
			epochs, rates, queries, controls, accumulate, alphas, draws, controlWells, controlDraws,
			encoder, device, precision);
	}

	/** The same with these batches held out, whatever the seed. */
	public ComparisonOptions withHeldOut(final List<String> batches) {
		return new ComparisonOptions(folder, methods, seeds, seed, heldOut, batches, inDomain, architecture, width,
			epochs, rates, queries, controls, accumulate, alphas, draws, controlWells, controlDraws,
			encoder, device, precision);
	}

	/** The same with another network. */
	public ComparisonOptions withNetwork(final String name, final int channels) {
		return new ComparisonOptions(folder, methods, seeds, seed, heldOut, heldOutBatches, inDomain, name, channels,
			epochs, rates, queries, controls, accumulate, alphas, draws, controlWells, controlDraws,
			encoder, device, precision);
	}

	/** The same with another length of training and one learning rate. */
	public ComparisonOptions withBudget(final int passes, final double learningRate) {
		return withEpochs(passes).withRates(List.of(learningRate));
	}

	/** The same with another length of training. */
	public ComparisonOptions withEpochs(final int passes) {
		return new ComparisonOptions(folder, methods, seeds, seed, heldOut, heldOutBatches, inDomain, architecture,
			width, passes, rates, queries, controls, accumulate, alphas, draws, controlWells, controlDraws,
			encoder, device, precision);
	}

	/**
	 * The same with several learning rates, among which each training chooses; their order doesn't matter.
	 *
	 * @param some one or more, each above 0
	 */
	public ComparisonOptions withRates(final List<Double> some) {
		return new ComparisonOptions(folder, methods, seeds, seed, heldOut, heldOutBatches, inDomain, architecture,
			width, epochs, some.stream().sorted().toList(), queries, controls, accumulate, alphas, draws, controlWells,
			controlDraws, encoder, device, precision);
	}

	/** The same with other sizes of episodes. */
	public ComparisonOptions withEpisodes(final EpisodeSizes sizes) {
		return new ComparisonOptions(folder, methods, seeds, seed, heldOut, heldOutBatches, inDomain, architecture,
			width, epochs, rates, sizes.queries(), sizes.controls(), sizes.accumulate(), alphas, draws, controlWells,
			controlDraws, encoder, device, precision);
	}

	/** The same with other label shifts, and so many draws of each per plate. */
	public ComparisonOptions withLabelShifts(final List<Double> concentrations, final int perPlate) {
		return new ComparisonOptions(folder, methods, seeds, seed, heldOut, heldOutBatches, inDomain, architecture,
			width, epochs, rates, queries, controls, accumulate, concentrations, perPlate, controlWells, controlDraws,
			encoder, device, precision);
	}

	/** The same with other numbers of control wells, and so many draws of each per plate. */
	public ComparisonOptions withControlWells(final List<Integer> wells, final int perPlate) {
		return new ComparisonOptions(folder, methods, seeds, seed, heldOut, heldOutBatches, inDomain, architecture,
			width, epochs, rates, queries, controls, accumulate, alphas, draws, wells, perPlate,
			encoder, device, precision);
	}

	/**
	 * The same with a frozen encoder: {@code default}, a model file, a TorchScript file, or a table of
	 * profiles of all fields. Unless methods of it are named already, those that are compared by default are added.
	 */
	public ComparisonOptions withEncoder(final String nameOrFile) {
		final List<Method> all = new ArrayList<>(methods);
		if (!nameOrFile.isBlank() && methods.stream().noneMatch(Method::needsEncoder)) {
			all.addAll(Method.all().stream().filter(m -> m.needsEncoder() && m.isDefault()).toList());
		}
		return new ComparisonOptions(folder, all, seeds, seed, heldOut, heldOutBatches, inDomain, architecture, width,
			epochs, rates, queries, controls, accumulate, alphas, draws, controlWells, controlDraws, nameOrFile.strip(),
			device, precision);
	}

	/** The same on another device. */
	public ComparisonOptions withDevice(final String other) {
		return new ComparisonOptions(folder, methods, seeds, seed, heldOut, heldOutBatches, inDomain, architecture,
			width, epochs, rates, queries, controls, accumulate, alphas, draws, controlWells, controlDraws, encoder,
			other, precision);
	}

	/**
	 * The same in another precision.
	 *
	 * @param label one of {@link Precision#labels}
	 */
	public ComparisonOptions withPrecision(final String label) {
		return new ComparisonOptions(folder, methods, seeds, seed, heldOut, heldOutBatches, inDomain, architecture,
			width, epochs, rates, queries, controls, accumulate, alphas, draws, controlWells, controlDraws, encoder,
			device, Precision.of(label));
	}

	/**
	 * Checks before the first training what only shows when it is used.
	 *
	 * @throws IllegalArgumentException if a method lacks the encoder it is one of
	 * @throws io.github.isophene.engine.EngineException if the device doesn't compute in the precision
	 */
	void require() {
		for (final Method method : methods) {
			if (method.needsEncoder() && encoder.isEmpty())
				throw new IllegalArgumentException("methods has " + method.label() +
					", which needs a frozen encoder: give encoder=default, a model file, a TorchScript file, or a " +
					"table of profiles of all fields");
		}
		if (precision != Precision.FLOAT32) precision.require(Engines.device(device));
	}

	/** Returns whether each training chooses its learning rate. */
	public boolean searches() {
		return rates.size() > 1;
	}

	/** Returns the number of trainings for each of the weights of a seed: those that try a rate, and the last one. */
	int trainingsEach() {
		return searches() ? rates.size() + 1 : 1;
	}

	/** Returns the learning rates as text. */
	String describeRates() {
		return searches() ? plain(rates) : Double.toString(rates.get(0));
	}

	private static String plain(final List<Double> rates) {
		return rates.stream().map(ComparisonOptions::plain).collect(Collectors.joining(", "));
	}

	/** Returns a learning rate without an exponent: 0.0005. */
	static String plain(final double rate) {
		return new BigDecimal(Double.toString(rate)).stripTrailingZeros().toPlainString();
	}

	/** Returns a description of the comparison, in a sentence. */
	String describe() {
		return String.format(Locale.ROOT,
			"Mean ± sd of %s. Each: %s held out, %s of other batches tested but not " +
				"trained on; %s of width %s, %s, Adam at %s along half a cosine, last weights; %s%s per " +
				"episode, %s per step, the same chunks in evaluation and %s per shifted mixture.",
			Count.of(seeds, "seed"),
			heldOutBatches.isEmpty() ? Count.of(heldOut, "batch") + " drawn at random"
			: String.join(", ", heldOutBatches),
			Count.of(inDomain, "plate"), architecture, width + (precision == Precision.FLOAT32 ? "" : " in " +
				precision.label()), Count.of(epochs, "epoch"),
			describeRates() + (searches() ? " (chosen by each training on an inner batch)" : ""),
			Count.of(queries, "labeled image"), " (CS-ARM-BN: and " + Count.of(controls, "control") + ")",
			Count.of(accumulate, "episode"), Count.of(queries, "image"));
	}

	/** The training of one seed at one of the learning rates; the objective is apart. */
	TrainingOptions training(final long trainingSeed, final double rate) {
		return TrainingOptions.PUBLISHED
			.withOptimizer(OptimizerOptions.adam(rate).withSchedule(LearningRate.Schedule.COSINE))
			.withSizes(new EpisodeSizes(queries, controls, accumulate))
			.withEpochs(epochs, Integer.MAX_VALUE)
			.withSeed(trainingSeed)
			.withDevice(device)
			.withPrecision(precision.label());
	}
}
