// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import io.github.isophene.adaptation.statistics.PlateStatistics;
import io.github.isophene.adaptation.statistics.StatisticsChoice;
import io.github.isophene.adaptation.tiles.TileChoice;
import io.github.isophene.engine.Precision;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.pixels.TileCache;
import io.github.isophene.pixels.illumination.Illumination;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Selection;

/**
 * Options for predicting a screen. Start from {@link #into} and change
 * what differs from the defaults.
 */
public final class ScreenPredictionOptions {

	/** Bounds what a wrong number asks for. */
	private static final int MOST = 1_000_000;

	private final Path predictions;
	private Path wells;
	private List<String> models = List.of();
	private String statistics = StatisticsOrigin.AUTO;
	private Selection controls = Selection.of(ControlTypes.NEGATIVE_CONTROLS);
	private TileChoice tiles = TileChoice.GRID;
	private int queries = 64;
	private int controlsPerChunk = 128;
	private long seed = 1234;
	private boolean drift = true;
	private Path adapted;
	private String illumination = "none";
	private String device = "auto";
	private Precision precision = Precision.FLOAT32;
	private boolean resume = true;
	private Set<String> plates;
	private long memory;

	private ScreenPredictionOptions(final Path predictions) {
		this.predictions = checked("predictions", predictions);
		final String name = this.predictions.getFileName().toString();
		final String ending = ending(name);
		wells = this.predictions.resolveSibling(name.substring(0, name.length() - ending.length()) + ".wells" + ending);
	}

	private ScreenPredictionOptions(final ScreenPredictionOptions other) {
		predictions = other.predictions;
		wells = other.wells;
		models = other.models;
		statistics = other.statistics;
		controls = other.controls;
		tiles = other.tiles;
		queries = other.queries;
		controlsPerChunk = other.controlsPerChunk;
		seed = other.seed;
		drift = other.drift;
		adapted = other.adapted;
		illumination = other.illumination;
		device = other.device;
		precision = other.precision;
		resume = other.resume;
		plates = other.plates;
		memory = other.memory;
	}
 /**
	 * The defaults, with the file to write.
	 *
	 * @param predictions a file that ends in .parquet, .csv or .csv.gz, for one row per field; wells go
	 *          to {@code <name>.wells.<ending>}
	 */
	public static ScreenPredictionOptions into(final Path predictions) {
		return new ScreenPredictionOptions(predictions);
	}

	/** The model file; or several, which are one ensemble: the mean of their probabilities. */
	public ScreenPredictionOptions withModels(final List<String> files) {
		if (files.stream().map(f -> Path.of(f).toAbsolutePath().normalize()).distinct().count() < files.size()) {
			throw new IllegalArgumentException(
				"model names a file twice: " + String.join(", ", files) + ": each model has one voice in an ensemble");
		}
		final ScreenPredictionOptions changed = new ScreenPredictionOptions(this);
		changed.models = List.copyOf(files);
		return changed;
	}

	/** {@link #withModels} for scripts: files separated by commas. */
	public ScreenPredictionOptions withModel(final String files) {
		return withModels(List.of(files.split(",")).stream().map(String::strip).filter(f -> !f.isEmpty()).toList());
	}

	/**
	 * Sets the origin of the statistics: the label of a {@link StatisticsOrigin}, or {@value StatisticsOrigin#AUTO}
	 * (default), see {@link StatisticsChoice#of}.
	 */
	public ScreenPredictionOptions withStatistics(final String label) {
		if (!StatisticsOrigin.isAutomatic(label)) StatisticsOrigin.of(label);
		final ScreenPredictionOptions changed = new ScreenPredictionOptions(this);
		changed.statistics = StatisticsOrigin.isAutomatic(label) ? StatisticsOrigin.AUTO : label.strip();
		return changed;
	}

	/**
	 * The negative controls as {@code column=value[,value]}; default {@value ControlTypes#NEGATIVE_CONTROLS}; empty:
	 * there are none.
	 */
	public ScreenPredictionOptions withControls(final String selection) {
		final ScreenPredictionOptions changed = new ScreenPredictionOptions(this);
		changed.controls = Selection.of(selection);
		return changed;
	}

	/** Sets the tiles of a field that are predicted. */
	public ScreenPredictionOptions withTiles(final TileChoice choice) {
		final ScreenPredictionOptions changed = new ScreenPredictionOptions(this);
		changed.tiles = Objects.requireNonNull(choice);
		return changed;
	}

	/**
	 * At most how many queries a chunk of {@code joint} and {@code batch} has, and how many controls one of
	 * {@code joint}.
	 */
	public ScreenPredictionOptions withChunks(final int mostQueries, final int withControls) {
		final ScreenPredictionOptions changed = new ScreenPredictionOptions(this);
		changed.queries = atLeastOne("queries", mostQueries);
		changed.controlsPerChunk = atLeastOne("controlsperepisode", withControls);
		return changed;
	}

	/** Of the order of queries and the choice of controls. */
	public ScreenPredictionOptions withSeed(final long value) {
		final ScreenPredictionOptions changed = new ScreenPredictionOptions(this);
		changed.seed = value;
		return changed;
	}

	/** Sets whether the distance of each plate's controls from training is measured; costs a pass over the controls. */
	public ScreenPredictionOptions withDrift(final boolean measure) {
		final ScreenPredictionOptions changed = new ScreenPredictionOptions(this);
		changed.drift = measure;
		return changed;
	}

