// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.isophene.engine.TrainingOps;
import io.github.isophene.network.Normalization;
import io.github.isophene.network.ResNet;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.training.data.Episode;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.TrainingData;

/**
 * One episode on its way through the network: what an {@link Objective} works with. All its
 * arrays are closed when the step is over.
 */
public final class Step {

	private final ResNet network;
	private final TrainedPart part;
	private final Map<String, NDArray> named;
	private final Collection<NDArray> trained;
	private final TrainingData data;
	private final Episode episode;
	private final NDArray images;
	private final Targets targets;
	private final float momentum;
	private final RandomStream random;
	private final double progress;

	/** A step of this episode; the thread must record gradients. */
	public Step(final TrainingContext learner, final Episode episode, final NDArray images, final RandomStream random,
		final double progress)
	{
		network = learner.network();
		part = learner.part();
		named = learner.trained();
		trained = named.values();
		momentum = learner.momentum();
		targets = learner.targets();
		data = learner.data();
		this.episode = episode;
		this.images = images;
		this.random = random;
		this.progress = progress;
	}

	/** The network; its trained parameters record gradients. */
	public ResNet network() {
		return network;
	}

	/** Returns the episode. */
	public Episode episode() {
		return episode;
	}

	/** The images [queries + controls, C, H, W], queries first. */
	public NDArray images() {
		return images;
	}

	/**
	 * Embeddings [queries + controls, D] of the images.
	 *
	 * @param normalization by which statistics; left alone where the images were encoded before the
	 *          training, see {@link Objective#probes}
	 */
	public NDArray embed(final Normalization normalization) {
		return EncodedTiles.embeddings(data.tiles(), network, images, normalization);
	}

	/** Returns the number of queries among the images. */
	public int queries() {
		return episode.queries().length;
	}

	/** Returns the metadata of the image at a place in [queries ; controls]. */
	public Sample sample(final int place) {
		return data.samples().get(episode.sample(place));
	}

	/** Manager of the step's arrays. */
	public NDManager manager() {
		return images.getManager();
	}

	/** Random numbers of this step: the same whenever this step is done again. */
	public RandomStream random() {
		return random;
	}

	/** Returns the share of the training that is done, 0 to 1: for warm-ups. */
	public double progress() {
		return progress;
	}

	/** Returns whether a parameter of this name is being trained. */
	public boolean trains(final String parameter) {
		return part.trains(parameter);
	}

	/** A parameter of the objective's own, see {@link Objective#parameters}; records gradients. */
	public NDArray own(final String name) {
		final NDArray array = named.get(name);
		if (array == null) throw new IllegalArgumentException("The objective has no parameter '" + name + "'");
		return array;
	}

	/**
	 * Statistics of the batch itself, which the stored ones follow: PyTorch's training mode,
	 * and the joint statistics of an episode with controls.
	 */
	public Normalization batchStatistics() {
		return Normalization.updating(momentum);
	}

	/**
	 * The statistics of ordinary training: {@link #batchStatistics} where the normalization is
	 * trained, stored ones where it is frozen.
	 */
	public Normalization ordinaryStatistics() {
		final Normalization batch = batchStatistics();
		final Normalization stored = Normalization.running();
		return (x, layer) -> (trains(layer.name() + ".weight") ? batch : stored).apply(x, layer);
	}

	/** The first rows of an array [queries + controls, ...]: those of the queries. */
	public NDArray queryRows(final NDArray rows) {
		return episode.controls().length == 0 ? rows : rows.get("0:" + queries());
	}

	/**
	 * Cross-entropy of the queries' labels, in nats, averaged with the class weights.
	 *
	 * @param logits [queries, classes], or of the first queries only
	 * @return a scalar
	 */
	public NDArray crossEntropy(final NDArray logits) {
		return targets.crossEntropy(logits, Arrays.copyOf(episode.queries(), (int) logits.getShape().get(0)));
	}

	/** The labels of the first n queries [n, classes]: 1 at the label, 0 elsewhere; of the step's manager. */
	public NDArray labels(final int n) {
		return targets.labels(manager(), Arrays.copyOf(episode.queries(), n));
	}

	/**
	 * Returns which of the first queries have the highest logit at their label.
	 *
	 * @param logits [n, classes] of the first n queries
	 */
	public boolean[] right(final NDArray logits) {
		return targets.right(logits, Arrays.copyOf(episode.queries(), (int) logits.getShape().get(0)));
	}

	/**
	 * Does something while the network's weights are frozen: only gradients of what the caller
	 * attached one to are recorded. For inner steps on an input or a perturbation.
	 */
	public <T> T frozen(final Supplier<T> inner) {
		trained.forEach(p -> p.setRequiresGradient(false));
		try {
			return inner.get();
		}
		finally {
			trained.forEach(p -> p.setRequiresGradient(true));
		}
	}

	/**
	 * The gradient of a scalar. Inside {@link #frozen} only: there nothing is computed for the weights.
	 *
	 * @param loss a scalar that depends on the leaf; its recording is used up
	 * @param leaf an array that requires a gradient
	 * @return the gradient, of the leaf's shape and the loss's manager
	 */
	public NDArray gradient(final NDArray loss, final NDArray leaf) {
		if (trained.stream().anyMatch(NDArray::hasGradient))
			throw new IllegalStateException(
				"Inner gradients are taken while the weights are frozen: see Step.frozen");
		return TrainingOps.gradients(loss, List.of(leaf)).singletonOrThrow();
	}
}
