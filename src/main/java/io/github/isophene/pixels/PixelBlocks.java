// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import io.github.isophene.messages.Count;
import io.github.isophene.pixels.file.Depth;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.blocks.PrimitiveBlocks;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * An image [X, Y, C] (or [X, Y]: one channel) as rectangles of primitive values.
 * Positions count from the image's first pixel, wherever its interval starts.
 * <p>
 * Unsigned 8 and 16 bit and float come as they lie in memory; every other real
 * type comes as floats, one pixel at a time, which is slower. Not thread-safe.
 * </p>
 */
public final class PixelBlocks {

	private final RandomAccessibleInterval<?> image;
	private final Depth depth;
	private final double typeMaximum;
	private final double[] typeMaxima;
	private final PrimitiveBlocks<?> blocks;
	private final RandomAccess<?> access;
	private final long[] min = new long[3];
	private final int[] size = {0, 0, 1};

	private PixelBlocks(final RandomAccessibleInterval<?> image) {
		typeMaxima = PlanarImages.typeMaxima(image);
		this.image = image.numDimensions() == 2 ? Views.addDimension(image, 0, 0) : image;
		if (this.image.numDimensions() != 3) {
			throw new IllegalArgumentException("The image has " + image.numDimensions() +
				" dimensions: a field is [X, Y, C], or [X, Y] for one channel");
		}
		final Object type = this.image.getType();
		if (!(type instanceof RealType)) {
			throw new IllegalArgumentException(
				"The image's pixels are " + type.getClass().getSimpleName() + ": convert it to gray numbers first");
		}
		depth = type instanceof UnsignedByteType ? Depth.UINT8 : type instanceof UnsignedShortType ? Depth.UINT16
			: Depth.FLOAT32;
		typeMaximum = type instanceof IntegerType ? ((RealType<?>) type).getMaxValue() : 1;
		final boolean asItLies = depth != Depth.FLOAT32 || type instanceof FloatType;
		blocks = asItLies ? blocks(this.image) : null;
		access = asItLies ? null : this.image.randomAccess();
	}

	/**
	 * Looks at an image.
	 *
	 * @throws IllegalArgumentException if it has not two or three dimensions, or its
	 *           elements are no real numbers
	 */
	public static PixelBlocks of(final RandomAccessibleInterval<?> image) {
		return new PixelBlocks(image);
	}

	/** Width in pixels. */
	public long width() {
		return image.dimension(0);
	}

	/** Height in pixels. */
	public long height() {
		return image.dimension(1);
	}

	/** Number of channels. */
	public int channels() {
		return (int) image.dimension(2);
	}

	/** The element type of the blocks. */
	Depth depth() {
		return depth;
	}

	/**
	 * The largest value that the type of a channel's file, or else the image's type, can hold; 1 for floating
	 * point.
	 */
	public double typeMaximum(final int channel) {
		return typeMaxima == null ? typeMaximum : typeMaxima[channel];
	}

	/** Returns the array of a channel as {@link PlanarImages#plane}; {@code null} if it must be copied. */
	Object plane(final int channel) {
		return PlanarImages.plane(image, channel);
	}

	/** A new array for blocks of up to so many pixels. */
	Object array(final int pixels) {
		return switch (depth) {
			case UINT8 -> new byte[pixels];
			case UINT16 -> new short[pixels];
			case FLOAT32 -> new float[pixels];
		};
	}

	/**
	 * Copies a rectangle of one channel, row by row without gaps, to the start of an
	 * array from {@link #array}.
	 */
	void copy(final long x, final long y, final int channel, final int width, final int height, final Object into) {
		min[0] = image.min(0) + x;
		min[1] = image.min(1) + y;
		min[2] = image.min(2) + channel;
		size[0] = width;
		size[1] = height;
		if (blocks != null) blocks.copy(min, into, size);
		else copy((float[]) into);
	}

	private void copy(final float[] into) {
		access.setPosition(min[2], 2);
		for (int y = 0, i = 0; y < size[1]; y++) {
			access.setPosition(min[1] + y, 1);
			access.setPosition(min[0], 0);
			for (int x = 0; x < size[0]; x++, access.fwd(0)) into[i++] = ((RealType<?>) access.get()).getRealFloat();
		}
	}

	/** Raw, because the element type is only known at run time. */
	@SuppressWarnings({"unchecked", "rawtypes"})
	private static PrimitiveBlocks<?> blocks(final RandomAccessibleInterval<?> image) {
		return PrimitiveBlocks.of((RandomAccessibleInterval<NativeType>) image, PrimitiveBlocks.OnFallback.ACCEPT);
	}

	/** "1080 x 1080 pixels, 5 channels". */
	@Override
	public String toString() {
		return width() + " x " + height() + " pixels, " + Count.of(channels(), "channel");
	}
}
