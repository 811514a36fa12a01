// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.illumination;

import net.imglib2.RandomAccess;
import net.imglib2.img.Img;
import net.imglib2.img.basictypeaccess.array.ArrayDataAccess;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.numeric.RealType;

/** Division of one channel of an image by a function, in place. */
final class IlluminationDivision {

	private IlluminationDivision() {}

	/**
	 * Divides.
	 *
	 * @param image [X, Y, C]
	 * @param divisor [X * Y], row by row; where it isn't above 0, pixels become 0
	 */
	static void divide(final Img<?> image, final int channel, final float[] divisor) {
		final Object values = image instanceof PlanarImg<?, ?> planar
			? ((ArrayDataAccess<?>) planar.getPlane(channel)).getCurrentStorageArray()
			: null;
		if (!divide(values, divisor)) divideAnyhow(image, channel, divisor);
	}

	private static boolean divide(final Object values, final float[] divisor) {
		if (values instanceof byte[] bytes) {
			for (int i = 0; i < divisor.length; i++) bytes[i] = (byte) rounded(bytes[i] & 0xff, divisor[i], 0xff);
		}
		else if (values instanceof short[] shorts) {
			for (int i = 0; i < divisor.length; i++)
				shorts[i] = (short) rounded(shorts[i] & 0xffff, divisor[i], 0xffff);
		}
		else if (values instanceof float[] floats) {
			for (int i = 0; i < divisor.length; i++) floats[i] = divisor[i] > 0 ? floats[i] / divisor[i] : 0;
		}
		else return false;
		return true;
	}

	private static int rounded(final int value, final float divisor, final int largest) {
		return divisor > 0 ? (int) Math.min(largest, Math.floor(value / (double) divisor + 0.5)) : 0;
	}

	/** Images of other layouts, by the same rule. */
	private static void divideAnyhow(final Img<?> image, final int channel, final float[] divisor) {
		final RandomAccess<?> access = image.randomAccess();
		final int width = Math.toIntExact(image.dimension(0));
		for (int i = 0; i < divisor.length; i++) {
			access.setPosition(new long[]{i % width, i / width, channel});
			final RealType<?> value = (RealType<?>) access.get();
			final double quotient = divisor[i] > 0 ? value.getRealDouble() / divisor[i] : 0;
			final boolean whole = value.getMinIncrement() == 1 && value.getMaxValue() <= 0xffff;
			value.setReal(whole ? Math.min(value.getMaxValue(), Math.floor(quotient + 0.5)) : quotient);
		}
	}
}
