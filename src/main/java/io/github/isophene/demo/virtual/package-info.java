// SPDX-License-Identifier: BSD-2-Clause
/**
 * Virtual plates: fields of real wells, resampled onto plates with known technical effects.
 * <p>May know: demo, pixels, numerics, screen.</p>
 */
package io.github.isophene.demo.virtual;
