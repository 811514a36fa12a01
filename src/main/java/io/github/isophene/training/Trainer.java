// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import ai.djl.ndarray.NDManager;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.Precision;
import io.github.isophene.messages.Count;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Head;
import io.github.isophene.network.LayerNorms;
import io.github.isophene.network.Parameters;
import io.github.isophene.network.ResNet;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.progress.Progress;
import io.github.isophene.training.data.EpisodeSampler;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.Split;
import io.github.isophene.training.data.TrainingData;
import io.github.isophene.training.optimizer.Optimizer;

/**
 * Trains a network on a data set by an objective.
 * <pre>
 * Split split = Split.of(data.samples(), List.of("week10"), Split.INNER, 1234);
 * TrainingResult result = new Trainer(data, split, new CsArmBn(), TrainingOptions.PUBLISHED)
 *   .checkpoint(Path.of("model.checkpoint"), 60)
 *   .train(architecture, Initialization.random(architecture, 1234));
 * </pre>
 * On the CPU, the same data, options, start weights and number of threads give the same
 * weights to the bit, also if the training was interrupted and resumed from its checkpoint.
 */
public final class Trainer {

	/** The engine records gradients for one training at a time in a process. */
	private static final AtomicBoolean RUNNING = new AtomicBoolean();

	private final TrainingData data;
	private final Split split;
	private final Objective objective;
	private final TrainingOptions options;
	private Progress progress = Progress.NONE;
	private TrainingListener listener = TrainingListener.NONE;
	private Path checkpoint;
	private double interval;

	/** A training of these parts. */
	public Trainer(final TrainingData data, final Split split, final Objective objective,
		final TrainingOptions options)
	{
		this.data = Objects.requireNonNull(data, "data");
		this.split = Objects.requireNonNull(split, "split");
		this.objective = Objects.requireNonNull(objective, "objective");
		this.options = Objects.requireNonNull(options, "options");
	}

	/** Sets the progress of the training; a canceled training keeps the best weights so far. */
	public Trainer progress(final Progress other) {
		progress = Objects.requireNonNull(other, "progress");
		return this;
	}

	/** Sets the listener for the numbers of the training. */
	public Trainer listener(final TrainingListener other) {
		listener = Objects.requireNonNull(other, "listener");
		return this;
	}

	/**
	 * Sets a file that holds the state of the training, written every so often and when it is
	 * canceled. If the file is there already and is of this training, the training goes on
	 * from it. It stays after the end; a training of which it is the end isn't done again.
	 *
	 * @param file the checkpoint
	 * @param seconds how often it is written; at the end of an epoch in any case. 0 = after every step
	 */
	public Trainer checkpoint(final Path file, final double seconds) {
		checkpoint = Objects.requireNonNull(file, "file");
		interval = seconds;
		return this;
	}

	/**
	 * Trains. Blocks until the end.
	 *
	 * @param architecture the network, with as many outputs as there are classes
	 * @param start the weights to begin with: of {@link io.github.isophene.network.Initialization} or of a model
	 * @throws IOException if an image can't be read, or the checkpoint not be read or written
	 * @throws IllegalArgumentException if the parts don't fit together
	 * @throws ArithmeticException if the loss is no number any more before the first epoch is over
	 * @throws IllegalStateException if another training is running in this process
	 */
	public TrainingResult train(final Architecture architecture, final StateDict start) throws IOException {
		if (RUNNING.getAndSet(true))
			throw new IllegalStateException(
				"Another training is running in this program: wait for its end, or cancel it");
		try {
			return run(architecture, start);
		}
		finally {
			RUNNING.set(false);
		}
	}

	private TrainingResult run(final Architecture architecture, final StateDict start) throws IOException {
		check(architecture);
		architecture.check(start);
		split.messages().forEach(progress::info);
		final Checkpoint from = resume(architecture, start);
		final String fingerprint = fingerprint(options, architecture, start);
		final Objective objective = this.objective.prepared(data, split.training(), progress::info);
		final EpisodeSampler sampler = objective.sampler(data, split.training(), options.sizes(), progress::info);
		final Targets targets = new Targets(data, options.balanced() ? data.balancedWeights(split.training()) : null);
		try (NDManager manager = Engines.newManager(options.device());
			Parameters parameters = new Parameters(manager, architecture, from == null ? start : from.weights());
			OwnParameters own = new OwnParameters(manager, objective.parameters(architecture, options.seed()),
				from == null ? null : from.weights()))
		{
			final ResNet network = new ResNet(architecture, parameters,
				options.precision().require(manager.getDevice()));
			final TrainingData seen = encoded(manager, network);
			final Validation validation = new Validation(seen, split.validation(), objective, sampler.sizes(), targets,
				options.seed());
			final Validation heldOut = heldOut(seen, sampler.sizes(), targets);
			final TrainingContext learner = TrainingContext.of(network, options.part(), own.all(), seen, targets,
				options.momentum());
			try (Optimizer optimizer = options.optimizer().create(manager, learner.trained())) {
				if (from != null) optimizer.restore(from.optimizer(), from.optimizerSteps());
				final TrainingRun run = new TrainingRun(manager, learner, objective, options, sampler, validation,
					heldOut, optimizer, progress, listener,
					(position,
						best) -> new Checkpoint(fingerprint, position, own.with(parameters.toStateDict()), best,
							optimizer.state(), optimizer.steps()).write(checkpoint),
					checkpoint == null ? Double.POSITIVE_INFINITY : interval);
				return run.run(from == null ? TrainingPosition.START : from.position(),
					from == null ? null : from.best());
			}
		}
	}

