// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.github.isophene.engine.ElementTypes;
import io.github.isophene.engine.Tensors;
import io.github.isophene.training.data.TrainingData;

/** The labels of samples as the loss wants them, with a weight per class. */
public final class Targets {

	private final TrainingData data;
	private final float[] weights;

	/** @param weights one per class; {@code null} = all 1 */
	public Targets(final TrainingData data, final float[] weights) {
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
	 * @param samples n labeled samples
	 */
	NDArray crossEntropy(final NDArray logits, final int[] samples) {
		final int k = data.classes().size();
		final double sum = weight(samples);
		// A product with constants instead of a gather: its gradient is a product, too, and so the same bits
		// every time.
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

	/** [n, classes], 1 at the label of n labeled samples and 0 elsewhere. */
	NDArray labels(final NDManager manager, final int[] samples) {
		final int k = data.classes().size();
		final float[] ones = new float[samples.length * k];
		for (int i = 0; i < samples.length; i++) ones[i * k + data.samples().get(samples[i]).label()] = 1;
		return Tensors.create(manager, ones, samples.length, k);
	}

	/** Returns the number of samples that have the highest logit at their label. */
	int correct(final NDArray logits, final int[] samples) {
		int correct = 0;
		for (final boolean right : right(logits, samples)) if (right) correct++;
		return correct;
	}

	/** Returns which samples have the highest logit at their label. */
	boolean[] right(final NDArray logits, final int[] samples) {
		final float[] values = floats(logits);
		final int k = data.classes().size();
		final boolean[] right = new boolean[samples.length];
		for (int i = 0; i < samples.length; i++) {
			int best = 0;
			for (int j = 1; j < k; j++) if (values[i * k + j] > values[i * k + best]) best = j;
			right[i] = best == data.samples().get(samples[i]).label();
		}
		return right;
	}

	private static float[] floats(final NDArray logits) {
		if (logits.getDataType() == DataType.FLOAT32) return logits.toFloatArray();
		try (NDArray converted = ElementTypes.convert(logits, DataType.FLOAT32)) {
			return converted.toFloatArray();
		}
	}
}
