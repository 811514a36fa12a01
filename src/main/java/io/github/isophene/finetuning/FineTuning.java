// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.finetuning;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.embedding.TileNetwork;
import io.github.isophene.engine.Engines;
import io.github.isophene.messages.Count;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.pixels.ChannelChoice;
import io.github.isophene.pixels.ChannelReader;
import io.github.isophene.pixels.Downscale;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.ScreenFields;
import io.github.isophene.pixels.ScreenIntensity;
import io.github.isophene.pixels.illumination.Illumination;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.settings.Settings;
import io.github.isophene.training.DataOptions;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Objectives;
import io.github.isophene.training.TrainedPart;
import io.github.isophene.training.Trainer;
import io.github.isophene.training.TrainingListener;
import io.github.isophene.training.TrainingResult;
import io.github.isophene.training.data.AugmentedTiles;
import io.github.isophene.training.data.HeldOut;
import io.github.isophene.training.data.ScreenSamples;
import io.github.isophene.training.data.ScreenTiles;
import io.github.isophene.training.data.Split;
import io.github.isophene.training.data.TrainingData;

/**
 * A training from a screen to a model: every choice made, data opened, contradictions told
 * before the first step. Used once.
 * <pre>
 * try (FineTuning tuning = FineTuning.open(screen, options, readers, objectives, progress)) {
 *   TrainingResult result = tuning.train(listener);
 *   Model model = tuning.model(result);
 * }
 * </pre>
 */
public final class FineTuning implements AutoCloseable {

	/** The crop from scratch, of the same source. */
	private static final int SCRATCH_TILE = 256;
	/** Seconds between checkpoints. */
	private static final double INTERVAL = 60;

	private final FineTuneOptions options;
	private final Progress progress;
	private final Objective objective;
	private final StartPoint start;
	private final ScreenSamples samples;
	private final Split split;
	private final List<String> channels;
	private final Downscale downscale;
	private final Illumination illumination;
	private final ScreenTiles tiles;
	private final TrainingData data;
	private final Architecture architecture;

	private FineTuning(final Screen screen, final FineTuneOptions options, final FieldReaders readers,
		final Collection<Objective> objectives, final Progress progress) throws IOException
	{
		this.options = options;
		this.progress = progress;
		final DataOptions wanted = options.data();
		// Before an hour of reading images.
		options.training().precision().require(Engines.device(options.training().device()));
		objective = Objectives.of(objectives, options.objective()).configured(Settings.parse(options.settings()));
		start = StartPoint.of(options.start(), options.architecture());
		if (start.scratch() && options.training().part() != TrainedPart.WHOLE)
			throw new IllegalArgumentException("train is '" + options.training().part().label() +
				"', which freezes layers, but from scratch these are random: choose train = whole, " +
				"or give a model in start");
		channels = ChannelChoice.choose(screen.channels(), wanted.channels(), start.channels(), start.name());
		samples = ScreenSamples.of(screen, wanted.label(), wanted.batch(), wanted.controls());
		samples.messages().forEach(progress::info);
		architecture = start.architecture(channels, samples.classes().size()).withHead(objective.head());
		start.otherChannels(architecture).ifPresent(progress::info);
		start.otherHead(objective.head()).ifPresent(progress::info);
		split = HeldOut.split(samples.samples(), wanted.heldOut(), wanted.validation(), options.training().seed());
		samples.requireApart(split.training(), split.heldOut());
		samples.unlearned(split.training()).ifPresent(progress::info);
		downscale = start.downscale(wanted.downscale());
		final Map<Field, String> plates = new IdentityHashMap<>();
		for (int i = 0; i < samples.fields().size(); i++) plates.put(samples.fields().get(i), samples.plate(i));
		final ScreenIntensity scaled = ScreenIntensity.of(intensity(wanted), wanted.controls(), screen,
			samples.fields(), plates::get);
		scaled.notes().forEach(progress::info);
		scaled.warnings().forEach(progress::info);
		final Intensity intensity = scaled.intensity();
		intensity.requireChannels(channels.size());
		illumination = Illumination.of(wanted.illumination(), screen.fields(),
			f -> f.plate() + "\0" + f.get(wanted.batch()));
		tiles = new ScreenTiles(
			new ScreenFields(new ChannelReader(readers, screen.channels(), channels, downscale, illumination),
				samples.fields(), intensity, scaled.controls(), plates::get),
			wanted.memory(), options.model());
		boolean open = false;
		try {
			final int tile = tile(wanted.tile());
			// Of all plates before the first step: the one without controls isn't found after an hour.
			tiles.measure(progress.part("", 0, 0, 1));
			if (wanted.normalize() && (start.scratch() || !wanted.intensity().isEmpty()) && !intensity.isFixed()) {
				tiles.standardize(split.training(), progress.part("", 0, 0, 1));
			}
			data = new TrainingData(samples.samples(), samples.classes(),
				new AugmentedTiles(tiles, tiles.count(), channels.size(),
					wanted.augment().of(options.training().part()).crop(tile),
					tiles.intensity().spec() + " " + illumination.mode() + " " + downscale.spec() + " " + channels +
						" " + TrainingRecord.digest(samples)));
			open = true;
		}
		finally {
			if (!open) tiles.close();
		}
	}

