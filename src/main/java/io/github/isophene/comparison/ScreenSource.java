// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.github.isophene.adaptation.FieldImages;
import io.github.isophene.pixels.ChannelReader;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.FieldScaling;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.ScreenFields;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;
import io.github.isophene.training.Augmentation;
import io.github.isophene.training.AugmentedTiles;
import io.github.isophene.training.Sample;
import io.github.isophene.training.ScreenSamples;
import io.github.isophene.training.ScreenTiles;
import io.github.isophene.training.TrainingData;
import io.github.isophene.training.TrainingListener;

/** The fields of a screen, decoded once for all seeds; standardised by each split's training images. */
public final class ScreenSource implements ComparisonSource, AutoCloseable {

	private final ScreenSamples samples;
	private final List<FieldImages.Position> positions;
	private final List<String> channels;
	private final ScreenTiles tiles;
	private final boolean standardize;
	private final Augmentation augmentation;
	private final TrainingListener listener;

	/**
	 * @param readers how fields are read
	 * @param options what to take from the screen
	 * @param folder for decoded images that don't fit into memory
	 * @param listener asked whether to stop while images are read
	 * @throws IOException if the first field can't be read
	 * @throws IllegalArgumentException if a column, a channel or the controls aren't there
	 */
	public ScreenSource(final Screen screen, final FieldReaders readers, final SourceOptions options, final Path folder,
		final TrainingListener listener) throws IOException
	{
		this.listener = listener;
		final Intensity intensity = Intensity.parse(options.intensity());
		final Selection controls = FieldScaling.controls(screen, options.controls(), intensity);
		if (controls == null) throw new IllegalArgumentException("controls is missing: say which wells are negative controls, " +
			"for example Metadata_pert_type=negcon");
		samples = ScreenSamples.of(screen, options.label(), options.batch(), controls);
		samples.messages().forEach(listener::message);
		positions = samples.fields().stream().map(f -> new FieldImages.Position(f.well(), f.site())).toList();
		final ChannelReader reader = new ChannelReader(readers, screen.channels(), options.channels()
			.isEmpty() ? screen.channels() : options.channels(), options.downscale());
		channels = reader.channels();
		standardize = !intensity.isFixed();
		tiles = new ScreenTiles(new ScreenFields(reader, samples.fields(), intensity, controls, f -> f.plate() + "\0" + f.get(
			options.batch())), options.memory(), folder);
		try {
			final int size = options.tile() > 0 ? options.tile() : tiles.firstSize();
			augmentation = Augmentation.all(size);
		}
		catch (final IOException | RuntimeException e) {
			tiles.close();
			throw e;
		}
	}

	@Override
	public List<Sample> samples() {
		return samples.samples();
	}

	@Override
	public ComparisonData data(final OuterSplit split) throws IOException {
		if (standardize) tiles.standardize(split.training(), listener);
		return new ComparisonData(new TrainingData(samples.samples(), samples.classes(), new AugmentedTiles(tiles, channels
			.size(), augmentation)), positions, channels, tiles.intensity().spec(), samples.labelColumn());
	}

	/** Deletes decoded images. */
	@Override
	public void close() throws IOException {
		tiles.close();
	}
}
