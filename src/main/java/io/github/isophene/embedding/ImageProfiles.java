// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.util.Optional;

import io.github.isophene.network.Model;
import io.github.isophene.profiles.ProfileTable;

/**
 * Profiles of an open image.
 *
 * @param tiles a row per tile, with what {@link ImagePlanes#metadata} says, {@code Metadata_Tile_X} and
 *          {@code Metadata_Tile_Y}: its corner in pixels of the image that the model sees
 * @param side of a tile in pixels of the image as it is open
 * @param downscale how many pixels of the open image are one of the image that the model sees, in each direction
 * @param model what embedded; empty if it was a TorchScript file
 */
public record ImageProfiles(ProfileTable tiles, int side, int downscale, Optional<Model> model) {}
