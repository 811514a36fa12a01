// SPDX-License-Identifier: BSD-2-Clause
/**
 * The metrics that Isophene brings: one class each, found through SciJava's index of plug-ins like those from outside.
 * <p>Depends on: metrics, numerics.</p>
 */
package io.github.isophene.metrics.builtin;