	/**
	 * Makes every choice and opens the data.
	 *
	 * @param progress of opening the data and of the training
	 * @throws IOException if the start model or an image can't be read
	 * @throws IllegalArgumentException naming the key that doesn't fit the screen or the start model
	 */
	public static FineTuning open(final Screen screen, final FineTuneOptions options, final FieldReaders readers,
		final Collection<Objective> objectives, final Progress progress) throws IOException
	{
		return new FineTuning(screen, options, readers, objectives, progress);
	}

	private Intensity intensity(final DataOptions wanted) {
		if (!wanted.intensity().isEmpty()) {
			// Otherwise means and standard deviations are taken anew, from the training set.
			final boolean keep = !wanted.normalize() && !start.scratch();
			return keep ? Intensity.forModel(wanted.intensity(), start.intensity())
				: Intensity.parse(wanted.intensity());
		}
		return Intensity.forModel("", start.intensity());
	}

	private int tile(final int wanted) throws IOException {
		final int size = tiles.firstSize();
		if (size < Math.max(TileNetwork.SIDES, wanted))
			throw new IllegalArgumentException("tile is " + Math.max(TileNetwork.SIDES, wanted) +
				", but the first field has only " +
				size + " pixels" + (downscale.isNone() ? "" : " with downscale = " + downscale.spec()) +
				": choose a smaller tile" + (downscale.isNone() ? "" : " or downscale"));
		if (wanted > 0) return wanted;
		final int tile = TileNetwork.side(start.tile().orElse(SCRATCH_TILE), size);
		if (start.scratch() || tile < start.tile().orElse(0))
			progress.info("The network sees tiles of " + tile + " x " + tile + " pixels of fields of " + size);
		return tile;
	}

	/**
	 * Trains, or goes on where an interrupted training stopped.
	 *
	 * @param listener receives the numbers of the training
	 * @throws IOException if an image can't be read, or the checkpoint not be read or written
	 */
	public TrainingResult train(final TrainingListener listener) throws IOException {
		if (!options.resume()) Files.deleteIfExists(options.checkpoint());
		return new Trainer(data, split, objective, options.training()).progress(progress)
			.listener(listener)
			.checkpoint(options.checkpoint(), INTERVAL)
			.train(architecture, start.weights(architecture, samples.classes(), options.training().seed()));
	}

	/** The model that a training has made, with everything on its card. */
	public Model model(final TrainingResult result) {
		final String name = options.model().getFileName().toString().replaceFirst("\\.[^.]+$", "");
		final String description = objective.name() + " on " + samples.labelColumn() + ", " +
			Count.of(samples.classes().size(), "class") + ", " +
			Arrays.stream(split.training()).mapToObj(samples::plate).distinct().count() +
			" training plates";
		final Map<String,
			String> record = new TrainingRecord(options, objective, start.describe(), samples, split).of(result);
		return new Model(new ModelCard(name, description, architecture, ModelCard.Input.of(architecture), channels,
			data.tiles().size(), downscale.spec(), tiles.intensity().spec(), samples.classes(), samples.labelColumn(),
			result.statistics(), record), result.weights());
	}

	/** The data set. */
	public TrainingData data() {
		return data;
	}

	/** Returns the split into training, validation and held-out samples. */
	public Split split() {
		return split;
	}

	/** Closes the data. */
	@Override
	public void close() throws IOException {
		tiles.close();
	}
}
