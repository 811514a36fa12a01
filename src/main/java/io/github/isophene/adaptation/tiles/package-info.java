// SPDX-License-Identifier: BSD-2-Clause
/**
 * The images of one plate as an adaptation reads them: sources of tiles out of a cache, of some tiles of others, and
 * of tiles in the order of a model's channels. No label comes with a tile.
 * <p>May know: pixels, engine.</p>
 */
package io.github.isophene.adaptation.tiles;
