// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import io.github.isophene.network.weights.NamedTensor;
import io.github.isophene.network.weights.StateDict;

/**
 * Weight and bias of a convolution that has taken in the batch normalization after it: with stored statistics that is
 * a factor and an offset per channel.
 *
 * @param weight values of the convolution, in C order
 * @param shape [out, in, kernel, kernel]
 * @param bias [out]
 */
record FoldedWeights(float[] weight, long[] shape, float[] bias) {

	/**
	 * Folds a normalization into the convolution before it, which has no bias.
	 *
	 * @param conv name of the convolution's weight
	 * @param norm name of the normalization
	 * @param epsilon added to every variance before the square root
	 */
	static FoldedWeights of(final StateDict weights, final String conv, final String norm, final float epsilon) {
		final NamedTensor weight = weights.get(conv);
		final float[] gamma = weights.get(norm + ".weight").values();
		final float[] beta = weights.get(norm + ".bias").values();
		final float[] mean = weights.get(norm + ".running_mean").values();
		final float[] var = weights.get(norm + ".running_var").values();
		final float[] folded = new float[weight.values().length];
		final float[] bias = new float[gamma.length];
		final int perOutput = folded.length / gamma.length;
		for (int o = 0; o < gamma.length; o++) {
			final double factor = gamma[o] / Math.sqrt((double) var[o] + epsilon);
			bias[o] = (float) (beta[o] - mean[o] * factor);
			for (int i = o * perOutput; i < (o + 1) * perOutput; i++) folded[i] = (float) (weight.values()[i] * factor);
		}
		return new FoldedWeights(folded, weight.shape(), bias);
	}

	/** Returns the same kernels with a row and a column of zeros before the others. */
	FoldedWeights extended() {
		final int kernel = (int) shape[2];
		final int larger = kernel + 1;
		final int planes = weight.length / (kernel * kernel);
		final float[] extended = new float[planes * larger * larger];
		for (int p = 0; p < planes; p++) {
			for (int row = 0; row < kernel; row++) {
				System.arraycopy(weight, (p * kernel + row) * kernel, extended,
					(p * larger + row + 1) * larger + 1, kernel);
			}
		}
		return new FoldedWeights(extended, new long[]{shape[0], shape[1], larger, larger}, bias);
	}
}
