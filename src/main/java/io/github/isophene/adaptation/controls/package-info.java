// SPDX-License-Identifier: BSD-2-Clause
/**
 * The negative controls of one plate: their images by well, checks that they can stand for the plate,
 * and the guard that leaves single wells out which are unlike the others.
 * <p>May know: adaptation.tiles, network, screen, numerics.</p>
 */
package io.github.isophene.adaptation.controls;
