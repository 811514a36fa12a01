// SPDX-License-Identifier: BSD-2-Clause
/**
 * A screen's images in a form that other tools open: OME-Zarr plates with pyramids, with what is known of their wells.
 *
 * <p>May know: pixels, profiles, screen, zarr, storage, files.</p>
 */
package io.github.isophene.export;
