// SPDX-License-Identifier: BSD-2-Clause
/**
 * Optimizers and learning rates.
 * <p>
 * Adam and SGD are written here because DJL's optimizers keep their moments private: a training could not be saved
 * and resumed bit by bit. Their updates are compared with PyTorch's in the tests.
 * </p>
 * <p>Depends on: network, engine.</p>
 */
package io.github.isophene.training.optimizer;
