// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.Arrays;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import io.github.isophene.engine.Tensors;
import io.github.isophene.messages.Count;

/**
 * Perturbation of an image, per channel, by staining and microscope: our choice of a
 * perturbation, in the order of the light's way. Coordinates are C log gains, C offsets, C
 * blurs, C vignettings, and C - 1 bleed-throughs of a channel into the next.
 * <pre>
 * l = x - dark                                                       light above the dark level
 * l_c += bleed_c l_(c-1)                                             c = 1 .. C - 1
 * l += blur (G l - l)              G gaussian, sigma {@value #SIGMA} pixels; blur &lt; 0 sharpens
 * l *= 1 - vignetting r^2          r = 1 in the corners; vignetting &lt; 0 darkens the center
 * y = exp(gain) l + dark + offset
 * </pre>
 */
public final class CameraPerturbation implements Perturbation {

	/** Standard deviation of the gaussian, pixels. */
	public static final double SIGMA = 1.2;

	private static final int RADIUS = 3;

	/** The five effects, in the order of the coordinates. */
	public enum Effect {
		/** Of the logarithm of the gain. */
		GAIN,
		/** In the units of the network's input. */
		OFFSET,
		/** Part of the image that is replaced by the blurred one. */
		BLUR,
		/** Part of the light that is lost in the corners. */
		VIGNETTING,
		/** Part of a channel's light that the next one gets, too. */
		BLEED
	}

	private final float[] dark;
	private final float[][] scale;

	/**
	 * @param dark value of a pixel without light, per channel, in the units of the network's input
	 * @param scale size of an effect at d = 1: [effect][channel], see {@link Effect}; of the
	 *          bleed-through, the entry of the channel that gets it counts, the first one's not
	 * @throws IllegalArgumentException if lengths contradict each other or a number isn't finite
	 */
	public CameraPerturbation(final float[] dark, final float[][] scale) {
		if (scale.length != Effect.values().length)
			throw new IllegalArgumentException("There are " + Effect.values().length + " effects, not " + scale.length);
		for (final float[] s : scale) {
			if (s.length != dark.length)
				throw new IllegalArgumentException(
					"There are " + Count.of(dark.length, "channel") + ", but " + Count.of(s.length, "scale"));
			for (final float v : s) if (!Float.isFinite(v)) throw new IllegalArgumentException("A scale is " + v);
		}
		this.dark = dark.clone();
		this.scale = Arrays.stream(scale).map(float[]::clone).toArray(float[][]::new);
	}

	/** The size of an effect at d = 1, see {@link Effect}. */
	public float scale(final Effect effect, final int channel) {
		return scale[effect.ordinal()][channel];
	}

	@Override
	public int coordinates(final int channels) {
		return 5 * channels - 1;
	}

	@Override
	public NDArray apply(final NDArray x, final NDArray d) {
		try (OfImages all = new OfImages(x)) {
			return all.apply(x, d);
		}
	}

	/**
	 * The perturbation of these images, with everything computed that doesn't depend on the
	 * coordinates: for an ascent, which perturbs the same images again and again.
	 *
	 * @param images [N, C, H, W]; not closed
	 * @return perturbs the images themselves or the first n of them
	 */
	public OfImages on(final NDArray images) {
		return new OfImages(images);
	}

	/** Images whose light and blurred light are known. */
	public final class OfImages implements Perturbation, AutoCloseable {

		private final NDArray level;
		private final NDArray light;
		private final NDArray blurred;
		private final NDArray fall;

		private OfImages(final NDArray x) {
			level = Tensors.create(x.getManager(), dark, 1, dark.length, 1, 1);
			light = x.sub(level);
			blurred = blurred(light);
			fall = falloff(x.getManager(), x.getShape());
		}

		@Override
		public int coordinates(final int channels) {
			return CameraPerturbation.this.coordinates(channels);
		}

		@Override
		public NDArray apply(final NDArray x, final NDArray d) {
			final int c = dark.length;
			final String rows = "0:" + x.getShape().get(0);
			try (NDArray some = light.get(rows);
				NDArray someBlurred = blurred.get(rows);
				NDArray bleed = bleed(d, c);
				NDArray mixed = mixed(some, bleed);
				NDArray mixedBlurred = mixed(someBlurred, bleed);
				NDArray lost = mixedBlurred.sub(mixed);
				NDArray blur = effect(d, Effect.BLUR);
				NDArray change = lost.mul(blur);
				NDArray focused = mixed.add(change);
				NDArray vignetting = effect(d, Effect.VIGNETTING);
				NDArray loss = vignetting.mul(fall);
				NDArray kept = loss.neg().add(1f);
				NDArray seen = focused.mul(kept);
				NDArray log = effect(d, Effect.GAIN);
				NDArray gain = log.exp();
				NDArray amplified = seen.mul(gain);
				NDArray offset = effect(d, Effect.OFFSET);
				NDArray base = offset.add(level))
			{
				return amplified.add(base);
			}
		}

