// SPDX-License-Identifier: BSD-2-Clause
/**
 * Import of weights that were trained elsewhere, or of a model with another output: recognizes the network by names and
 * shapes, adapts its first layer to the channels, and makes a {@link io.github.isophene.network.Model} of it.
 * <p>May know: network, network.weights.</p>
 */
package io.github.isophene.network.imports;
