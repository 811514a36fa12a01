// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.calibration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

import io.github.isophene.adaptation.statistics.ModelCalibration;
import io.github.isophene.adaptation.statistics.PlateStatistics;
import io.github.isophene.adaptation.tiles.ChannelMatch;
import io.github.isophene.adaptation.tiles.ChosenTiles;
import io.github.isophene.adaptation.tiles.FieldLoading;
import io.github.isophene.adaptation.tiles.PlateTiles;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.Workers;
import io.github.isophene.files.RunLock;
import io.github.isophene.files.ScratchFile;
import io.github.isophene.messages.Count;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.ModelFile;
import io.github.isophene.network.ModelSource;
import io.github.isophene.network.StatisticsCalibration;
import io.github.isophene.pixels.CachedTiles;
import io.github.isophene.pixels.ChannelReader;
import io.github.isophene.pixels.Downscale;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.PlateScalingException;
import io.github.isophene.pixels.ScreenFields;
import io.github.isophene.pixels.TileCache;
import io.github.isophene.pixels.TileSource;
import io.github.isophene.pixels.Tiling;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;

/** Calibrates an existing or imported model on a screen whose plates hold a usual mixture of treatments. */
public final class ScreenCalibrator {

	private final FieldReaders readers;

	/** @param readers readers of image files */
	public ScreenCalibrator(final FieldReaders readers) {
		this.readers = readers;
	}

	/**
	 * Calibrates a model and writes it. Of more than {@value ModelCalibration#PLATES} plates, and of more than
	 * {@value ModelCalibration#QUERIES} queries or {@value ModelCalibration#CONTROLS} controls of a plate, some are
	 * taken, evenly spread.
	 *
	 * @param progress of the plates, and warnings
	 * @throws IllegalArgumentException naming the key, the column or the channels that don't fit
	 * @throws IOException if the model or an image can't be read, or the file can't be written
	 * @throws CancellationException if canceled; nothing is written
	 */
	public CalibrationReport calibrate(final Screen screen, final CalibrationOptions options,
		final Progress progress) throws IOException
	{
		final Model model = ModelSource.FILES.load(options.model());
		final ModelCard card = model.card();
		final List<String> notes = new ArrayList<>();
		final Selection controls = options.controls();
		controls.fields(screen);
		if (!options.label().isEmpty()) checkLabel(screen, options.label(), card, notes);
		final ChannelMatch match = ChannelMatch.of(card.channels(), screen.channels());
		match.warning().ifPresent(notes::add);
		final Intensity intensity = Intensity.forModel("", card.intensity());
		final ChannelReader reader = new ChannelReader(readers, screen.channels(),
			IntStream.of(match.order()).mapToObj(screen.channels()::get).toList(), Downscale.parse(card.downscale()));
		final Map<String, List<Field>> plates = new LinkedHashMap<>();
		screen.plates().forEach((plate, fields) -> {
			final long of = fields.stream().filter(controls::test).count();
			if (of > 0 && of < fields.size()) plates.put(plate, fields);
			else
				notes.add("Plate " + plate + " has " +
					(of == 0 ? "no negative controls" : "nothing but negative controls") + ": it is not used");
		});
		if (plates.isEmpty())
			throw new IllegalArgumentException("No plate of the screen has both negative controls (" +
				options.controls() + ") and other wells: a calibration needs both");
		final double share = options.queryShare() < 0 ? ModelCalibration.queryShare(model) : options.queryShare();
		final ModelCalibration calibration = new ModelCalibration(model, share, !options.label().isEmpty());
		final List<String> names = List.copyOf(plates.keySet());
		final int[] chosen = ChosenTiles.spread(names.size(), ModelCalibration.PLATES);
		try (RunLock lock = RunLock.of(options.calibrated()); Workers workers = new Workers(Engines.threads())) {
			for (int p = 0; p < chosen.length; p++) {
				final int done = p;
				progress.check(() -> "Canceled after " + done + " of " + Count.of(chosen.length, "plate") +
					": nothing is written");
				final String plate = names.get(chosen[p]);
				progress.report("Calibrating on plate " + plate + ", " + (p + 1) + " of " + chosen.length, p,
					chosen.length);
				try (ScratchFile scratch = ScratchFile.beside(options.calibrated(), ScratchFile.CAPACITY)) {
					final CachedTiles tiles = new CachedTiles(
						new ScreenFields(reader, plates.get(plate), intensity, controls), Tiling.grid(card.tileSize()),
						TileCache.MEMORY, scratch);
					add(calibration, plate, plates.get(plate), controls, options, card, tiles, workers, notes);
				}
			}
			progress.report("Writing " + options.calibrated(), chosen.length, chosen.length);
			final Model result = calibration.result();
			if (!options.label().isEmpty() && !result.calibration().orElseThrow().hasClasses())
				notes.add(
					"statistics = mix stays unavailable: " + (card.classes().size() > StatisticsCalibration.MAX_CLASSES
						? "the model has " + Count.of(card.classes().size(), "class") + ", of at most " +
							StatisticsCalibration.MAX_CLASSES
						: "not every class of the model is on these plates"));
			ModelFile.write(result, options.calibrated());
			notes.forEach(progress::warn);
			return new CalibrationReport(options.calibrated(), result, notes);
		}
	}

