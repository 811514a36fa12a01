// SPDX-License-Identifier: BSD-2-Clause
/**
 * Plug-ins without a SciJava context: every plug-in type of Isophene (screen formats, intensities, objectives,
 * corrections, metrics) is found in the index that SciJava's annotation processor writes into each jar, so that a
 * class in anybody's jar on the class path counts as much as one of Isophene's own.
 * <p>Depends on: nothing.</p>
 */
package io.github.isophene.plugins;
