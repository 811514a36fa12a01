// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

/**
 * One test: some images of a plate, and the controls that go with them. The same for all
 * methods.
 *
 * @param condition under which circumstances
 * @param plate of this plate
 * @param draw counts the trials of one condition and plate, from 0
 * @param queries indices of samples; one may occur repeatedly
 * @param controls indices of samples
 */
public record Trial(Condition condition, String plate, int draw, int[] queries, int[] controls) {}
