// SPDX-License-Identifier: BSD-2-Clause
/**
 * Screens (plates, wells, fields, channels, control types), the screen table, platemaps, and the formats of
 * folders and files.
 * <p>May know: zarr, storage, files.</p>
 */
package io.github.isophene.screen;
