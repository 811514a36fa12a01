// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import ai.djl.ndarray.NDArray;
import io.github.isophene.engine.Tensors;

/** The labels of samples as the loss wants them, with a weight per class. */
final class Targets {

	private final TrainingData data;
	private final float[] weights;

	/** @param weights one per class; {@code null} = all 1 */
	Targets(final TrainingData data, final float[] weights) {
		this.data = data;
		this.weights = weights;
	}

	/** The weight of a sample. */
	float weight(final int sample) {
		return weights == null ? 1 : weights[data.samples().get(sample).label()];
	}

	/** The sum of the weights of samples. */
	double weight(final int[] samples) {
		double sum = 0;
		for (final int i : samples) sum += weight(i);
		return sum;
	}

	/**
	 * Cross-entropy -sum_i w_i log p_i(y_i) / sum_i w_i in nats.
	 *
	 * @param logits [n, classes]
	 * @param samples n labelled samples
	 */
	NDArray crossEntropy(final NDArray logits, final int[] samples) {
		final int k = data.classes().size();
		final double sum = weight(samples);
		// A product with constants instead of a gather: its gradient is a product, too, and so the same bits every time.
		final float[] constants = new float[samples.length * k];
		for (int i = 0; i < samples.length; i++) {
			constants[i * k + data.samples().get(samples[i]).label()] = (float) (-weight(samples[i]) / sum);
		}
		try (NDArray c = Tensors.create(logits.getManager(), constants, samples.length, k);
				NDArray logP = logits.logSoftmax(1);
				NDArray terms = logP.mul(c))
		{
			return terms.sum();
		}
	}

	/** How many samples have the highest logit at their label. */
	int correct(final NDArray logits, final int[] samples) {
		final float[] values = logits.toFloatArray();
		final int k = data.classes().size();
		int correct = 0;
		for (int i = 0; i < samples.length; i++) {
			int best = 0;
			for (int j = 1; j < k; j++) if (values[i * k + j] > values[i * k + best]) best = j;
			if (best == data.samples().get(samples[i]).label()) correct++;
		}
		return correct;
	}
}