	private static void checkLabel(final Screen screen, final String label, final ModelCard card,
		final List<String> notes)
	{
		if (!screen.metadataColumns().contains(label))
			throw new IllegalArgumentException("label is '" + label + "', but the screen has no such column: it has " +
				String.join(", ", screen.metadataColumns()));
		if (card.classes().isEmpty()) notes.add("The model has no classes, so the label isn't used");
		else if (screen.fields().stream().noneMatch(f -> card.classes().contains(f.get(label)))) {
			throw new IllegalArgumentException(
				"label is '" + label + "', but none of its values is a class of the model: these are " +
					String.join(", ", card.classes().stream().limit(10).toList()));
		}
	}

	private static void add(final ModelCalibration calibration, final String plate, final List<Field> fields,
		final Selection controls, final CalibrationOptions options, final ModelCard card, final CachedTiles tiles,
		final Workers workers, final List<String> notes) throws IOException
	{
		final int[][] parts = new int[2][];
		for (int part = 0; part < 2; part++) {
			final boolean control = part == 1;
			final int[] all = IntStream.range(0, fields.size())
				.filter(i -> controls.test(fields.get(i)) == control)
				.toArray();
			// How many tiles a field has is known once it is read: never more than so many fields.
			final int[] some = IntStream
				.of(ChosenTiles.spread(all.length, control ? ModelCalibration.CONTROLS : ModelCalibration.QUERIES))
				.map(i -> all[i])
				.toArray();
			final Exception[] failures = FieldLoading.load(tiles, some, workers);
			for (final Exception failure : failures) {
				if (!(failure instanceof PlateScalingException)) continue;
				notes.add("Plate " + plate + " is not used: " + FieldLoading.reason(failure));
				return;
			}
			for (int i = 0; i < some.length; i++) {
				if (failures[i] != null)
					notes.add("Field " + plate + " " + fields.get(some[i]).well() + " site " +
						fields.get(some[i]).site() + " is not used: " + FieldLoading.reason(failures[i]));
			}
			parts[part] = IntStream.range(0, some.length).filter(i -> failures[i] == null).map(i -> some[i]).toArray();
		}
		final TileSource queries = limited(new PlateTiles(tiles, parts[0]), ModelCalibration.QUERIES);
		final TileSource of = limited(new PlateTiles(tiles, parts[1]), ModelCalibration.CONTROLS);
		final int[] classes = options.label().isEmpty() ? new int[0]
			: IntStream.range(0, queries.count())
				.map(t -> card.classes().indexOf(fields.get(parts[0][queries.field(t)]).get(options.label())))
				.toArray();
		if (!calibration.add(new ModelCalibration.Plate(plate, queries, classes, of), options.device(),
			PlateStatistics.MEMORY))
		{
			notes.add("Plate " + plate + " is not used: none of its " +
				(of.count() == 0 ? "negative controls" : "other fields") + " could be read");
		}
	}

	private static TileSource limited(final TileSource tiles, final int most) {
		return tiles.count() <= most ? tiles : new ChosenTiles(tiles, tiles, ChosenTiles.spread(tiles.count(), most));
	}
}
