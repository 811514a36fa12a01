// SPDX-License-Identifier: BSD-2-Clause
/**
 * Optimizers and learning rates.
 * <p>
 * Adam and SGD are written here because DJL's optimizers keep their moments private: a training could not be saved
 * and resumed bit by bit. A step is one call of PyTorch's fused form for all parameters; the results are compared with
 * those of {@code torch.optim} in the tests.
 * </p>
 * <p>Depends on: network, engine.</p>
 */
package io.github.isophene.training.optimizer;
