// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.embedding.EmbeddingReport;
import io.github.isophene.embedding.ScreenEmbedder;
import io.github.isophene.embedding.TileNetwork;
import io.github.isophene.engine.Precision;
import io.github.isophene.files.Sha256;
import io.github.isophene.messages.Count;
import io.github.isophene.pixels.ChannelReader;
import io.github.isophene.pixels.Downscale;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.ScreenFields;
import io.github.isophene.pixels.ScreenIntensity;
import io.github.isophene.pixels.illumination.Illumination;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;
import io.github.isophene.training.data.Augmentation;
import io.github.isophene.training.data.AugmentedTiles;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.ScreenSamples;
import io.github.isophene.training.data.ScreenTiles;
import io.github.isophene.training.data.TrainingData;

/** The fields of a screen, decoded once for all seeds; standardized by each split's training images. */
public final class ScreenSource implements ComparisonSource, AutoCloseable {

	private final FieldReaders readers;
	private final SourceOptions options;
	private final Path folder;
	private final List<String> screenChannels;
	private final ScreenSamples samples;
	private final List<FieldImages.Position> positions;
	private final List<String> channels;
	private final ScreenTiles tiles;
	private final boolean standardize;
	private final Augmentation augmentation;
	private final Progress progress;

	/**
	 * @param readers how fields are read
	 * @param options what to take from the screen
	 * @param folder for decoded images that don't fit into memory, and for profiles of a frozen encoder
	 * @param progress of reading images
	 * @throws IOException if the first field can't be read
	 * @throws IllegalArgumentException if a column, a channel or the controls aren't there
	 */
	public ScreenSource(final Screen screen, final FieldReaders readers, final SourceOptions options, final Path folder,
		final Progress progress) throws IOException
	{
		this.readers = readers;
		this.options = options;
		this.folder = folder;
		this.progress = progress;
		screenChannels = screen.channels();
		final Function<Field, String> plate = f -> f.plate() + "\0" + f.get(options.batch());
		final ScreenIntensity scaled = ScreenIntensity.of(Intensity.parse(options.intensity()), options.controls(),
			screen, screen.fields(), plate);
		scaled.notes().forEach(progress::info);
		scaled.warnings().forEach(progress::warn);
		final Intensity intensity = scaled.intensity();
		final Selection controls = scaled.controls();
		if (options.controls().isNone())
			throw new IllegalArgumentException("controls is missing: say which wells are negative controls, " +
				"for example " + ControlTypes.NEGATIVE_CONTROLS);
		samples = ScreenSamples.of(screen, options.label(), options.batch(), controls);
		samples.messages().forEach(progress::info);
		positions = samples.fields().stream().map(f -> new FieldImages.Position(f.well(), f.site())).toList();
		final ChannelReader reader = new ChannelReader(readers, screen.channels(),
			options.channels().isEmpty() ? screen.channels() : options.channels(), options.downscale(),
			Illumination.of(options.illumination(), screen.fields(), plate));
		channels = reader.channels();
		standardize = !intensity.isFixed();
		tiles = new ScreenTiles(new ScreenFields(reader, samples.fields(), intensity, controls, plate),
			options.memory(), folder);
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
	public void requireApart(final OuterSplit split) {
		samples.requireApart(split.training(), IntStream.range(0, samples.samples().size())
			.filter(i -> split.heldOut().contains(samples.plate(i)))
			.toArray());
	}

	@Override
	public ComparisonData data(final OuterSplit split) throws IOException {
		tiles.measure(progress);
		if (standardize) tiles.standardize(split.training(), progress);
		return new ComparisonData(
			new TrainingData(samples.samples(), samples.classes(),
				new AugmentedTiles(tiles, tiles.count(), channels.size(), augmentation)),
			positions, channels, tiles.intensity().spec(), options.illumination(), samples.labelColumn());
	}

	/** Files and folders of the channels that are used; addresses are not asked. */
	@Override
	public void requireImages() throws IOException {
		final int[] used = channels.stream().mapToInt(screenChannels::indexOf).filter(c -> c >= 0).toArray();
		final List<Plane> missing = samples.fields()
			.parallelStream()
			.flatMap(field -> Arrays.stream(used).mapToObj(field.planes()::get))
			.filter(plane -> plane != null && !plane.isUrl() && !new File(plane.path()).exists())
			.toList();
		if (!missing.isEmpty())
			throw new IOException(
				Count.of(missing.size(), "image isn't", "images aren't") + " there, such as " +
					missing.get(0).path() + ": restore what is missing, or leave these fields out of the screen table");
	}

	/**
	 * A table is taken as it is; by an encoder, fields are embedded once, into a file in the folder {@code
	 * encoder}.
	 */
	@Override
	public FrozenProfiles frozen(final String encoder, final String device, final Precision precision,
		final boolean sameSize, final Progress run)
		throws IOException
	{
		if (encoder.matches("(?i).*\\.(parquet|csv|csv\\.gz)")) {
			if (sameSize)
				throw new IllegalArgumentException("encoder = " + encoder +
					" is a table of profiles, whose images can't be made smaller: give an encoder (default, a model " +
					"file or a TorchScript file), or leave out the methods at the networks' " +
					"resolution (encoder-same-size)");
			final Path table = Path.of(encoder);
			return FrozenProfiles.of(table.getFileName().toString(), ProfileFile.read(table), samples.fields(),
				options.batch(), encoder);
		}
		try (TileNetwork own = TileNetwork.open(encoder, device, precision)) {
			final TileNetwork network = sameSize ? new ResizedTileNetwork(own, options.downscale(), augmentation.size())
				: own;
			final String digest = Sha256.of(String.join("\n",
				network.digest() + (precision == Precision.FLOAT32 ? "" : " " + precision.label()), network.downscale(),
				Integer.toString(network.tileSize()), options.channels().toString(), samples.fields().toString()));
			final Path file = folder.resolve("encoder").resolve("profiles-" + digest.substring(0, 12) + ".parquet");
			if (Files.notExists(file)) embed(network, file, device, run);
			final String name = sameSize ? network.name() + " at the resolution of the networks" : network.name();
			return FrozenProfiles.of(name, ProfileFile.read(file), samples.fields(), options.batch(),
				file.toString());
		}
	}

	private void embed(final TileNetwork network, final Path file, final String device, final Progress run)
		throws IOException
	{
		Files.createDirectories(file.getParent());
		// Its own tile, or the whole field where that is smaller.
		final int side = tiles.firstSize() * options.downscale().factor() /
			Downscale.parse(network.downscale()).factor();
		final EmbeddingOptions embedding = EmbeddingOptions.into(file)
			.withChannels(options.channels())
			.withControls(options.controls())
			.withTile(Math.min(network.tileSize(), side))
			.withStatistics(EmbeddingOptions.TRAINING)
			.withDevice(device);
		final EmbeddingReport report = new ScreenEmbedder(readers)
			.embed(new Screen(screenChannels, samples.fields()), network, embedding, run);
		run.info(network.name() + ": " + report.message());
	}

	/** Deletes decoded images. */
	@Override
	public void close() throws IOException {
		tiles.close();
	}
}
