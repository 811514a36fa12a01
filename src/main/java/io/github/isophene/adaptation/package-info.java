// SPDX-License-Identifier: BSD-2-Clause
/**
 * Adapts trained networks to a new plate and predicts on it: exact batch statistics of a
 * plate's negative controls (or of controls and queries together), class probabilities
 * with their uncertainty, how far the plate is from the training plates, and what is wrong
 * with its controls. No label of the plate is read anywhere: there is no place for one in
 * the types of this room.
 * <p>May know: network, engine, pixels, screen, profiles.</p>
 */
package io.github.isophene.adaptation;
