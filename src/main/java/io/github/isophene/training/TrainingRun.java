// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.github.isophene.engine.ScalarOps;
import io.github.isophene.engine.TrainingOps;
import io.github.isophene.messages.Count;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.progress.Durations;
import io.github.isophene.progress.Progress;
import io.github.isophene.training.data.Episode;
import io.github.isophene.training.data.EpisodeSampler;
import io.github.isophene.training.optimizer.Optimizer;

/** The loop of a training: epochs of steps of episodes. */
final class TrainingRun {

	/** Writer of the training state. */
	@FunctionalInterface
	interface Saver {

		void save(TrainingPosition position, StateDict best) throws IOException;
	}

	private final NDManager manager;
	private final TrainingContext learner;
	private final Objective objective;
	private final TrainingOptions options;
	private final EpisodeSampler sampler;
	private final Validation validation;
	private final Validation heldOut;
	private final Optimizer optimizer;
	private final Progress progress;
	private final TrainingListener listener;
	private final Saver saver;
	private final double interval;
	private final EpisodeLoader loader;
	private final TimeEstimate pace = new TimeEstimate();

	private TrainingPosition position;
	private StateDict best;
	private long saved = System.nanoTime();
	private String figuresSoFar = "";
	private boolean canceled;

	TrainingRun(final NDManager manager, final TrainingContext learner, final Objective objective,
		final TrainingOptions options, final EpisodeSampler sampler, final Validation validation,
		final Validation heldOut, final Optimizer optimizer, final Progress progress, final TrainingListener listener,
		final Saver saver, final double interval)
	{
		this.manager = manager;
		this.learner = learner;
		this.objective = objective;
		this.options = options;
		this.sampler = sampler;
		this.validation = validation;
		this.heldOut = heldOut;
		this.optimizer = optimizer;
		this.progress = progress;
		this.listener = listener;
		this.saver = saver;
		this.interval = interval;
		loader = new EpisodeLoader(learner.data().tiles());
	}

	/** Goes on from a position to the end. */
	TrainingResult run(final TrainingPosition from, final StateDict bestSoFar) throws IOException {
		position = from;
		best = bestSoFar;
		try {
			while (true) {
				final TrainingResult.Ending ending = ending();
				if (ending != null) {
					// A state without sense isn't worth going on from; the last good one stays.
					if (interval < Double.POSITIVE_INFINITY && ending != TrainingResult.Ending.DIVERGED)
						saver.save(position, best);
					return result(ending);
				}
				epoch();
			}
		}
		finally {
			loader.finish();
		}
	}

	/** Returns the reason to end now; {@code null} = go on. */
	private TrainingResult.Ending ending() {
		if (Double.isNaN(position.lossSum())) return TrainingResult.Ending.DIVERGED;
		if (Collapse.found(position.log())) {
			progress.info(Collapse.ADVICE);
			return TrainingResult.Ending.COLLAPSED;
		}
		if (position.epoch() - position.bestEpoch() >= options.patience()) return TrainingResult.Ending.PATIENCE;
		if (position.epoch() >= options.epochs()) return TrainingResult.Ending.EPOCHS;
		return isCanceled() ? TrainingResult.Ending.CANCELED : null;
	}

	/** The rest of the current epoch; returns early if there is a reason to end. */
	private void epoch() throws IOException {
		final int number = position.epoch();
		final List<Episode> episodes = sampler.epoch(RandomStream.of(options.seed(), "episodes", number));
		final int group = sampler.sizes().accumulate();
		if (position.episode() < episodes.size()) load(episodes, position.episode());
		while (position.episode() < episodes.size()) {
			if (isCanceled()) {
				loader.finish();
				return;
			}
			if (!step(episodes, group)) {
				loader.finish();
				return;
			}
			if (Double.isNaN(position.lossSum())) {
				final String message = "The loss isn't a number any more in epoch " + (number + 1) +
					": choose a lower learning rate or, for an objective that perturbs, a smaller radius";
				if (best == null) throw new ArithmeticException(message);
				progress.info(message);
				loader.finish();
				return;
			}
			report(record(episodes.size()));
			if ((System.nanoTime() - saved) * 1e-9 >= interval) save();
		}
		final Validation.Score score = validate(validation);
		if (score == null) return;
		final Validation.Score out = heldOut == null ? Validation.Score.NONE : validate(heldOut);
		if (out == null) return;
		final double loss = position.lossSum() / episodes.size();
		final boolean better = score.loss() < position.bestLoss();
		if (better) best = learner.network().parameters().toStateDict();
		position = position.afterEpoch(new EpochRecord(number + 1, optimizer.steps(), rate(optimizer.steps() - 1), loss,
			(double) position.correct() / position.seen(), score.loss(), score.accuracy(), out.loss(), out.accuracy(),
			better, position.meanFigures()));
		if (interval < Double.POSITIVE_INFINITY) save();
		listener.epoch(position.log());
	}

