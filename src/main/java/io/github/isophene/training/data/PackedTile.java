// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

/**
 * A decoded image [C, H, W] as a cache holds it: 16 bits per value instead of 32, and
 * usually larger than the crop that training takes from it. The value of a pixel is
 * {@code scale[c] * unsigned + offset[c]}, so any intensity normalization that is a line
 * per channel costs nothing, and one that isn't can be applied before and rounded to 16 bits.
 *
 * @param height of the image, pixels
 * @param width of the image, pixels
 * @param values C x H x W unsigned 16-bit values; not copied, not to be changed
 * @param scale one per channel
 * @param offset one per channel
 */
public record PackedTile(int height, int width, short[] values, float[] scale, float[] offset) {

	/** @throws IllegalArgumentException if the lengths contradict each other */
	public PackedTile {
		if (height < 1 || width < 1)
			throw new IllegalArgumentException("A tile of " + height + " x " + width + " pixels has no pixels");
		if (scale.length == 0 || scale.length != offset.length)
			throw new IllegalArgumentException("A tile needs one scale and one offset per channel, not " +
				scale.length + " and " + offset.length);
		if ((long) scale.length * height * width != values.length)
			throw new IllegalArgumentException(
				"A tile of " + scale.length + " x " + height + " x " + width + " has not " + values.length + " values");
	}

	/** Number of channels C. */
	public int channels() {
		return scale.length;
	}

	/** Returns the image with each channel's mean subtracted and divided by its SD; pixels are shared, not copied. */
	PackedTile standardized(final double[] means, final double[] sds) {
		final float[] scales = new float[channels()];
		final float[] offsets = new float[channels()];
		for (int c = 0; c < scales.length; c++) {
			scales[c] = (float) (scale[c] / sds[c]);
			offsets[c] = (float) ((offset[c] - means[c]) / sds[c]);
		}
		return new PackedTile(height, width, values, scales, offsets);
	}
}
