// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.run;

import java.util.Map;

/**
 * Outline of a run over the plates of a screen, with every choice made and checked before it begins.
 *
 * @param settings everything that a row's numbers depend on, besides the images
 * @param parts per plate, in the screen's order, what its part is named by: the same only for the same fields,
 *          files and metadata
 * @param retry which finished plates must be done again, as their images have changed
 */
public record RunOutline(Map<String, String> settings, Map<String, String> parts, PlateRetry retry) {}
