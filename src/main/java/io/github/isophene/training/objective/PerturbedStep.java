// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import io.github.isophene.engine.ElementTypes;
import io.github.isophene.engine.ScalarOps;
import io.github.isophene.network.CameraPerturbation;
import io.github.isophene.network.Normalization;
import io.github.isophene.training.EmbeddingSpread;
import io.github.isophene.training.Outcome;
import io.github.isophene.training.Step;

/**
 * One step of a min-max training: coordinates of a perturbation climb the loss of the
 * frozen network, then the loss of perturbed images, and of clean ones, is what the
 * weights make small.
 */
final class PerturbedStep {

	private final PerturbationOptions options;
	private final CameraPerturbation camera;
	private final ClassLoss loss;
	private final Alignment alignment;
	private final double weight;
	private final Step step;
	private final Normalization outer;
	private final Normalization inner;
	private final Map<String, Double> figures = new TreeMap<>();

	/**
	 * @param camera the perturbation of the images; {@code null} if there is none
	 * @param weight factor on the alignment
	 * @param outer how the weights' pass normalizes
	 * @param inner how the ascent does
	 */
	PerturbedStep(final PerturbationOptions options, final CameraPerturbation camera, final ClassLoss loss,
		final Alignment alignment, final double weight, final Step step, final Normalization outer,
		final Normalization inner)
	{
		this.options = options;
		this.camera = camera;
		this.loss = loss;
		this.alignment = alignment;
		this.weight = weight;
		this.step = step;
		this.outer = outer;
		this.inner = inner;
	}

	/**
	 * Perturbation of a step, for display.
	 *
	 * @param coordinates [groups x coordinates]
	 * @param groups of the images: the row of coordinates that each has
	 * @param site the first site: images, or activations
	 * @param logits [N, classes]
	 * @param loss cross-entropy of the queries without a margin, as that of the probabilities, nats
	 */
	record Shown(float[] coordinates, int[] groups, NDArray site, NDArray logits, double loss) {}

	/**
	 * Perturbs all images, or none, without learning from them; the network must be frozen.
	 *
	 * @return arrays belong to the step's manager
	 */
	Shown show(final boolean perturb) {
		final PerturbedPass pass = new PerturbedPass(step, options, camera);
		final boolean[] active = new boolean[pass.groups()];
		Arrays.fill(active, perturb);
		final NDArray base = pass.base(inner);
		final float[] d = perturb ? coordinates(pass, base, active) : new float[active.length * pass.coordinates()];
		final NDArray leaf = pass.array(d);
		final NDArray logits = step.network().logits(pass.embed(base, leaf, inner, false));
		final int[] groups = IntStream.range(0, (int) base.getShape().get(0)).map(pass::group).toArray();
		return new Shown(d, groups, pass.firstSite(base, leaf), logits, value(step.crossEntropy(logits)));
	}

	/** The step: clean or perturbed as the warm-up and chance have it. */
	Outcome run() {
		final boolean mix = options.combine() == PerturbationOptions.Combine.MIX;
		final boolean chosen = mix || step.random().nextDouble() < options.probability();
		if (step.progress() < options.warmUp() || !chosen || options.ascent().radius() == 0) return clean();
		final PerturbedPass pass = new PerturbedPass(step, options, camera);
		final boolean[] active = new boolean[pass.groups()];
		for (int g = 0; g < active.length; g++) active[g] = !mix || step.random().nextDouble() < options.probability();
		final NDArray base = pass.base(outer);
		try (NDArray d = pass.array(coordinates(pass, base, active))) {
			return options.combine() == PerturbationOptions.Combine.BOTH ? both(pass, base, d)
				: instead(pass, base, d, active);
		}
		finally {
			if (base != step.images()) base.close();
		}
	}

	private Outcome clean() {
		try (NDArray embeddings = step.network().embed(step.images(), outer)) {
			final NDArray logits = step.network().logits(step.queryRows(embeddings));
			EmbeddingSpread.add(embeddings, figures);
			EmbeddingSpread.addPredictions(logits, figures);
			return new Outcome(loss.of(step, logits), logits, figures);
		}
	}

	/** Perturbed images instead of clean ones, all or some. */
	private Outcome instead(final PerturbedPass pass, final NDArray base, final NDArray d, final boolean[] active) {
		try (NDArray embeddings = pass.embed(base, d, outer, false)) {
			final NDArray logits = step.network().logits(step.queryRows(embeddings));
			EmbeddingSpread.add(embeddings, figures);
			EmbeddingSpread.addPredictions(logits, figures);
			final boolean[] right = step.right(logits);
			accuracy("clean_accuracy", right, pass, active, false);
			accuracy("perturbed_accuracy", right, pass, active, true);
			return new Outcome(loss.of(step, logits), logits, figures);
		}
	}

