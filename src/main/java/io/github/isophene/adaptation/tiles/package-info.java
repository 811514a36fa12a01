// SPDX-License-Identifier: BSD-2-Clause
/**
 * The images of one plate as an adaptation reads them: tiles on demand, some of them, in the
 * order of a model's channels. No label comes with a tile.
 * <p>May know: pixels, engine.</p>
 */
package io.github.isophene.adaptation.tiles;
