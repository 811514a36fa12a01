// SPDX-License-Identifier: BSD-2-Clause
/**
 * Pixels of a field: reading it as an ImgLib2 image, tiling, the background filter and
 * intensity normalisation.
 * <p>May know: screen.</p>
 */
package io.github.isophene.pixels;
