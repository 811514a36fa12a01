// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.downstream;

/**
 * Distance of a well from the negative controls of its plate.
 *
 * @param plate the plate
 * @param well the well
 * @param compound empty for controls
 * @param dose NaN where it has none
 * @param control whether it is a negative control, judged by the fits that have not seen it
 * @param value distance in units of the median control's
 */
public record WellDistance(String plate, String well, String compound, double dose, boolean control, double value) {}
