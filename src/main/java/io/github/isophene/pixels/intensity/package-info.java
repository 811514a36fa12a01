// SPDX-License-Identifier: BSD-2-Clause
/**
 * The intensities that Isophene brings, found through SciJava's index of plug-ins like those from outside.
 * <p>Depends on: pixels, settings.</p>
 */
package io.github.isophene.pixels.intensity;
