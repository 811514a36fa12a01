// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

import io.github.isophene.embedding.FeatureSet;
import io.github.isophene.embedding.ImageEmbedder;
import io.github.isophene.embedding.TileNetwork;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.Pixels;
import io.github.isophene.pixels.Tiling;
import io.github.isophene.profiles.Aggregation;
import io.github.isophene.profiles.ProfileTable;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/**
 * The rooms' work on one ImgLib2 image as plain functions. Each is indexed at build time
 * as a SciJava Op and costs nothing where SciJava Ops is missing.
 */
public final class IsopheneOps {

	private IsopheneOps() {}

	/**
	 * Cuts an image into square tiles that do not overlap, as many as fit, centered.
	 *
	 * @param image an image [X, Y] or [X, Y, C]
	 * @param size side of a tile in pixels
	 * @return views of the tiles, row by row
	 * @implNote op names='isophene.tiles'
	 */
	public static <T> List<RandomAccessibleInterval<T>> tiles(final RandomAccessibleInterval<T> image,
		final Integer size)
	{
		return Pixels.tiles(image, Tiling.grid(size));
	}

	/**
	 * Normalizes the intensities of each channel.
	 *
	 * @param image an image [X, Y] or [X, Y, C]
	 * @param intensity how, for example {@code percentile:0.1:99.9}
	 * @return the normalized image, of the same size
	 * @implNote op names='isophene.normalize'
	 */
	public static Img<FloatType> normalize(final RandomAccessibleInterval<?> image, final String intensity) {
		return Pixels.normalize(image, Intensity.parse(intensity));
	}

	/**
	 * Embeds an image: the mean of the embeddings of its tiles, of the model's tile size, on
	 * the device that is there.
	 *
	 * @param image an image [X, Y] or [X, Y, C], at least as large as a tile
	 * @param model {@code default}, or a model file
	 * @return the embedding, [features]
	 * @implNote op names='isophene.embed'
	 */
	public static float[] embed(final RandomAccessibleInterval<?> image, final String model) {
		return embed(image, model, FeatureSet.NETWORK.toString());
	}

	/**
	 * Embeds an image by a network, by statistics of its pixels, or both: the mean over its tiles.
	 *
	 * @param image an image [X, Y] or [X, Y, C], at least as large as a tile
	 * @param model {@code default}, or a model file; of statistics alone it decides on tiles and intensities
	 * @param features {@code network}, {@code statistics} or {@code both}
	 * @return the features, in the order of {@link #featureNames}
	 * @implNote op names='isophene.embed'
	 */
	public static float[] embed(final RandomAccessibleInterval<?> image, final String model, final String features) {
		final ProfileTable tiles = tiles(image, model, features);
		final String[] one = new String[tiles.rowCount()];
		Arrays.fill(one, "");
		return Aggregation.MEAN.apply(tiles.withMetadata("Metadata_Image", one), List.of("Metadata_Image")).row(0);
	}

	/**
	 * Returns the names of the features of an image, as they stand in the tables of <i>Embed Image</i>.
	 *
	 * @param image an image [X, Y] or [X, Y, C], at least as large as a tile; its channels are called by their numbers
	 * @param model {@code default}, or a model file
	 * @param features {@code network}, {@code statistics} or {@code both}
	 * @return a name for each number that {@code isophene.embed} returns
	 * @implNote op names='isophene.featureNames'
	 */
	public static List<String> featureNames(final RandomAccessibleInterval<?> image, final String model,
		final String features)
	{
		final FeatureSet set = FeatureSet.parse(features);
		try (ImageEmbedder embedder = new ImageEmbedder(TileNetwork.open(model, "auto"), set)) {
			return embedder.featureNames(image, 0);
		}
		catch (final IOException exc) {
			throw new UncheckedIOException(exc);
		}
	}

	private static ProfileTable tiles(final RandomAccessibleInterval<?> image, final String model,
		final String features)
	{
		final FeatureSet set = FeatureSet.parse(features);
		try (ImageEmbedder embedder = new ImageEmbedder(TileNetwork.open(model, "auto"), set)) {
			return embedder.embed(image, 0);
		}
		catch (final IOException exc) {
			throw new UncheckedIOException(exc);
		}
	}
}
