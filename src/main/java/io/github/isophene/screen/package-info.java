// SPDX-License-Identifier: BSD-2-Clause
/**
 * What a screen is (plates, wells, fields, channels, control roles), the screen table,
 * platemaps, and the formats a folder or file can have.
 * <p>May know: zarr, storage, files.</p>
 */
package io.github.isophene.screen;
