// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.imagej;

import java.io.IOException;
import java.util.List;

import io.github.isophene.IsopheneService;
import io.github.isophene.embedding.FeatureSet;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.Field;
import net.imagej.Dataset;
import net.imagej.ImageJService;
import net.imagej.ImgPlus;
import net.imglib2.type.numeric.real.FloatType;
import org.scijava.table.GenericTable;

/** {@link IsopheneService} with ImageJ2's types, for scripts that have a {@code Dataset} at hand. */
public interface ImageJIsopheneService extends ImageJService {

	/**
	 * Embeds an image's tiles: all channels, of several time points the first, of several
	 * focal planes the middle one.
	 *
	 * @param image with axes X and Y, and any others in any order
	 * @param model {@code default}, or a model file
	 * @param tile side of a tile in pixels; 0: the model's own
	 * @param device {@code auto}, {@code cpu}, {@code gpu}...
	 * @return one row per tile, with {@code Metadata_Tile_X} and {@code Metadata_Tile_Y} in pixels
	 * @throws IllegalArgumentException if the image is color, smaller than a tile, or has no X and Y
	 * @throws IOException if the model can't be read
	 */
	default ProfileTable embed(final Dataset image, final String model, final int tile, final String device)
		throws IOException
	{
		return embed(image, model, tile, device, FeatureSet.NETWORK);
	}

	/** As {@link #embed(Dataset, String, int, String)}. */
	default ProfileTable embed(final ImgPlus<?> image, final String model, final int tile, final String device)
		throws IOException
	{
		return embed(image, model, tile, device, FeatureSet.NETWORK);
	}

	/**
	 * As {@link #embed(Dataset, String, int, String)}, with other features.
	 *
	 * @param features of a tile; in the names of statistics channels are numbers, from 1
	 */
	ProfileTable embed(Dataset image, String model, int tile, String device, FeatureSet features) throws IOException;

	/** As {@link #embed(Dataset, String, int, String, FeatureSet)}. */
	ProfileTable embed(ImgPlus<?> image, String model, int tile, String device, FeatureSet features)
		throws IOException;

	/** Profiles as a table: columns of strings for metadata, of floats for features. */
	GenericTable table(ProfileTable profiles);

	/**
	 * The tiles of one image as an image [tiles across, tiles down, features], calibrated in pixels
	 * of the image that was cut.
	 *
	 * @throws IllegalArgumentException if the table isn't one of tiles
	 */
	ImgPlus<FloatType> map(ProfileTable tiles);

	/**
	 * Reads a field of a screen.
	 *
	 * @param channels names of its channels, as {@code screen.channels()} has them
	 * @return a dataset with axes X, Y and Channel
	 * @throws IOException if it can't be read; the message names the file and the remedy
	 */
	Dataset open(Field field, List<String> channels) throws IOException;
}
