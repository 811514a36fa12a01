// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.real.FloatType;

/** What the commands see of ImageJ's active image. */
final class ActiveImage {

	private ActiveImage() {}

	/** The channels of the current slice and frame as an image [X, Y, C]. */
	static RandomAccessibleInterval<?> planes(final ImagePlus image) {
		if (image.getType() == ImagePlus.COLOR_RGB || image.getType() == ImagePlus.COLOR_256) {
			throw new IllegalArgumentException("'" + image.getTitle() +
				"' is a colour image: split its channels first (Image > Color > Make Composite)");
		}
		final int channels = image.getNChannels();
		final PlanarImg<FloatType, FloatArray> planes = PlanarImgs.floats(image.getWidth(), image.getHeight(), channels);
		for (int c = 0; c < channels; c++) {
			final ImageProcessor plane = image.getStack().getProcessor(image.getStackIndex(c + 1, image.getSlice(), image
				.getFrame()));
			System.arraycopy(plane.convertToFloat().getPixels(), 0, planes.getPlane(c).getCurrentStorageArray(), 0, planes
				.getPlane(c).getArrayLength());
		}
		return planes;
	}
}
