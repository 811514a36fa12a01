// SPDX-License-Identifier: BSD-2-Clause
/**
 * Assessment of profiles: metrics of the batch effect that is left and of the biology
 * that is still there, before and after corrections, and the report that shows them.
 * <p>
 * A {@link io.github.isophene.metrics.Metric} is a plug-in type: a number of
 * {@link io.github.isophene.metrics.AssessedProfiles}, with its direction, its chance
 * level and its source. What cannot be computed (one batch only, no controls) is no error
 * but a result that says why it is not defined.
 * </p>
 * <p>May know: downstream, profiles, plots, screen (names of wells, which rows are controls), files.</p>
 */
package io.github.isophene.assessment;
