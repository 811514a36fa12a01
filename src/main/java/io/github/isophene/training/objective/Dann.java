// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.github.isophene.engine.ScalarOps;
import io.github.isophene.network.Architecture;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.settings.Setting;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Step;
import io.github.isophene.training.data.TrainingData;
import org.scijava.plugin.Plugin;

/**
 * Domain-adversarial training (Ganin et al. 2016, arXiv:1505.07818) with batches as domains: a classifier with one
 * hidden layer learns to tell the batch of an embedding, and its gradient reaches the network reversed and times lambda
 * =
 * 2 / (1 + exp(-10 p)) - 1, with p the share of the training that is done, as published. The 100 hidden units are those
 * of the paper's smallest networks. Test images take no part, as batches to predict on are not known in training.
 */
@Plugin(type = Objective.class)
public final class Dann extends BatchInvariant {

	private static final String NAME = "dann";
	private static final String PREFIX = NAME + ".";
	private static final double STEEPNESS = 10;
	private static final List<Setting> CHOICES = List.of(
		Setting.number("weight", 1, 0, 1e6, "of the loss of the batch classifier"),
		Setting.count("hidden", 100, 1, 100_000, "units of the hidden layer of the batch classifier"));

	/** Batches in the order of their numbers; empty before {@link #prepared}. */
	private final List<String> batches;

	/** With the default settings. */
	public Dann() {
		this(Map.of(), List.of());
	}

	private Dann(final Map<String, String> chosen, final List<String> batches) {
		super(NAME, CHOICES, chosen);
		this.batches = batches;
	}

	@Override
	public Objective configured(final Map<String, String> chosen) {
		return new Dann(chosen, List.of());
	}

	/** Returns the objective with the batches of the training images. */
	@Override
	public Objective prepared(final TrainingData data, final int[] training, final Consumer<String> log) {
		final TreeSet<String> names = new TreeSet<>();
		for (final int i : training) if (data.samples().get(i).labeled()) names.add(data.samples().get(i).batch());
		return new Dann(settings(), List.copyOf(names));
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String description() {
		return "Embeddings that do not tell the batch, against a batch classifier (DANN, arXiv:1505.07818)";
	}

	@Override
	int together() {
		return Integer.MAX_VALUE;
	}

	/** Returns the batch classifier: each layer uniform within 1 / sqrt(inputs), as PyTorch starts linear layers. */
	@Override
	public Map<String, float[]> parameters(final Architecture architecture, final long seed) {
		final int d = architecture.embeddingDimension();
		final int hidden = hidden();
		final Map<String, float[]> first = new TreeMap<>();
		first.put(PREFIX + "weight1", uniform(seed, "weight1", hidden * d, d));
		first.put(PREFIX + "bias1", uniform(seed, "bias1", hidden, d));
		first.put(PREFIX + "weight2", uniform(seed, "weight2", batches.size() * hidden, hidden));
		first.put(PREFIX + "bias2", uniform(seed, "bias2", batches.size(), hidden));
		return first;
	}

	private int hidden() {
		return chosen().integer("hidden");
	}

	private static float[] uniform(final long seed, final String name, final int n, final int inputs) {
		final RandomStream random = RandomStream.of(seed, PREFIX + name);
		final float[] values = new float[n];
		for (int i = 0; i < n; i++) values[i] = (float) ((2 * random.nextDouble() - 1) / Math.sqrt(inputs));
		return values;
	}

	@Override
	NDArray penalty(final Step step, final NDArray embeddings, final String[] of) {
		final float lambda = (float) (2 / (1 + Math.exp(-STEEPNESS * step.progress())) - 1);
		return loss(embeddings,
			step.own(PREFIX + "weight1").reshape(new Shape(hidden(), embeddings.getShape().get(1))),
			step.own(PREFIX + "bias1"), step.own(PREFIX + "weight2").reshape(new Shape(batches.size(), hidden())),
			step.own(PREFIX + "bias2"), Arrays.stream(of).mapToInt(this::index).toArray(), lambda);
	}

	/**
	 * Returns the cross-entropy of the batch classifier, whose gradient reaches the embeddings reversed.
	 *
	 * @param embeddings [N, D]
	 * @param weight1 [H, D]
	 * @param bias1 [H]
	 * @param weight2 [B, H]
	 * @param bias2 [B]
	 * @param of batch of each image, [N]
	 * @param lambda factor of the reversed gradient
	 */
	static NDArray loss(final NDArray embeddings, final NDArray weight1, final NDArray bias1, final NDArray weight2,
		final NDArray bias2, final int[] of, final float lambda)
	{
		final int n = of.length;
		final int k = (int) weight2.getShape().get(0);
		// The value of the embedding, and minus lambda times its gradient.
		final NDArray reversed = ScalarOps.times(embeddings, -lambda)
			.add(ScalarOps.times(embeddings.stopGradient(), 1 + lambda));
		final NDArray inner = Activation.relu(reversed.matMul(weight1.transpose()).add(bias1));
		final NDArray logits = inner.matMul(weight2.transpose()).add(bias2);
		final float[] ones = new float[n * k];
		for (int i = 0; i < n; i++) ones[i * k + of[i]] = 1;
		return ScalarOps.over(logits.logSoftmax(1).mul(RandomStyle.array(embeddings, ones, n, k)).sum(), -n);
	}

	private int index(final String batch) {
		final int index = batches.indexOf(batch);
		if (index < 0)
			throw new IllegalStateException(
				"The batch " + batch + " is not among those of the training: " + Arrays.asList(batches));
		return index;
	}
}
