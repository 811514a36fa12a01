// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import ai.djl.ndarray.NDArray;

/**
 * A family of changes of images or activations: the changes that batch effects are thought
 * to make. Each image has coordinates d in units of the family's scale; d = 0 changes
 * nothing, and everything is differentiable in d and in the activations. It is used in
 * training alone: a model file knows nothing of it.
 */
public interface Perturbation {

	/**
	 * Returns the number of coordinates of an image.
	 *
	 * @param channels C of what is perturbed
	 */
	int coordinates(int channels);

	/**
	 * Perturbs.
	 *
	 * @param x [N, C, H, W]; not closed
	 * @param d [N, coordinates]; not closed
	 * @return a new array [N, C, H, W] of the manager of {@code x}
	 */
	NDArray apply(NDArray x, NDArray d);
}