	/**
	 * Takes one step of the optimizer: a group of episodes whose gradients add up.
	 *
	 * @return {@code false} if it was canceled in the middle; everything is as before the step then
	 */
	private boolean step(final List<Episode> episodes, final int group) throws IOException {
		pace.begin();
		final StateDict statistics = group == 1 ? null : learner.network().parameters().statistics();
		double losses = 0;
		int correct = 0;
		int seen = 0;
		final List<Map<String, Double>> figures = new ArrayList<>();
		try (NDManager together = manager.newSubManager()) {
			NDList sums = null;
			for (int i = 0; i < group; i++) {
				if (i > 0 && isCanceled()) {
					learner.network().parameters().restore(statistics);
					return false;
				}
				final int index = position.episode() + i;
				progress.report((figuresSoFar.isEmpty() ? "First step of the training: e" : "E") + "poch " +
					(position.epoch() + 1) + ", episode " + (index + 1) + " of " + episodes.size() + figuresSoFar);
				final Episode episode = episodes.get(index);
				try (NDManager step = manager.newSubManager();
					GradientCollector recording = manager.getEngine().newGradientCollector())
				{
					final NDArray images = loader.take(step);
					if (index + 1 < episodes.size()) load(episodes, index + 1);
					final Outcome outcome = objective.forward(new Step(learner, episode, images,
						RandomStream.of(options.seed(), "step", position.epoch(), index),
						(double) optimizer.steps() / steps()));
					final NDArray loss = group == 1 ? outcome.loss() : ScalarOps.over(outcome.loss(), group);
					final NDList found = TrainingOps.gradients(loss, learner.trained().values());
					if (sums == null) {
						found.attach(together);
						sums = found;
					}
					else TrainingOps.add(sums, found);
					losses += outcome.loss().getFloat();
					correct += learner.targets().correct(outcome.logits(), episode.queries());
					seen += episode.queries().length;
					figures.add(outcome.figures());
				}
			}
			optimizer.step(rate(optimizer.steps()), sums);
		}
		position = position.afterStep(group, losses, correct, seen, figures);
		pace.end(group);
		return true;
	}

	private void load(final List<Episode> episodes, final int index) {
		final int epoch = position.epoch();
		loader.start(episodes.get(index),
			place -> RandomStream.of(options.seed(), "augmentation", epoch, index, place));
	}

	private Validation.Score validate(final Validation what) throws IOException {
		pace.beginValidation(what == validation);
		// Without recording: a recording would keep all activations.
		learner.trained().values().forEach(p -> p.setRequiresGradient(false));
		try {
			final String part = what == validation ? "validation" : "held-out batches";
			return what.score(manager, learner.network(), (chunk, total) -> {
				progress.report("Epoch " + (position.epoch() + 1) + " of " + options.epochs() + ", " + part + " " +
					(chunk + 1) + " of " + total + figuresSoFar);
				return !isCanceled();
			});
		}
		finally {
			learner.trained().values().forEach(p -> p.setRequiresGradient(true));
			pace.endValidation();
		}
	}

	private long steps() {
		return (long) options.epochs() * sampler.episodesPerEpoch() / sampler.sizes().accumulate();
	}

	private double rate(final long step) {
		return options.optimizer().learningRate().at(step, steps());
	}

	private void save() throws IOException {
		saver.save(position, best);
		saved = System.nanoTime();
	}

	private boolean isCanceled() {
		// The interrupt is cleared, as an interrupted thread can't write a checkpoint.
		canceled |= progress.isCanceled() | Thread.interrupted();
		return canceled;
	}

	private void report(final StepRecord step) {
		figuresSoFar = String.format(Locale.ROOT, ", loss %.3f%s", step.loss(), Double.isNaN(step.secondsLeft()) ? ""
			: ", at most " + Durations.text(step.secondsLeft()) + " left");
		progress.report("Epoch " + step.epoch() + " of " + step.epochs() + ", " + step.episode() + " of " +
			Count.of(step.episodes(), "episode") + figuresSoFar, step.done(), step.total());
		listener.step(step);
	}

	private StepRecord record(final int episodes) {
		final int done = position.episode();
		return new StepRecord(position.epoch() + 1, options.epochs(), done, episodes, position.lossSum() / done,
			(double) position.correct() / position.seen(), pace.secondsLeft(
				(long) (options.epochs() - position.epoch()) * episodes - done, options.epochs() - position.epoch()));
	}

	private TrainingResult result(final TrainingResult.Ending ending) {
		final StateDict last = learner.network().parameters().toStateDict();
		return new TrainingResult(best == null ? last : best, last, position.bestEpoch(), position.log(),
			sampler.sizes(), objective.statistics(), ending);
	}
}