	/** The file for one row per well. */
	public ScreenPredictionOptions withWells(final Path file) {
		final ScreenPredictionOptions changed = new ScreenPredictionOptions(this);
		changed.wells = checked("wells", file);
		return changed;
	}

	/**
	 * Sets the folder for models that hold each plate's statistics: a folder, which gets one file per
	 * plate and model, or, for one plate and one model, a file that ends in .zip; {@code null}: nowhere (default).
	 */
	public ScreenPredictionOptions withAdapted(final Path folderOrFile) {
		final ScreenPredictionOptions changed = new ScreenPredictionOptions(this);
		changed.adapted = folderOrFile == null ? null : folderOrFile.toAbsolutePath().normalize();
		return changed;
	}

	/**
	 * Sets the correction of uneven illumination, see {@link Illumination}.
	 *
	 * @param mode {@code none} (default), {@code apply} or {@code estimate}
	 */
	public ScreenPredictionOptions withIllumination(final String mode) {
		final ScreenPredictionOptions changed = new ScreenPredictionOptions(this);
		changed.illumination = Illumination.check(mode);
		return changed;
	}

	/** {@code auto} (default), {@code cpu}, {@code gpu} or {@code gpu:n}. */
	public ScreenPredictionOptions withDevice(final String name) {
		final ScreenPredictionOptions changed = new ScreenPredictionOptions(this);
		changed.device = name.strip();
		return changed;
	}

	/**
	 * Sets the precision of the network.
	 *
	 * @param label one of {@link Precision#labels}; default: {@value Precision#AUTO}, which is float32
	 */
	public ScreenPredictionOptions withPrecision(final String label) {
		final ScreenPredictionOptions changed = new ScreenPredictionOptions(this);
		changed.precision = Precision.of(label);
		return changed;
	}

	/**
	 * Only these plates of the screen; what they are worth, and the columns of the tables, are as if all were
	 * there. For runs that are divided among machines. {@code null}: every plate (default).
	 */
	public ScreenPredictionOptions withPlates(final Collection<String> only) {
		final ScreenPredictionOptions changed = new ScreenPredictionOptions(this);
		changed.plates = only == null ? null : new LinkedHashSet<>(only);
		return changed;
	}

	/** Sets whether plates that an interrupted run finished are kept (default) or predicted again. */
	public ScreenPredictionOptions withResume(final boolean takeUp) {
		final ScreenPredictionOptions changed = new ScreenPredictionOptions(this);
		changed.resume = takeUp;
		return changed;
	}

	/**
	 * Sets the memory to use besides what the network itself needs, in MB: a third for decoded tiles, the rest for
	 * activations between layers. 0 (default): 1 GiB, or a quarter of the heap, and 2 GiB. Doesn't change results;
	 * what doesn't fit goes to a scratch file beside the predictions, or is computed again.
	 */
	public ScreenPredictionOptions withMemory(final int megabytes) {
		if (megabytes < 0)
			throw new IllegalArgumentException("memory is " + megabytes + ": give MB, or 0 for automatic");
		final ScreenPredictionOptions changed = new ScreenPredictionOptions(this);
		changed.memory = (long) megabytes << 20;
		return changed;
	}

	/** One row per field. */
	public Path predictions() {
		return predictions;
	}

	/** One row per well. */
	public Path wells() {
		return wells;
	}

	/** One row per plate and model: {@code <predictions>.drift.csv}. */
	public Path drifts() {
		return predictions.resolveSibling(predictions.getFileName() + ".drift.csv");
	}

	public List<String> models() {
		return models;
	}

	public String statistics() {
		return statistics;
	}

	public Selection controls() {
		return controls;
	}

	public TileChoice tiles() {
		return tiles;
	}

	public Path adapted() {
		return adapted;
	}

	/** The plates that are wanted; {@code null}: every plate. */
	Set<String> plates() {
		return plates;
	}

	public boolean resume() {
		return resume;
	}

	/** Returns the memory for decoded tiles, in bytes. */
	long tileMemory() {
		return memory == 0 ? TileCache.MEMORY : memory / 3;
	}

	public String illumination() {
		return illumination;
	}

	/** Returns the options for predicting one plate. */
	PredictionOptions ofPlates(final StatisticsOrigin kind) {
		return PredictionOptions.of(kind)
			.withChunks(queries, controlsPerChunk)
			.withSeed(seed)
			.withDrift(drift)
			.withDevice(device)
			.withPrecision(precision)
			.withMemory(memory == 0 ? PlateStatistics.MEMORY : memory - memory / 3);
	}

	private static Path checked(final String key, final Path file) {
		if (ending(file.getFileName().toString()).isEmpty())
			throw new IllegalArgumentException(
				key + " is '" + file + "': give it the extension .parquet, .csv or .csv.gz, which decides the format");
		return file.toAbsolutePath().normalize();
	}

	private static String ending(final String name) {
		for (final String ending : List.of(".parquet", ".csv.gz", ".csv")) {
			if (name.toLowerCase(Locale.ROOT).endsWith(ending)) return name.substring(name.length() - ending.length());
		}
		return "";
	}

	private static int atLeastOne(final String key, final int value) {
		if (value < 1) throw new IllegalArgumentException(key + " is " + value + ": give 1 or more");
		if (value > MOST) throw new IllegalArgumentException(key + " is " + value + ": give " + MOST + " or less");
		return value;
	}
}
