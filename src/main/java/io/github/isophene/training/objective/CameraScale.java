// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import io.github.isophene.messages.Count;
import io.github.isophene.network.CameraPerturbation;
import io.github.isophene.network.CameraPerturbation.Effect;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import io.github.isophene.training.data.PlateImages;
import io.github.isophene.training.data.TrainingData;

/**
 * Finds the units of a {@link CameraPerturbation} in the training images: what is dark, what
 * is one unit of light, and, if wanted, how much plates differ.
 */
final class CameraScale {

	/** Sizes at radius 1 with unit=constants, our choice. */
	static final List<Setting> CHOICES = List.of(
		Setting.number("gain", 0.25, 0, 100,
			"camera, constants: standard deviation of the log gain at radius 1 (our choice)"),
		Setting.number("offset", 0.3, 0, 100,
			"camera, constants: of the offset, in standard deviations of a channel's pixels (our choice)"),
		Setting.number("blur", 0.5, 0, 100,
			"camera, constants: of the part that is blurred or sharpened by sigma 1.2 pixels (our choice)"),
		Setting.number("vignetting", 0.15, 0, 100,
			"camera, constants: of the part of the light lost in the corners (our choice)"),
		Setting.number("bleed", 0.08, 0, 100,
			"camera, constants: of the part of a channel that the next one gets, too (our choice)"));

	/** Images per plate that are looked at, at most. */
	private static final int IMAGES = 16;
	/** Plates with controls that a spread takes at least. */
	private static final int PLATES = 3;

	private CameraScale() {}

	/**
	 * Measures.
	 *
	 * @param controls whether sizes are the spread of the plates' controls, instead of constants
	 * @throws IllegalArgumentException if fewer than 3 training plates have controls but the spread is wanted
	 */
	static CameraPerturbation of(final TrainingData data, final int[] training, final Settings settings,
		final boolean controls, final Consumer<String> log) throws IOException
	{
		final List<PlateImages> plates = PlateImages.of(data, training);
		final boolean any = plates.stream().anyMatch(p -> p.controls().length > 0);
		final List<List<ImageMoments>> measured = new ArrayList<>();
		for (final PlateImages plate : plates) {
			// A plate's controls look alike whatever its treatments are.
			final int[] from = any ? plate.controls() : plate.labeled();
			final List<ImageMoments> images = new ArrayList<>();
			final int n = Math.min(IMAGES, from.length);
			for (int i = 0; i < n; i++)
				images.add(ImageMoments.of(data.tiles(), from[(int) ((long) i * from.length / n)]));
			if (!images.isEmpty()) measured.add(images);
		}
		final int c = data.tiles().channels();
		final float[] dark = new float[c];
		final float[] sd = new float[c];
		for (int i = 0; i < c; i++) {
			final int channel = i;
			final List<ImageMoments> all = measured.stream().flatMap(List::stream).toList();
			dark[i] = (float) all.stream().mapToDouble(m -> m.dark()[channel]).average().orElseThrow();
			sd[i] = (float) all.stream().mapToDouble(m -> m.sd()[channel]).average().orElseThrow();
		}
		final float[][] scale = controls ? spread(measured, any, c) : constants(settings, sd);
		log.accept("The camera's perturbation at radius 1 (" +
			(controls ? "spread of the controls of " + Count.of(measured.size(), "plate") : "constants") + "): " +
			text(scale));
		return new CameraPerturbation(dark, scale);
	}

	private static double size(final Settings s, final Effect e) {
		return s.number(label(e));
	}

	private static float[][] constants(final Settings s, final float[] sd) {
		final float[][] scale = new float[Effect.values().length][sd.length];
		for (final Effect e : Effect.values()) {
			final double size = size(s, e);
			for (int c = 0; c < sd.length; c++)
				scale[e.ordinal()][c] = (float) (e == Effect.OFFSET ? size * sd[c] : size);
		}
		return scale;
	}

	private static float[][] spread(final List<List<ImageMoments>> plates, final boolean controls, final int channels) {
		if (!controls || plates.size() < PLATES)
			throw new IllegalArgumentException("unit=controls needs negative controls on " + PLATES +
				" training plates or more, but there are " + (controls ? plates.size() : 0) + ": use unit=constants");
		final float[][] scale = new float[Effect.values().length][channels];
		for (final Effect e : Effect.values()) {
			for (int c = 0; c < channels; c++) {
				final int channel = c;
				scale[e.ordinal()][c] = (float) between(plates.stream()
					.map(p -> p.stream().mapToDouble(m -> m.effects()[e.ordinal()][channel]).toArray())
					.toList());
			}
		}
		return scale;
	}

	/** Standard deviation of the plates' means, less what the differences between images of a plate add to it. */
	static double between(final List<double[]> plates) {
		final double[] means = plates.stream().mapToDouble(p -> Arrays.stream(p).average().orElseThrow()).toArray();
		double noise = 0;
		for (int i = 0; i < means.length; i++) {
			final double[] p = plates.get(i);
			noise += p.length > 1 ? variance(p) / p.length / means.length : 0;
		}
		return Math.sqrt(Math.max(0, variance(means) - noise));
	}

	/** Unbiased. */
	private static double variance(final double[] values) {
		final double mean = Arrays.stream(values).average().orElseThrow();
		return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
	}

	private static String label(final Effect effect) {
		return effect.name().toLowerCase(Locale.ROOT);
	}

	private static String text(final float[][] scale) {
		final StringBuilder text = new StringBuilder();
		for (final Effect e : Effect.values()) {
			if (e.ordinal() > 0) text.append("; ");
			text.append(label(e));
			for (final float v : scale[e.ordinal()]) text.append(String.format(Locale.ROOT, " %.3g", v));
		}
		return text.toString();
	}
}
