// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

/**
 * A method under one condition, over all seeds.
 *
 * @param method what was tested
 * @param condition under which circumstances
 * @param mean of the seeds' accuracies, each over all its plates' images alike
 * @param sd their standard deviation, with n - 1; not a number for a single seed
 * @param n number of seeds
 * @param worst mean over the seeds of the least accurate plate
 */
public record SummaryRow(Method method, Condition condition, double mean, double sd, int n, double worst) {}