	private void accuracy(final String name, final boolean[] right, final PerturbedPass pass, final boolean[] active,
		final boolean perturbed)
	{
		int n = 0;
		int correct = 0;
		for (int i = 0; i < right.length; i++) {
			if (active[pass.group(i)] != perturbed) continue;
			n++;
			if (right[i]) correct++;
		}
		if (n > 0) figures.put(name, (double) correct / n);
	}

	/** Every image clean and perturbed: (L + L') / 2 + weight x alignment. */
	private Outcome both(final PerturbedPass pass, final NDArray base, final NDArray d) {
		final int n = step.queries();
		try (NDScope scope = new NDScope()) {
			final NDArray embeddings = pass.embed(base, d, outer, true);
			final NDArray cleanEmbeddings = embeddings.get("0:" + n);
			final NDArray otherEmbeddings = embeddings.get(n + ":");
			final NDArray logits = step.network().logits(cleanEmbeddings);
			final NDArray otherLogits = step.network().logits(otherEmbeddings);
			final NDArray cleanLoss = loss.of(step, logits);
			final NDArray otherLoss = loss.of(step, otherLogits);
			NDArray total = ScalarOps.over(cleanLoss.add(otherLoss), 2f);
			final NDArray aligned = alignment.of(logits, otherLogits, scaled(cleanEmbeddings), scaled(otherEmbeddings));
			if (aligned != null) {
				total = total.add(ScalarOps.times(aligned, (float) weight));
				figures.put("alignment", value(aligned));
			}
			EmbeddingSpread.add(cleanEmbeddings, figures);
			EmbeddingSpread.addPredictions(logits, figures);
			figures.put("clean_accuracy", share(step.right(logits)));
			figures.put("perturbed_accuracy", share(step.right(otherLogits)));
			NDScope.unregister(total, logits);
			return new Outcome(total, logits, figures);
		}
	}

	/**
	 * Embeddings of length 1 in the unit of the logits: times the cosine classifier's scale. Their covariances are a
	 * thousandth of those of other embeddings, and an alignment of them would be nothing beside the loss.
	 */
	private NDArray scaled(final NDArray embeddings) {
		return loss.head().cosine() ? ScalarOps.times(embeddings, (float) loss.head().scale()) : embeddings;
	}

	private static double share(final boolean[] right) {
		int n = 0;
		for (final boolean r : right) if (r) n++;
		return (double) n / right.length;
	}

	/** The coordinates [groups x coordinates] that the ascent ends at. */
	private float[] coordinates(final PerturbedPass pass, final NDArray base, final boolean[] active) {
		final int n = pass.looked();
		final Ascent.AscentResult result;
		try (NDArray detached = base.stopGradient();
			NDArray seen = n == detached.getShape().get(0) ? detached.duplicate() : detached.get("0:" + n))
		{
			final double[] before = {Double.NaN};
			result = options.ascent().run(active, pass.coordinates(), step.random(), d -> {
				final float[] gradient = new float[d.length];
				final double value = climb(pass, seen, d, gradient);
				if (Double.isNaN(before[0])) before[0] = value;
				return gradient;
			});
			if (options.ascent().climbs()) pass.share(result.values(), active);
			// Drawn in any case, so that measuring changes nothing.
			final boolean measured = step.random().nextDouble() < options.measure();
			if (measured && !Double.isNaN(before[0])) {
				figures.put("inner_loss_before", before[0]);
				figures.put("inner_loss_after", climb(pass, seen, result.values(), null));
			}
		}
		figures.put("perturbation_size", result.size());
		figures.put("perturbation_at_limit", result.atLimit());
		return result.values();
	}

	/**
	 * The loss of the frozen network at some coordinates.
	 *
	 * @param gradient takes the gradient, if not {@code null}
	 */
	private double climb(final PerturbedPass pass, final NDArray base, final float[] d, final float[] gradient) {
		return step.frozen(() -> {
			try (NDScope scope = new NDScope()) {
				final NDArray leaf = pass.array(d);
				leaf.setRequiresGradient(gradient != null);
				final NDArray embeddings = pass.embedInFloat32(base, leaf, inner);
				final NDArray rows = embeddings.getShape().get(0) > step.queries() ? step.queryRows(embeddings)
					: embeddings;
				final NDArray inside = loss.of(step, step.network().logits(rows));
				if (gradient != null) {
					final float[] values = ElementTypes.convert(step.gradient(inside, leaf), DataType.FLOAT32)
						.toFloatArray();
					System.arraycopy(values, 0, gradient, 0, values.length);
				}
				return value(inside);
			}
		});
	}

	private static double value(final NDArray scalar) {
		return scalar.getDataType() == DataType.FLOAT64 ? scalar.getDouble() : scalar.getFloat();
	}

}
