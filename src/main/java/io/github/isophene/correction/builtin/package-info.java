// SPDX-License-Identifier: BSD-2-Clause
/**
 * The corrections that Isophene brings, and what each of them has fitted: found through SciJava's index of plug-ins
 * like those from outside.
 * <p>Depends on: correction, numerics, profiles, settings, progress.</p>
 */
package io.github.isophene.correction.builtin;
