// SPDX-License-Identifier: BSD-2-Clause
/**
 * Methods that come with Isophene, each one class: baselines of the field, and ours. The comparison finds them
 * through SciJava's index as it finds those of other jars.
 * <p>May know: comparison, adaptation, network.</p>
 */
package io.github.isophene.comparison.builtin;