	/** The data with every image encoded, if the training leaves the encoder and the images as they are. */
	private TrainingData encoded(final NDManager manager, final ResNet network) throws IOException {
		if (options.part() != TrainedPart.HEAD || !objective.probes() || data.tiles().isRandom()) return data;
		progress.info("Only the linear layer is trained, on images as they are: each is encoded once");
		return new TrainingData(data.samples(), data.classes(),
			EncodedTiles.of(data, split, manager, network, progress));
	}

	/** Scores the held-out batches after every epoch, for the log alone; {@code null} if that can't be done. */
	private Validation heldOut(final TrainingData seen, final EpisodeSizes sizes, final Targets targets) {
		if (split.heldOut().length == 0) return null;
		try {
			return new Validation(seen, split.heldOut(), objective, sizes, targets, options.seed());
		}
		catch (final IllegalArgumentException e) {
			progress.info("The accuracy on the held-out batches will not be known: " + e.getMessage());
			return null;
		}
	}

	private void check(final Architecture architecture) {
		if (architecture.classes() != data.classes().size())
			throw new IllegalArgumentException("The network has " + Count.of(architecture.classes(), "output") +
				", but there are " + Count.of(data.classes().size(), "class"));
		if (!architecture.head().equals(objective.head()))
			throw new IllegalArgumentException("The objective " + objective.name() + " trains " +
				text(objective.head()) + ", but the network has " + text(architecture.head()));
		if (architecture.channels() != data.tiles().channels())
			throw new IllegalArgumentException("The network takes " + Count.of(architecture.channels(), "channel") +
				", but the images have " + data.tiles().channels());
		if (!architecture.adapts() && objective.statistics() != StatisticsOrigin.TRAINING)
			throw new IllegalArgumentException("The objective " + objective.name() + " trains by statistics = " +
				objective.statistics().label() + ", but " + architecture.name() + " normalizes each image by itself: " +
				"use an objective such as erm, or a network with batch normalization");
		if (architecture.norms() == LayerNorms.INSTANCE && data.tiles().size() <= 32)
			throw new IllegalArgumentException("The last layers of " + architecture.name() + " see one pixel of " +
				data.tiles().size() + " x " + data.tiles().size() + ", which has no variance: use tiles of 33 or more");
		if (data.tiles().size() < 32)
			throw new IllegalArgumentException(
				"The network needs images of at least 32 x 32 " + "pixels, not " + data.tiles().size());
	}

	private static String text(final Head head) {
		return head.cosine() ? "a cosine classifier of scale " + head.scale() : "a linear layer";
	}

	private Checkpoint resume(final Architecture architecture, final StateDict start) throws IOException {
		if (checkpoint == null || Files.notExists(checkpoint)) return null;
		final Checkpoint found = Checkpoint.read(checkpoint);
		if (!found.fingerprint().equals(fingerprint(options, architecture, start)))
			throw new IllegalArgumentException("The checkpoint " + checkpoint + " is of another training (other " +
				precisionOf(found, architecture, start).map(other -> "precision: it was begun with " + other.label())
					.orElse("images, options or start weights") +
				"): delete it (or set resume to false) to train from the start, or give the options it was begun with");
		progress.info("Resuming at epoch " + (found.position().epoch() + 1) + ", episode " +
			(found.position().episode() + 1) + " from " + checkpoint);
		return found;
	}

	/** Returns the precision of a checkpoint in which nothing else is different. */
	private Optional<Precision> precisionOf(final Checkpoint found, final Architecture architecture,
		final StateDict start)
	{
		return Arrays.stream(Precision.values())
			.filter(other -> found.fingerprint()
				.equals(fingerprint(options.withPrecision(other), architecture, start)))
			.findFirst();
	}

	private String fingerprint(final TrainingOptions of, final Architecture architecture, final StateDict start) {
		return Fingerprint.of(data, split, objective, of, architecture, start);
	}
}
