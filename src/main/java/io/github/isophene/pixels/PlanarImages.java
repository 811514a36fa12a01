// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.util.List;

import io.github.isophene.pixels.file.Depth;
import net.imglib2.img.Img;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Fraction;

/** Images [X, Y, C] around arrays of primitive values, one per channel, which are not copied. */
final class PlanarImages {

	private PlanarImages() {}

	/**
	 * An image of an element type.
	 *
	 * @param planes one array per channel, of the depth's kind, each with width * height values
	 */
	static Img<?> of(final List<?> planes, final Depth depth, final long width, final long height) {
		final long[] size = { width, height, planes.size() };
		final Fraction one = new Fraction();
		switch (depth) {
			case UINT8: {
				final PlanarImg<UnsignedByteType, ByteArray> img = new PlanarImg<>(planes.stream().map(p -> new ByteArray(
					(byte[]) p)).toList(), size, one);
				img.setLinkedType(new UnsignedByteType(img));
				return img;
			}
			case UINT16: {
				final PlanarImg<UnsignedShortType, ShortArray> img = new PlanarImg<>(planes.stream().map(p -> new ShortArray(
					(short[]) p)).toList(), size, one);
				img.setLinkedType(new UnsignedShortType(img));
				return img;
			}
			default: {
				final PlanarImg<FloatType, FloatArray> img = new PlanarImg<>(planes.stream().map(p -> new FloatArray((float[]) p))
					.toList(), size, one);
				img.setLinkedType(new FloatType(img));
				return img;
			}
		}
	}
}
