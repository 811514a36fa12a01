// SPDX-License-Identifier: BSD-2-Clause
/**
 * Plate viewer: the wells of a screen with what is known of them ({@code PlateWells}), their colors ({@code
 * WellColors}), their picture
 * ({@code PlatePicture}), fields as ImageJ composites ({@code FieldComposite}), and the window of all that
 * ({@code PlateViewer}). Only the
 * window needs a display.
 */
package io.github.isophene.viewer;
