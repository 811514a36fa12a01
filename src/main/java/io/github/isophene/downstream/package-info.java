// SPDX-License-Identifier: BSD-2-Clause
/**
 * Analyses of a screen whose profiles are comparable: dose response of each compound, calls of active
 * treatments with a false discovery rate, and the nearest known mechanisms.
 * <p>
 * All numbers are of wells, standardized by negative controls that they are not compared with: see
 * {@link io.github.isophene.downstream.ControlSpace}. Levenberg-Marquardt and the distributions of F and t are those
 * of Apache Commons Math, which Fiji has.
 * </p>
 * <p>May know: metrics (mean average precision), profiles, numerics.</p>
 */
package io.github.isophene.downstream;
