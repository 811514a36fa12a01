// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.imagej;

import java.util.List;

import io.github.isophene.IsopheneOps;
import net.imagej.ImgPlus;
import net.imagej.ops.Op;
import net.imagej.ops.special.function.AbstractUnaryFunctionOp;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * {@link IsopheneOps} for ImageJ Ops, under the names that they have in SciJava Ops:
 * {@code ops.run("isophene.embed", image, "default")}. An image with named axes is taken as
 * {@link ImageJIsopheneService} takes it.
 */
public final class ImageOps {

	private ImageOps() {}

	/** The tiles of an image, as views: {@code ops.run("isophene.tiles", image, 224)}. */
	@Plugin(type = Op.class, name = "isophene.tiles")
	public static class TileViews
		extends AbstractUnaryFunctionOp<RandomAccessibleInterval<?>, List<? extends RandomAccessibleInterval<?>>>
	{

		@Parameter
		private Integer size;

		@Override
		public List<? extends RandomAccessibleInterval<?>> calculate(final RandomAccessibleInterval<?> image) {
			return IsopheneOps.tiles(channels(image), size);
		}
	}

	/**
	 * The image with each channel's intensities normalized: {@code ops.run("isophene.normalize", image,
	 * "percentile:0.1:99.9")}.
	 */
	@Plugin(type = Op.class, name = "isophene.normalize")
	public static class Normalize extends AbstractUnaryFunctionOp<RandomAccessibleInterval<?>, Img<FloatType>> {

		@Parameter
		private String intensity;

		@Override
		public Img<FloatType> calculate(final RandomAccessibleInterval<?> image) {
			return IsopheneOps.normalize(channels(image), intensity);
		}
	}

	/**
	 * The mean of the embeddings of an image's tiles: {@code ops.run("isophene.embed", image, "default")}, or with
	 * {@code "statistics"} or {@code "both"} behind, of statistics of its pixels.
	 */
	@Plugin(type = Op.class, name = "isophene.embed")
	public static class Embed extends AbstractUnaryFunctionOp<RandomAccessibleInterval<?>, float[]> {

		@Parameter(required = false)
		private String model = "default";

		@Parameter(required = false)
		private String features = "network";

		@Override
		public float[] calculate(final RandomAccessibleInterval<?> image) {
			return IsopheneOps.embed(channels(image), model, features);
		}
	}

	/** The names of these features: {@code ops.run("isophene.featureNames", image, "default", "both")}. */
	@Plugin(type = Op.class, name = "isophene.featureNames")
	public static class FeatureNames extends AbstractUnaryFunctionOp<RandomAccessibleInterval<?>, List<String>> {

		@Parameter(required = false)
		private String model = "default";

		@Parameter(required = false)
		private String features = "network";

		@Override
		public List<String> calculate(final RandomAccessibleInterval<?> image) {
			return IsopheneOps.featureNames(channels(image), model, features);
		}
	}

	private static RandomAccessibleInterval<?> channels(final RandomAccessibleInterval<?> image) {
		return image instanceof ImgPlus<?> named ? ChannelAxes.of(named) : image;
	}
}
