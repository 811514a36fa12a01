// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A picture of what a simulated screen will look like: one column per class, one
 * row per batch, each tile the first field of the first such well. Colors as
 * usual for Cell Painting: DNA blue, ER green, AGP yellow, Mito red. All tiles
 * have the same display range, so batch effects show.
 */
public final class DemoMontage {

	/** Counts shown as black and as full color, per channel. */
	private static final double[] BLACK = {250, 260, 260, 260};
	private static final double[] FULL = {1500, 1300, 1100, 1500};
	/** Red, green and blue share of each channel. */
	private static final double[][] COLORS = {{.1, .15, 1}, {0, .6, .1}, {.5, .4, 0}, {.9, 0, .15}};
	/** Colors are cut to this many levels apart, which halves the file. */
	private static final int LEVEL = 8;

	private DemoMontage() {}

	/**
	 * Renders the picture; no files are read or written.
	 *
	 * @param options whose batches, classes and size decide on the picture's size
	 * @return [batches * size] by [classes * size] pixels, RGB
	 */
	public static BufferedImage image(final DemoOptions options) {
		final int size = options.size();
		final BufferedImage montage = new BufferedImage(options.classes() * size, options.batches() * size,
			BufferedImage.TYPE_INT_RGB);
		final List<PlannedField> fields = new ScreenPlan(options).fields();
		for (int batch = 1; batch <= options.batches(); batch++) {
			for (int label = 0; label < options.classes(); label++) {
				final int b = batch;
				final int k = label;
				final PlannedField field = fields.stream()
					.filter(f -> f.batch() == b && f.label() == k)
					.findFirst()
					.orElseThrow();
				montage.setRGB(k * size, (b - 1) * size, size, size, colors(options, field), 0, size);
			}
		}
		return montage;
	}

	private static int[] colors(final DemoOptions options, final PlannedField field) {
		final List<short[]> images = new Microscope(options).expose(field,
			new FieldRenderer(options).render(field).channels());
		final int[] colors = new int[options.size() * options.size()];
		for (int p = 0; p < colors.length; p++) {
			int rgb = 0;
			for (int primary = 0; primary < 3; primary++) {
				double sum = 0;
				for (int c = 0; c < COLORS.length; c++) {
					final double shown = (images.get(c)[p] - BLACK[c]) / (FULL[c] - BLACK[c]);
					sum += COLORS[c][primary] * Math.min(1, Math.max(0, shown));
				}
				rgb = rgb << 8 | Math.min(255, (int) (255 * sum) / LEVEL * LEVEL);
			}
			colors[p] = rgb;
		}
		return colors;
	}
}
