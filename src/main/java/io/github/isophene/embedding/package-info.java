// SPDX-License-Identifier: BSD-2-Clause
/**
 * From a screen to profiles: reading ahead, batches bounded by memory, one part per
 * plate so that a run can be taken up again, errors collected instead of thrown. Who wants
 * a network adapted to each plate gives a {@link io.github.isophene.embedding.PlateNetworks}.
 * <p>May know: network, engine, pixels, profiles, screen.</p>
 */
package io.github.isophene.embedding;
