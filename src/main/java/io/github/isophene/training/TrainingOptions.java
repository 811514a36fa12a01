// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.util.Objects;

import io.github.isophene.engine.Precision;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.optimizer.OptimizerOptions;

/**
 * Options of a training run; the objective is apart.
 *
 * @param part which parameters are trained
 * @param optimizer how steps are made
 * @param sizes of the episodes
 * @param epochs at most
 * @param patience epochs without a better validation loss after which it ends
 * @param balanced whether every class counts the same in the loss, however often it occurs
 * @param momentum how fast stored statistics follow those of the batches: running = (1 - m) running + m batch
 * @param seed of everything random
 * @param device see {@link io.github.isophene.engine.Engines#device(String)}
 * @param precision of the convolutions of the steps; weights, optimizer, normalizations, losses and adversarial ascents
 *          are float32 in either
 */
public record TrainingOptions(TrainedPart part, OptimizerOptions optimizer, EpisodeSizes sizes, int epochs,
	int patience, boolean balanced, float momentum, long seed, String device, Precision precision)
{

	/**
	 * The published recipe: everything is trained, Adam at 1e-3, up to 200 epochs, patience 20,
	 * seed 1234; sizes of episodes by the data.
	 */
	public static final TrainingOptions PUBLISHED = new TrainingOptions(TrainedPart.WHOLE, OptimizerOptions.adam(1e-3),
		EpisodeSizes.AUTOMATIC, 200, 20, false, 0.1f, 1234, "auto", Precision.FLOAT32);

	/** @throws IllegalArgumentException if a number is out of range */
	public TrainingOptions {
		Objects.requireNonNull(precision, "precision");
		if (epochs < 1) throw new IllegalArgumentException("epochs = " + epochs + ": it must be 1 or more");
		if (patience < 1) throw new IllegalArgumentException("patience = " + patience + ": it must be 1 or more");
		if (!(momentum >= 0 && momentum <= 1))
			throw new IllegalArgumentException("momentum = " + momentum + ": it must be from 0 to 1");
	}

	/** The same for another part. */
	public TrainingOptions withPart(final TrainedPart other) {
		return new TrainingOptions(other, optimizer, sizes, epochs, patience, balanced, momentum, seed, device,
			precision);
	}

	/** The same with another optimizer. */
	public TrainingOptions withOptimizer(final OptimizerOptions other) {
		return new TrainingOptions(part, other, sizes, epochs, patience, balanced, momentum, seed, device,
			precision);
	}

	/** The same with other sizes of episodes. */
	public TrainingOptions withSizes(final EpisodeSizes other) {
		return new TrainingOptions(part, optimizer, other, epochs, patience, balanced, momentum, seed, device,
			precision);
	}

	/** The same with another number of epochs, and after how many without progress it ends. */
	public TrainingOptions withEpochs(final int most, final int withoutProgress) {
		return new TrainingOptions(part, optimizer, sizes, most, withoutProgress, balanced, momentum, seed, device,
			precision);
	}

	/** The same, classes weighted or not. */
	public TrainingOptions withBalanced(final boolean other) {
		return new TrainingOptions(part, optimizer, sizes, epochs, patience, other, momentum, seed, device,
			precision);
	}

	/** The same with another seed. */
	public TrainingOptions withSeed(final long other) {
		return new TrainingOptions(part, optimizer, sizes, epochs, patience, balanced, momentum, other, device,
			precision);
	}

	/** The same on another device. */
	public TrainingOptions withDevice(final String other) {
		return new TrainingOptions(part, optimizer, sizes, epochs, patience, balanced, momentum, seed, other,
			precision);
	}

	/**
	 * The same in another precision.
	 *
	 * @param label one of {@link Precision#labels}
	 */
	public TrainingOptions withPrecision(final String label) {
		return withPrecision(Precision.of(label));
	}

	TrainingOptions withPrecision(final Precision other) {
		return new TrainingOptions(part, optimizer, sizes, epochs, patience, balanced, momentum, seed, device, other);
	}

	/** Returns a text that is the same only if trainings give the same result: all of it but the device. */
	public String identity() {
		// Float32 goes without saying, as in the signatures of other runs.
		return withDevice("").toString().replace(", precision=" + Precision.FLOAT32, "");
	}
}
