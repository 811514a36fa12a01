// SPDX-License-Identifier: BSD-2-Clause
/**
 * Weight files: reading safetensors, PyTorch state dicts (zip and legacy) and the parameters of TorchScript archives,
 * writing safetensors, and matching names of parameters.
 * <p>
 * Pickles are read by an interpreter of our own that knows only the operations that tensors need and checks every
 * length before memory is taken: a pickle library runs what the file says, and would lose these limits.
 * </p>
 * <p>Depends on: engine, files. Not on network.</p>
 */
package io.github.isophene.network.weights;
