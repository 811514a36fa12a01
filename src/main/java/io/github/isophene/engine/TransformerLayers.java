// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import java.util.List;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Layers of a vision transformer for inference, each one call of the engine: attention and multilayer perceptron with
 * the layer normalization before and the addition after them, GELU without approximation, epsilon 1e-6. Arrays of
 * parameters are the caller's.
 * <p>
 * Tokens are [N, T, D] and not closed; results are new arrays of the manager of the tokens.
 * </p>
 */
public final class TransformerLayers implements AutoCloseable {

	private final TorchScript module;

	/** @param manager closes the module with itself */
	public TransformerLayers(final NDManager manager) {
		module = new TorchScript(manager, "Transformer");
	}

	/**
	 * Makes tokens of a map of patches.
	 *
	 * @param map [N, D, h, w]
	 * @param first tokens before those of the patches, [1, R, D]
	 * @param positions added to the patches, [1, h w, D]
	 * @return [N, R + h w, D]
	 */
	public NDArray tokens(final NDArray map, final NDArray first, final NDArray positions) {
		return module.run(map.getManager(), "tokens", map, first, positions);
	}

	/** Layer normalization by a weight [D] and a bias [D]. */
	public NDArray norm(final NDArray tokens, final NDArray weight, final NDArray bias) {
		return module.run(tokens.getManager(), "norm", tokens, weight, bias);
	}

	/**
	 * Self-attention of tokens.
	 *
	 * @param weights of the normalization, of queries, keys and values together [3 D, D], and of the output [D, D],
	 *          each with its bias behind it
	 * @param heads number of heads, a divisor of D
	 */
	public NDArray attend(final NDArray tokens, final List<NDArray> weights, final int heads) {
		final int size = (int) tokens.getShape().get(2) / heads;
		return module.run(tokens.getManager(), "attend", tokens, weights.get(0), weights.get(1), weights.get(2),
			weights.get(3), weights.get(4), weights.get(5), heads, size);
	}

	/**
	 * Multilayer perceptron on each token.
	 *
	 * @param weights of the normalization, of the hidden layer [M, D], and of the output [D, M], each with its bias
	 *          behind it
	 */
	public NDArray transform(final NDArray tokens, final List<NDArray> weights) {
		return module.run(tokens.getManager(), "transform", tokens, weights.get(0), weights.get(1), weights.get(2),
			weights.get(3), weights.get(4), weights.get(5));
	}

	/** Frees the module. */
	@Override
	public void close() {
		module.close();
	}
}
