// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.measure.ResultsTable;
import io.github.isophene.files.AtomicFile;
import io.github.isophene.plots.PictureGrid;
import io.github.isophene.plots.Png;
import io.github.isophene.training.objective.PerturbationPreview;

/** A {@link PerturbationPreview} as ImageJ's images, tables and files. */
public final class PreviewImages {

	/** Planes in the picture, at most: those that change most. */
	private static final int MOST = 6;

	private final PerturbationPreview preview;

	/** @param preview what is shown */
	public PreviewImages(final PerturbationPreview preview) {
		this.preview = preview;
	}

	/**
	 * A frame per state; its channels are those of the image, its slices the feature maps. All frames have one
	 * display range.
	 */
	public ImagePlus image(final String title) {
		final boolean input = preview.site().equals("input");
		final int planes = preview.planes().size();
		final int states = preview.states().size();
		final ImageStack stack = new ImageStack(preview.width(), preview.height());
		for (final PerturbationPreview.State state : preview.states()) {
			for (int p = 0; p < planes; p++)
				stack.addSlice(state.name() + ", " + preview.planes().get(p), state.pixels()[p]);
		}
		final ImagePlus image = new ImagePlus(title, stack);
		image.setDimensions(input ? planes : 1, input ? 1 : planes, states);
		image.setOpenAsHyperStack(true);
		if (!input || planes == 1) {
			final float[][] first = preview.states().get(0).pixels();
			image.setDisplayRange(0, Arrays.stream(first).mapToDouble(f -> quantile(f, .995)).max().orElse(1));
			return image;
		}
		final CompositeImage composite = new CompositeImage(image, CompositeImage.GRAYSCALE);
		for (int c = planes; c >= 1; c--) {
			composite.setC(c);
			final float[] first = preview.states().get(0).pixels()[c - 1];
			composite.setDisplayRange(quantile(first, .005), quantile(first, .995));
		}
		return composite;
	}

	private static double quantile(final float[] values, final double q) {
		final float[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[(int) (q * (sorted.length - 1))];
	}

	/** The sizes of the perturbations. */
	public ResultsTable table() {
		final ResultsTable table = new ResultsTable();
		for (final PerturbationPreview.EffectSize effect : preview.effects()) {
			table.incrementCounter();
			table.addValue("tile", effect.tile() == 0 ? "all" : String.valueOf(effect.tile()));
			table.addValue("plane", effect.plane());
			table.addValue("effect", effect.name());
			table.addValue("random", effect.random());
			table.addValue("worst case", effect.worst());
		}
		return table;
	}

	/** The planes that change most, in their order, a row per state. */
	public BufferedImage picture() {
		final float[][] before = preview.states().get(0).pixels();
		final float[][] after = preview.states().get(preview.states().size() - 1).pixels();
		final int[] shown = IntStream.range(0, before.length)
			.boxed()
			.sorted(Comparator.comparingDouble(p -> -change(before[p], after[p])))
			.limit(MOST)
			.mapToInt(Integer::intValue)
			.sorted()
			.toArray();
		final PictureGrid grid = new PictureGrid(Arrays.stream(shown).mapToObj(preview.planes()::get).toList(),
			preview.width(), preview.height());
		for (final PerturbationPreview.State state : preview.states()) {
			final List<String> lines = new ArrayList<>(List.of(Double.isNaN(state.loss()) ? state.name()
				: String.format(Locale.ROOT, "%s: probability of '%s' %.3f, loss %.3f", state.name(), preview.label(),
					state.probability(), state.loss())));
			grid.row(lines, Arrays.stream(shown).mapToObj(p -> state.pixels()[p]).toArray(float[][]::new));
		}
		return grid.image();
	}

	private static double change(final float[] a, final float[] b) {
		double squares = 0;
		for (int i = 0; i < a.length; i++) squares += (double) (b[i] - a[i]) * (b[i] - a[i]);
		return squares;
	}

	/**
	 * Refuses a file that {@link #write} can't write, before anything is computed.
	 *
	 * @throws IllegalArgumentException naming what can be written
	 */
	public static void check(final Path file) {
		if (!isTiff(file) && !isPng(file))
			throw new IllegalArgumentException(
				"output is " + file + ": give a .tif file (all planes, values as they are) or a .png file (a picture)");
	}

	private static boolean isTiff(final Path file) {
		final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
		return name.endsWith(".tif") || name.endsWith(".tiff");
	}

	private static boolean isPng(final Path file) {
		return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".png");
	}

	/**
	 * Writes all planes as TIFF, or the picture as PNG, whole or not at all.
	 *
	 * @param file its ending says which
	 * @throws IOException naming the file, if it can't be written
	 */
	public void write(final Path file) throws IOException {
		if (isPng(file)) {
			Png.write(file, picture());
			return;
		}
		final byte[] bytes = new FileSaver(image(file.getFileName().toString())).serialize();
		if (bytes == null) throw new IOException("Cannot write " + file + ": ImageJ could not make a TIFF of it");
		AtomicFile.write(file, temporary -> Files.write(temporary, bytes));
	}
}
