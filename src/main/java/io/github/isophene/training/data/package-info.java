// SPDX-License-Identifier: BSD-2-Clause
/**
 * Training data: samples of a screen, splits that never cut a plate, tiles out of the cache of {@code
 * pixels}, augmentation and standardization, and episodes of plates.
 * <p>Depends on: network, pixels, screen, numerics, progress, files.</p>
 */
package io.github.isophene.training.data;
