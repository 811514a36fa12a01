// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.isophene.adaptation.statistics.StatisticsChoice;
import io.github.isophene.adaptation.tiles.ChannelMatch;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.Precision;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.ModelSource;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.pixels.ChannelReader;
import io.github.isophene.pixels.Downscale;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.ScaledField;
import io.github.isophene.pixels.ScreenFields;
import io.github.isophene.pixels.ScreenIntensity;
import io.github.isophene.pixels.Tiling;
import io.github.isophene.pixels.illumination.Illumination;
import io.github.isophene.run.PlateRetry;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.PlateDigest;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;

/**
 * The prediction of a screen with every choice made; contradictions, and plates that can't
 * be predicted as wished, have been told before the first image is read.
 */
final class PredictionPlan {

	private final ScreenPredictionOptions options;
	private final Screen screen;
	private final List<Model> models = new ArrayList<>();
	private final StatisticsOrigin kind;
	private final Predictor predictor;
	private final ChannelReader reader;
	private final Tiling tiling;
	private final ScreenIntensity intensity;
	private final Selection controls;
	private final Map<String, List<Field>> plates = new LinkedHashMap<>();
	private final Set<String> notes = new LinkedHashSet<>();
	private final Map<String, String> signature = new LinkedHashMap<>();

	/**
	 * Makes every choice.
	 *
	 * @throws IOException if a model can't be read
	 * @throws IllegalArgumentException naming the key, the channels or the plates that don't fit
	 */
	PredictionPlan(final Screen screen, final ScreenPredictionOptions options, final FieldReaders readers,
		final ModelSource source) throws IOException
	{
		this.screen = screen;
		this.options = options;
		if (screen.fields().isEmpty()) throw new IllegalArgumentException("The screen has no fields");
		if (options.models().isEmpty())
			throw new IllegalArgumentException(
				"model is missing: give a model file (.zip), or several separated by commas");
		for (final String name : options.models()) models.add(source.load(name));
		kind = StatisticsChoice.of(options.statistics(), models, screen, options.controls(), null, notes);
		predictor = new Predictor(models, options.ofPlates(kind));
		final ModelCard card = models.get(0).card();
		tiling = options.tiles().tiling(card.tileSize());
		final Intensity wanted = Intensity.forModel("", card.intensity());
		reader = new ChannelReader(readers, screen.channels(), channels(), Downscale.parse(card.downscale()),
			Illumination.of(options.illumination(), screen.fields(), Field::plate));
		controls = PlateControls.find(screen, options.controls(), kind, wanted.needsControls(), notes);
		intensity = ScreenIntensity.of(wanted, controls, screen);
		notes.addAll(intensity.warnings());
		screen.plates(options.plates()).forEach((plate, fields) -> {
			if (!fields.stream().allMatch(this::isControl)) plates.put(plate, fields);
			else notes.add("Plate " + plate + " has nothing but negative controls: it isn't predicted");
		});
		if (plates.isEmpty())
			throw new IllegalArgumentException("All fields of the screen are negative controls (" + options.controls() +
				"): there is nothing to predict");
		if (options.adapted() != null) AdaptedModels.check(options.adapted(), kind, plates.keySet(), options.models());
		sign();
	}

	/** The screen's channels that the models take, each once, the first model's in its order. */
	private List<String> channels() {
		final Set<String> channels = new LinkedHashSet<>();
		for (final Model model : models) {
			final ChannelMatch match = ChannelMatch.of(model.card().channels(), screen.channels());
			match.warning().ifPresent(notes::add);
			for (final int c : match.order()) channels.add(screen.channels().get(c));
		}
		return List.copyOf(channels);
	}

	private void sign() {
		final PredictionOptions of = options.ofPlates(kind);
		signature.put("models", String.join(",", models.stream().map(Model::digest).toList()));
		signature.put("modelfiles", String.join(",", modelNames()));
		signature.put("channels", String.join(",", reader.channels()));
		signature.put("statistics", kind.label());
		signature.put("intensity", intensity.rule());
		signature.put("controls", options.controls().toString());
		if (!options.illumination().equals("none")) signature.put("illumination", options.illumination());
		signature.put("tiles", options.tiles().label());
		signature.put("queries", Integer.toString(of.queries()));
		signature.put("controlsperepisode", Integer.toString(of.controls()));
		signature.put("seed", Long.toString(of.seed()));
		signature.put("drift", Boolean.toString(of.drift()));
		signature.put("metadata", String.join(",", screen.metadataColumns()));
		signature.put("wellmetadata", String.join(",", screen.wellColumns()));
		signature.put("adapted", options.adapted() == null ? "" : options.adapted().toString());
		signature.put("device", Engines.device(of.device()).isGpu() ? "gpu" : "cpu");
		// Before an hour of reading images.
		if (of.precision().require(Engines.device(of.device())) != Precision.FLOAT32)
			signature.put("precision", of.precision().label());
	}

	/**
	 * Returns the key that names a plate's part: the same only if the plate has the same fields, files and
	 * metadata.
	 */
	String partKey(final String plate) {
		return plate + " " + PlateDigest.of(plates.get(plate), screen.metadataColumns());
	}

	/** A plate's fields, to be read. */
	ScreenFields fields(final String plate) {
		return new ScreenFields(reader, plates.get(plate), intensity.intensity(), intensity.controls());
	}

	/** Returns the rule for finished plates that must be predicted again. */
	PlateRetry retry() {
		return new PlateRetry(plates, (plate, all) -> {
			final ScreenFields read = fields(plate);
			return field -> {
				final ScaledField image = read.read(field);
				return !tiling.tiles(image.width(), image.height()).isEmpty();
			};
		});
	}

	/** The plates with something to predict, in the screen's order, with all their fields. */
	Map<String, List<Field>> plates() {
		return plates;
	}

	/** Returns whether a field is a negative control. */
	boolean isControl(final Field field) {
		return controls.test(field);
	}

	/** Rule by which intensities are scaled. */
	ScreenIntensity intensity() {
		return intensity;
	}

	/** Everything that a row depends on, besides the images. */
	Map<String, String> signature() {
		return signature;
	}

	/** Returns the notes that concern the whole run. */
	List<String> notes() {
		return List.copyOf(notes);
	}

	ScreenPredictionOptions options() {
		return options;
	}

	Predictor predictor() {
		return predictor;
	}

	List<Model> models() {
		return models;
	}

	/** The models' file names, without folders. */
	List<String> modelNames() {
		return options.models().stream().map(name -> Path.of(name).getFileName().toString()).toList();
	}

	Tiling tiling() {
		return tiling;
	}

	Screen screen() {
		return screen;
	}
}
