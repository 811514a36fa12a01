// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import io.github.isophene.network.Model;

/** The linear layer {@code fc} of a model: embeddings to logits, in double precision, without the engine. */
final class ClassHead {

	private final float[] weight;
	private final float[] bias;

	ClassHead(final Model model) {
		weight = model.weights().get("fc.weight").values();
		bias = model.weights().get("fc.bias").values();
	}

	/** @return K logits */
	double[] logits(final float[] embedding) {
		final double[] logits = new double[bias.length];
		for (int k = 0; k < logits.length; k++) {
			double sum = bias[k];
			for (int i = 0, w = k * embedding.length; i < embedding.length; i++) sum += (double) weight[w + i] * embedding[i];
			logits[k] = sum;
		}
		return logits;
	}
}
