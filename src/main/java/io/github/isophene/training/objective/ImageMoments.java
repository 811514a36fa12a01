// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;

import io.github.isophene.network.CameraPerturbation;
import io.github.isophene.network.CameraPerturbation.Effect;
import io.github.isophene.pixels.TileSource;

/**
 * Moments of one image per channel, in the units of the coordinates of a {@link CameraPerturbation}: how much
 * of an effect would make a
 * typical image look like that. Phenotypes show in these numbers, too, so they are to be
 * compared between controls. Our choice.
 *
 * @param dark 1 % quantile of the pixels
 * @param sd standard deviation of the pixels
 * @param effects [effect][channel]
 */
record ImageMoments(double[] dark, double[] sd, double[][] effects) {

	private static final double DARK = 0.01;
	/** The part that is blurred to find out what blurring does. */
	private static final double PROBE = 0.5;

	/** Of the center of an image. */
	static ImageMoments of(final TileSource tiles, final int sample) throws IOException {
		final int size = tiles.size();
		final FloatBuffer values = FloatBuffer.allocate(tiles.channels() * size * size);
		tiles.read(sample, null, values);
		final double[][] images = new double[tiles.channels()][size * size];
		for (int i = 0; i < values.capacity(); i++) images[i / (size * size)][i % (size * size)] = values.get(i);
		return of(images, size);
	}

	/** @param images [C][H x W], square */
	static ImageMoments of(final double[][] images, final int size) {
		final int channels = images.length;
		final double[] dark = new double[channels];
		final double[] sd = new double[channels];
		final double[][] effects = new double[Effect.values().length][channels];
		double[] previous = null;
		for (int c = 0; c < channels; c++) {
			final double[] sorted = images[c].clone();
			Arrays.sort(sorted);
			dark[c] = sorted[(int) (DARK * (sorted.length - 1))];
			final double mean = Arrays.stream(sorted).average().orElseThrow();
			final double level = dark[c];
			sd[c] = Math.sqrt(Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).sum() / sorted.length);
			final double[] light = Arrays.stream(images[c]).map(v -> v - level).toArray();
			final double[] blurred = blurred(light, size);
			final double[] fine = new double[light.length];
			for (int i = 0; i < fine.length; i++) fine[i] = light[i] - blurred[i];
			effects[Effect.GAIN.ordinal()][c] = Math.log(Math.max(1e-6, mean - level));
			effects[Effect.OFFSET.ordinal()][c] = level;
			effects[Effect.BLUR.ordinal()][c] = blur(light, blurred, fine, size);
			effects[Effect.VIGNETTING.ordinal()][c] = vignetting(light, size);
			if (previous != null) effects[Effect.BLEED.ordinal()][c] = slope(previous, fine);
			previous = fine;
		}
		return new ImageMoments(dark, sd, effects);
	}

	/** Log share of fine detail, divided by how much of it a blur takes away, so that it is in units of the blur. */
	private static double blur(final double[] light, final double[] blurred, final double[] fine, final int size) {
		final double[] probe = new double[light.length];
		for (int i = 0; i < probe.length; i++) probe[i] = (1 - PROBE) * light[i] + PROBE * blurred[i];
		final double[] again = blurred(probe, size);
		final double[] left = new double[light.length];
		for (int i = 0; i < left.length; i++) left[i] = probe[i] - again[i];
		final double now = Math.log(Math.max(1e-12, squares(fine)) / Math.max(1e-12, squares(light)));
		final double then = Math.log(Math.max(1e-12, squares(left)) / Math.max(1e-12, squares(probe)));
		return -now * PROBE / Math.max(1e-3, now - then);
	}

	/** The v of light proportional to about 1 - v r^2, from the outer and the inner half. */
	private static double vignetting(final double[] light, final int size) {
		final double[] sum = new double[2];
		final double[] r2 = new double[2];
		final int[] n = new int[2];
		for (int i = 0; i < light.length; i++) {
			final double y = (2. * (i / size) + 1) / size - 1;
			final double x = (2. * (i % size) + 1) / size - 1;
			final double r = (x * x + y * y) / 2;
			final int half = r > 0.32 ? 1 : 0;
			sum[half] += light[i];
			r2[half] += r;
			n[half]++;
		}
		final double ratio = sum[1] / n[1] / Math.max(1e-6, sum[0] / n[0]);
		// The logarithm, as cells that happen to lie in the middle are a factor, too.
		return -Math.log(Math.max(1e-3, ratio)) / (r2[1] / n[1] - r2[0] / n[0]);
	}

	private static double slope(final double[] x, final double[] y) {
		double xy = 0;
		for (int i = 0; i < x.length; i++) xy += x[i] * y[i];
		return xy / Math.max(1e-12, squares(x));
	}

	private static double squares(final double[] values) {
		double sum = 0;
		for (final double v : values) sum += v * v;
		return sum;
	}

	/** The gaussian of the perturbation, of weight 1 at the borders, too. */
	private static double[] blurred(final double[] image, final int size) {
		final double[] rows = new double[image.length];
		final double[] both = new double[image.length];
		for (int i = 0; i < image.length; i++) rows[i] = line(image, i, i % size, 1, size);
		for (int i = 0; i < image.length; i++) both[i] = line(rows, i, i / size, size, size);
		return both;
	}

	private static double line(final double[] image, final int at, final int place, final int step, final int size) {
		double sum = 0;
		double weights = 0;
		for (int k = -3; k <= 3; k++) {
			if (place + k < 0 || place + k >= size) continue;
			final double w = Math.exp(-k * k / (2 * CameraPerturbation.SIGMA * CameraPerturbation.SIGMA));
			sum += w * image[at + k * step];
			weights += w;
		}
		return sum / weights;
	}
}
