// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.List;

/**
 * Path of the light to the camera, with the optical effects of a {@link BatchEffect}: bleed-through, background,
 * blur, vignetting and gain.
 *
 * @param size height and width of a field in pixels
 * @param lens sharpness of the lens itself, sigma in pixels; 0 for images that went through one already
 */
public record Optics(int size, double lens) {

	private static final double DARKEST = .1;

	/**
	 * Returns the signal of one channel at the camera, before noise and offset.
	 *
	 * @param channel index of the channel; light of the one before bleeds into it
	 * @param light one plane per channel, [size * size] row by row; not changed
	 * @param background light of the empty medium, added to each pixel
	 * @param effect effects on as many channels
	 */
	public float[] seen(final int channel, final List<float[]> light, final double background,
		final BatchEffect effect)
	{
		final float[] mixed = light.get(channel).clone();
		final float bleed = channel == 0 ? 0 : effect.bleed().get(channel - 1).floatValue();
		for (int p = 0; p < mixed.length; p++) {
			if (channel > 0) mixed[p] += bleed * light.get(channel - 1)[p];
			mixed[p] += (float) background;
		}
		final double sigma = effect.blur().get(channel);
		final float[] seen = Blur.gaussian(mixed, size, StrictMath.sqrt(lens * lens + sigma * sigma));
		vignette(seen, effect, effect.gain().get(channel));
		return seen;
	}

	private void vignette(final float[] seen, final BatchEffect effect, final double gain) {
		final double x0 = (size - 1) / 2. + effect.centerX() * size;
		final double y0 = (size - 1) / 2. + effect.centerY() * size;
		final double loss = effect.vignetting() / (size * (double) size / 2);
		for (int y = 0; y < size; y++) {
			for (int x = 0; x < size; x++) {
				final double r2 = (x - x0) * (x - x0) + (y - y0) * (y - y0);
				seen[y * size + x] *= (float) (gain * Math.max(DARKEST, 1 - loss * r2));
			}
		}
	}
}
