// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import io.github.isophene.network.Model;

/**
 * The last layer {@code fc} of a model, linear or a cosine classifier: embeddings to logits,
 * in double precision, without the engine.
 */
final class ClassHead {

	private final double[] weight;
	private final double[] bias;

	ClassHead(final Model model) {
		final float[] w = model.weights().get("fc.weight").values();
		weight = new double[w.length];
		for (int i = 0; i < w.length; i++) weight[i] = w[i];
		bias = new double[model.card().architecture().classes()];
		if (model.card().architecture().head().cosine()) {
			// Embeddings have length 1 already: what is left of scale x cosine is in the weight.
			scale(model.card().architecture().head().scale());
		}
		else {
			final float[] b = model.weights().get("fc.bias").values();
			for (int k = 0; k < b.length; k++) bias[k] = b[k];
		}
	}

	private void scale(final double length) {
		final int d = weight.length / bias.length;
		for (int k = 0; k < bias.length; k++) {
			double squares = 0;
			for (int i = k * d; i < (k + 1) * d; i++) squares += weight[i] * weight[i];
			final double factor = length / Math.max(1e-12, Math.sqrt(squares));
			for (int i = k * d; i < (k + 1) * d; i++) weight[i] *= factor;
		}
	}

	/** @return K logits */
	double[] logits(final float[] embedding) {
		final double[] logits = new double[bias.length];
		for (int k = 0; k < logits.length; k++) {
			double sum = bias[k];
			for (int i = 0, w = k * embedding.length; i < embedding.length; i++) sum += weight[w + i] * embedding[i];
			logits[k] = sum;
		}
		return logits;
	}
}
