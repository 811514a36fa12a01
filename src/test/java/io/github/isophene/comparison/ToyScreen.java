// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.engine.Precision;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.progress.Progress;
import io.github.isophene.training.data.Augmentation;
import io.github.isophene.training.data.AugmentedTiles;
import io.github.isophene.training.data.PackedTile;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.TrainingData;

/**
 * A screen in memory: spots in two channels, whose brightness relative to the controls' is
 * the class, on batches that each have a gain per channel of their own.
 */
final class ToyScreen implements ComparisonSource {

	/** Brightness of the spots by class and channel; controls have 1, 1. */
	private static final double[][] BRIGHTNESS = {{2.2, 1}, {1, 2.2}, {0.45, 0.45}};
	private static final int USUAL = 32;

	private final List<Sample> samples = new ArrayList<>();
	private final List<FieldImages.Position> positions = new ArrayList<>();
	private final List<PackedTile> tiles = new ArrayList<>();
	private final int size;
	private final ComparisonData data;

	ToyScreen(final int batches, final int plates, final int each, final int controls, final double shift,
		final long seed)
	{
		this(batches, plates, each, controls, shift, seed, USUAL);
	}

	/**
	 * @param each images of each class on each plate
	 * @param controls images of controls on each plate, two per well
	 * @param size side of an image, pixels
	 */
	ToyScreen(final int batches, final int plates, final int each, final int controls, final double shift,
		final long seed, final int size)
	{
		this.size = size;
		for (int b = 0; b < batches; b++) {
			for (int p = 0; p < plates; p++) plate("b" + b + "p" + p, "b" + b, each, controls, shift, seed);
		}
		data = new ComparisonData(
			new TrainingData(samples, List.of("left", "right", "dim"),
				new AugmentedTiles(tiles::get, tiles.size(), 2, Augmentation.all(size))),
			positions, List.of("x", "y"), "typemax", "none", "Metadata_Compound");
	}

	/** The same images, of which some have the next class as label. */
	private ToyScreen(final ToyScreen of, final Predicate<Sample> some) {
		size = of.size;
		positions.addAll(of.positions);
		tiles.addAll(of.tiles);
		for (final Sample s : of.samples) {
			samples.add(s.labeled() && some.test(s)
				? new Sample(s.plate(), s.batch(), (s.label() + 1) % 3, s.control())
				: s);
		}
		data = new ComparisonData(new TrainingData(samples, of.data.images().classes(), of.data.images().tiles()),
			positions, of.data.channels(), of.data.intensity(), of.data.illumination(), of.data.labelColumn());
	}

	/** Returns the same images, of which some have the next class as label. */
	ToyScreen relabeled(final Predicate<Sample> some) {
		return new ToyScreen(this, some);
	}

	@Override
	public List<Sample> samples() {
		return samples;
	}

	@Override
	public ComparisonData data(final OuterSplit split) {
		return data;
	}

	/** An encoder that sees mean and standard deviation of each channel. */
	@Override
	public FrozenProfiles frozen(final String encoder, final String device, final Precision precision,
		final boolean sameSize,
		final Progress progress) throws IOException
	{
		final float[][] profiles = new float[samples.size()][4];
		final FloatBuffer buffer = FloatBuffer.allocate(2 * size * size);
		for (int i = 0; i < profiles.length; i++) {
			data.images().tiles().read(i, null, buffer.clear());
			for (int c = 0; c < 2; c++) {
				double sum = 0;
				double squares = 0;
				for (int p = c * size * size; p < (c + 1) * size * size; p++) {
					sum += buffer.get(p);
					squares += (double) buffer.get(p) * buffer.get(p);
				}
				final double mean = sum / (size * size);
				profiles[i][2 * c] = (float) mean;
				profiles[i][2 * c + 1] = (float) Math.sqrt(squares / (size * size) - mean * mean);
			}
		}
		return new FrozenProfiles(encoder, profiles);
	}

	ComparisonData data() {
		return data;
	}

	private void plate(final String plate, final String batch, final int each, final int controls, final double shift,
		final long seed)
	{
		final RandomStream ofBatch = RandomStream.of(seed, batch);
		final RandomStream random = RandomStream.of(seed, plate);
		final double[] gain = new double[2];
		for (int c = 0; c < 2; c++) gain[c] = Math.exp(shift * (2 * ofBatch.nextDouble() - 1));
		for (int i = 0; i < 3 * each + controls; i++) {
			final int label = i < 3 * each ? i % 3 : Sample.NO_LABEL;
			samples.add(new Sample(plate, batch, label, label < 0));
			positions.add(new FieldImages.Position(
				String.format(Locale.ROOT, "%s%02d", label < 0 ? "B" : "A", i / 2 + 1), Integer.toString(i % 2)));
			tiles.add(image(label, gain, random));
		}
	}

	private PackedTile image(final int label, final double[] gain, final RandomStream random) {
		final short[] pixels = new short[2 * size * size];
		final double[] y = new double[6];
		final double[] x = new double[6];
		for (int s = 0; s < 6; s++) {
			y[s] = random.nextDouble() * size;
			x[s] = random.nextDouble() * size;
		}
		for (int i = 0; i < pixels.length; i++) {
			final int c = i / (size * size);
			double v = 0.05 * random.nextGaussian();
			for (int s = 0; s < 6; s++) {
				final double dy = i / size % size - y[s];
				final double dx = i % size - x[s];
				v += (label < 0 ? 1 : BRIGHTNESS[label][c]) * Math.exp(-(dy * dy + dx * dx) / 18);
			}
			pixels[i] = (short) Math.max(0, Math.min(65535, Math.round((gain[c] * v + 1) * 2000)));
		}
		return new PackedTile(size, size, pixels, new float[]{1f / 2000, 1f / 2000}, new float[]{-1.5f, -1.5f});
	}
}
