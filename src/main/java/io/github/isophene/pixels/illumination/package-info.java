// SPDX-License-Identifier: BSD-2-Clause
/**
 * Correction of uneven illumination: functions from files of CellProfiler, from flat-field profiles of Harmony, or
 * estimated from a plate.
 */
package io.github.isophene.pixels.illumination;
