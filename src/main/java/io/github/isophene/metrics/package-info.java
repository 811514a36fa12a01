// SPDX-License-Identifier: BSD-2-Clause
/**
 * Metrics of profiles: the plug-in type {@link io.github.isophene.metrics.Metric} and the toolkit for writing one.
 * <p>
 * A metric is a number of {@link io.github.isophene.metrics.AssessedProfiles} with its direction, its chance level
 * and its source. A metric that cannot be computed (one batch only, no controls) throws
 * {@link io.github.isophene.metrics.UndefinedMetricException}, which becomes a result with the reason. The toolkit
 * has pairs of rows for average precision ({@link io.github.isophene.metrics.Pairs},
 * {@link io.github.isophene.metrics.MeanAveragePrecision}), silhouettes, LISI, linear probes and cross-validation
 * without a batch on both sides. Metrics of Isophene's own are in {@code metrics.builtin}.
 * </p>
 * <p>Depends on: profiles, screen (which rows are controls), numerics, progress, files. No built-in metric.</p>
 */
package io.github.isophene.metrics;
