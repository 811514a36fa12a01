// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.util.List;

import io.github.isophene.pixels.file.Depth;
import net.imglib2.img.Img;
import net.imglib2.img.basictypeaccess.array.ArrayDataAccess;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Fraction;

/** Images [X, Y, C] around arrays of primitive values, one per channel, which are not copied. */
final class PlanarImages {

	private PlanarImages() {}

	/** Image that knows of each channel what the type of its file can hold, which the image's own type may not be. */
	private static final class TypedImage<T extends NativeType<T>, A extends ArrayDataAccess<A>>
		extends PlanarImg<T, A>
	{

		private final double[] typeMaxima;

		TypedImage(final List<A> planes, final long[] size, final double[] typeMaxima) {
			super(planes, size, new Fraction());
			this.typeMaxima = typeMaxima;
		}
	}

	/** The largest value that the type of each channel's file can hold, or {@code null} if the image doesn't know. */
	static double[] typeMaxima(final Object image) {
		return image instanceof TypedImage<?, ?> typed ? typed.typeMaxima.clone() : null;
	}

	/**
	 * Returns the array of a channel, row by row without gaps, where an image is around such arrays of whole numbers;
	 * otherwise {@code null}. Not to be changed.
	 */
	static Object plane(final Object image, final int channel) {
		if (!(image instanceof TypedImage<?, ?> typed)) return null;
		final Object array = typed.getPlane(channel).getCurrentStorageArray();
		return array instanceof float[] ? null : array;
	}

	/** An image whose files have the element type that it has. */
	static Img<?> of(final List<?> planes, final Depth depth, final long width, final long height) {
		return of(planes, depth, width, height, planes.stream().mapToDouble(p -> depth.typeMaximum()).toArray());
	}

	/**
	 * An image of an element type.
	 *
	 * @param planes one array per channel, of the depth's kind, each with width * height values
	 * @param typeMaxima the largest value that the type of each channel's file can hold, [channels]
	 */
	static Img<?> of(final List<?> planes, final Depth depth, final long width, final long height,
		final double[] typeMaxima)
	{
		final long[] size = {width, height, planes.size()};
		switch (depth) {
			case UINT8 : {
				final PlanarImg<UnsignedByteType, ByteArray> img = new TypedImage<>(
					planes.stream().map(p -> new ByteArray((byte[]) p)).toList(), size, typeMaxima);
				img.setLinkedType(new UnsignedByteType(img));
				return img;
			}
			case UINT16 : {
				final PlanarImg<UnsignedShortType, ShortArray> img = new TypedImage<>(
					planes.stream().map(p -> new ShortArray((short[]) p)).toList(), size, typeMaxima);
				img.setLinkedType(new UnsignedShortType(img));
				return img;
			}
			default : {
				final PlanarImg<FloatType, FloatArray> img = new TypedImage<>(
					planes.stream().map(p -> new FloatArray((float[]) p)).toList(), size, typeMaxima);
				img.setLinkedType(new FloatType(img));
				return img;
			}
		}
	}
}
