// SPDX-License-Identifier: BSD-2-Clause
/**
 * Encoders: residual networks under torchvision's parameter names, batch normalisation
 * with explicit statistics, the model file, and the import of foreign weights.
 * <p>May know: engine.</p>
 */
package io.github.isophene.network;
