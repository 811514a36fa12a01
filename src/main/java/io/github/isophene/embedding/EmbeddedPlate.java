// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.nio.file.Path;

import io.github.isophene.pixels.Background;
import io.github.isophene.pixels.ScreenFields;
import io.github.isophene.pixels.Tiling;

/**
 * A plate that is about to be embedded: what adapts a network to it may look at the very
 * tiles that the network will get.
 *
 * @param name the plate's name
 * @param fields its fields, in the order in which they will be embedded
 * @param tiling how fields are cut into tiles, which are embedded in the tiling's order
 * @param background which tiles are left out
 * @param output what scratch files may lie beside
 */
public record EmbeddedPlate(String name, ScreenFields fields, Tiling tiling, Background background, Path output) {}