		@Override
		public void close() {
			level.close();
			light.close();
			blurred.close();
			fall.close();
		}
	}

	/** The size of an effect, [N, C, 1, 1]. */
	private NDArray effect(final NDArray d, final Effect effect) {
		final int c = dark.length;
		final int from = effect.ordinal() * c;
		try (NDArray own = d.get(":, " + from + ":" + (from + c));
			NDArray s = Tensors.create(d.getManager(), scale[effect.ordinal()], 1, c);
			NDArray sized = own.mul(s))
		{
			return sized.reshape(d.getShape().get(0), c, 1, 1);
		}
	}

	/** [N, C - 1, 1, 1]; {@code null} if there is one channel only. */
	private NDArray bleed(final NDArray d, final int c) {
		if (c == 1) return null;
		final float[] s = Arrays.copyOfRange(scale[Effect.BLEED.ordinal()], 1, c);
		try (NDArray own = d.get(":, " + 4 * c + ":");
			NDArray sizes = Tensors.create(d.getManager(), s, 1, c - 1);
			NDArray sized = own.mul(sizes))
		{
			return sized.reshape(d.getShape().get(0), c - 1, 1, 1);
		}
	}

	private static NDArray mixed(final NDArray light, final NDArray bleed) {
		if (bleed == null) return light.add(0f);
		final long c = light.getShape().get(1);
		try (NDArray first = light.get(":, 0:1");
			NDArray giving = light.get(":, 0:" + (c - 1));
			NDArray taking = light.get(":, 1:");
			NDArray given = giving.mul(bleed);
			NDArray sum = taking.add(given))
		{
			return NDArrays.concat(new NDList(first, sum), 1);
		}
	}

	/** The gaussian, of weight 1 at the borders, too: along the columns, then along the rows. */
	private static NDArray blurred(final NDArray x) {
		final Shape s = x.getShape();
		final int n = 2 * RADIUS + 1;
		final float[] kernel = new float[n];
		for (int i = 0; i < n; i++) kernel[i] = (float) Math.exp(-(i - RADIUS) * (i - RADIUS) / (2 * SIGMA * SIGMA));
		try (NDArray planes = x.reshape(s.get(0) * s.get(1), 1, s.get(2), s.get(3));
			NDArray columns = blurred(planes, kernel, n, 1);
			NDArray both = blurred(columns, kernel, 1, n))
		{
			return both.reshape(s);
		}
	}

	private static NDArray blurred(final NDArray planes, final float[] kernel, final int h, final int w) {
		final Shape s = planes.getShape();
		final NDManager manager = planes.getManager();
		try (NDArray floats = Tensors.create(manager, kernel, 1, 1, h, w);
			NDArray weight = floats.toType(planes.getDataType(), true);
			NDArray ones = manager.ones(new Shape(1, 1, s.get(2), s.get(3)), planes.getDataType());
			NDArray sums = convolved(ones, weight, h, w);
			NDArray y = convolved(planes, weight, h, w))
		{
			return y.div(sums);
		}
	}

	private static NDArray convolved(final NDArray x, final NDArray weight, final int h, final int w) {
		return Conv2d.conv2d(x, weight, null, new Shape(1, 1), new Shape(h / 2, w / 2)).singletonOrThrow();
	}

	/** r^2, [1, 1, H, W]: 0 in the center, 1 in the corners. */
	private static NDArray falloff(final NDManager manager, final Shape s) {
		final int h = (int) s.get(2);
		final int w = (int) s.get(3);
		final float[] r2 = new float[h * w];
		for (int i = 0; i < r2.length; i++) {
			final double y = (2. * (i / w) + 1) / h - 1;
			final double x = (2. * (i % w) + 1) / w - 1;
			r2[i] = (float) ((x * x + y * y) / 2);
		}
		return Tensors.create(manager, r2, 1, 1, h, w);
	}
}
