// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import io.github.isophene.engine.Precision;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.pixels.illumination.Illumination;
import io.github.isophene.profiles.Aggregation;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Selection;

/**
 * Options of an embedding run. Start from {@link #into} and change
 * what differs from the defaults.
 */
public final class EmbeddingOptions {

	/** The statistics that are stored in a model. */
	public static final String TRAINING = "training";

	private final Path profiles;
	private String model = "default";
	private List<String> channels = List.of();
	/** More than any field has, pixels: bounds what a wrong number asks for. */
	private static final int LARGEST_TILE = 1 << 16;

	private int tile;
	private int stride;
	private String intensity = "";
	private String illumination = "none";
	private String nuclei = "";
	private double foreground;
	private FeatureSet features = FeatureSet.NETWORK;
	private Level level = Level.FIELD;
	private Aggregation aggregation = Aggregation.MEAN;
	private Selection controls = Selection.NONE;
	private String statistics = StatisticsOrigin.AUTO;
	private String device = "auto";
	private Precision precision = Precision.FLOAT32;
	private int batch;
	private int readers;
	private boolean resume = true;
	private Set<String> plates;

	private EmbeddingOptions(final Path profiles) {
		final String name = profiles.getFileName().toString().toLowerCase(Locale.ROOT);
		if (!name.endsWith(".parquet") && !name.endsWith(".csv") && !name.endsWith(".csv.gz")) {
			throw new IllegalArgumentException("profiles is '" + profiles +
				"': give it the extension .parquet, .csv or .csv.gz, which decides the format");
		}
		this.profiles = profiles;
	}

	private EmbeddingOptions(final EmbeddingOptions other) {
		profiles = other.profiles;
		model = other.model;
		channels = other.channels;
		tile = other.tile;
		stride = other.stride;
		intensity = other.intensity;
		illumination = other.illumination;
		nuclei = other.nuclei;
		foreground = other.foreground;
		features = other.features;
		level = other.level;
		aggregation = other.aggregation;
		controls = other.controls;
		statistics = other.statistics;
		device = other.device;
		precision = other.precision;
		batch = other.batch;
		readers = other.readers;
		resume = other.resume;
		plates = other.plates;
	}
 /**
	 * The defaults, with the file to write.
	 *
	 * @param profiles a file that ends in .parquet, .csv or .csv.gz
	 */
	public static EmbeddingOptions into(final Path profiles) {
		return new EmbeddingOptions(profiles.toAbsolutePath().normalize());
	}

	/** The model: a built-in name ({@code default}, {@code fixed-seed}) or a model file. */
	public EmbeddingOptions withModel(final String nameOrFile) {
		final EmbeddingOptions changed = new EmbeddingOptions(this);
		changed.model = Objects.requireNonNull(nameOrFile).strip();
		return changed;
	}

	/** Sets the channels of the screen, in order; none: those that the model names, else all. */
	public EmbeddingOptions withChannels(final List<String> names) {
		final EmbeddingOptions changed = new EmbeddingOptions(this);
		changed.channels = List.copyOf(names);
		return changed;
	}

	/** Side of a square tile in pixels; 0: the model's own (default). */
	public EmbeddingOptions withTile(final int pixels) {
		final EmbeddingOptions changed = new EmbeddingOptions(this);
		changed.tile = atMost("tile", atLeast("tile", pixels, 0), LARGEST_TILE);
		return changed;
	}

	/** Distance between tiles in pixels; 0: the tile's side, so that tiles don't overlap (default). */
	public EmbeddingOptions withStride(final int pixels) {
		final EmbeddingOptions changed = new EmbeddingOptions(this);
		changed.stride = atMost("stride", atLeast("stride", pixels, 0), LARGEST_TILE);
		return changed;
	}

	/** Intensity normalization, for example {@code percentile:0.1:99.9}; empty: the model's own (default). */
	public EmbeddingOptions withIntensity(final String spec) {
		final EmbeddingOptions changed = new EmbeddingOptions(this);
		changed.intensity = spec.strip();
		return changed;
	}

	/**
	 * Sets the correction of uneven illumination, see {@link Illumination}.
	 *
	 * @param mode {@code none} (default), {@code apply} or {@code estimate}
	 */
	public EmbeddingOptions withIllumination(final String mode) {
		final EmbeddingOptions changed = new EmbeddingOptions(this);
		changed.illumination = Illumination.check(mode);
		return changed;
	}

	/**
	 * Leaves out tiles without enough nuclei.
	 *
	 * @param channel the nuclear channel's name; empty: the first channel
	 * @param share smallest share of pixels above .7 of the field's Otsu threshold, 0 to 1; 0: keep every tile
	 * (default)
	 */
	public EmbeddingOptions withForeground(final String channel, final double share) {
		if (!(share >= 0 && share <= 1)) {
			throw new IllegalArgumentException(
				"foreground is " + share + ": give a share between 0 (keep every tile) and 1");
		}
		final EmbeddingOptions changed = new EmbeddingOptions(this);
		changed.nuclei = channel.strip();
		changed.foreground = share;
		return changed;
	}

	/** Sets the features of a tile; default: the network's. */
	public EmbeddingOptions withFeatures(final FeatureSet set) {
		final EmbeddingOptions changed = new EmbeddingOptions(this);
		changed.features = Objects.requireNonNull(set);
		return changed;
	}

	/** Sets what a row stands for; default: a field. */
	public EmbeddingOptions withLevel(final Level rows) {
		final EmbeddingOptions changed = new EmbeddingOptions(this);
		changed.level = Objects.requireNonNull(rows);
		return changed;
	}

	/** Sets how tiles are aggregated to fields and fields to wells; default: the mean. */
	public EmbeddingOptions withAggregation(final Aggregation tilesAndFields) {
		final EmbeddingOptions changed = new EmbeddingOptions(this);
		changed.aggregation = Objects.requireNonNull(tilesAndFields);
		return changed;
	}

	/**
	 * Control wells as {@code column=value[,value]}, for intensities and statistics that are taken from them;
	 * empty: for
	 * intensities {@link io.github.isophene.screen.ControlTypes#NEGATIVE_CONTROLS}, if the screen has any.
	 */
	public EmbeddingOptions withControls(final String selection) {
		return withControls(Selection.of(selection));
	}

	/** Sets the control wells. */
	public EmbeddingOptions withControls(final Selection selection) {
		final EmbeddingOptions changed = new EmbeddingOptions(this);
		changed.controls = selection;
		return changed;
	}

	/**
	 * Sets the origin of the statistics: {@value #TRAINING}, the label of another {@link StatisticsOrigin}, by
	 * which the
	 * model is adapted to each plate, or {@value StatisticsOrigin#AUTO} (default): {@code calibrated} where the model
	 * has a calibration and controls are named, otherwise {@value #TRAINING}.
	 */
	public EmbeddingOptions withStatistics(final String label) {
		final EmbeddingOptions changed = new EmbeddingOptions(this);
		changed.statistics = StatisticsOrigin.isAutomatic(label) ? StatisticsOrigin.AUTO
			: label.strip().toLowerCase(Locale.ROOT);
		return changed;
	}

	/** {@code auto} (default), {@code cpu}, {@code gpu} or {@code gpu:n}. */
	public EmbeddingOptions withDevice(final String name) {
		final EmbeddingOptions changed = new EmbeddingOptions(this);
		changed.device = name.strip();
		return changed;
	}

	/**
	 * Sets the precision of the network.
	 *
	 * @param label one of {@link Precision#labels}; default: {@value Precision#AUTO}, which is float32
	 */
	public EmbeddingOptions withPrecision(final String label) {
		final EmbeddingOptions changed = new EmbeddingOptions(this);
		changed.precision = Precision.of(label);
		return changed;
	}

	/** Tiles per batch; 0: chosen from the device and the tile's size (default). */
	public EmbeddingOptions withBatch(final int tiles) {
		final EmbeddingOptions changed = new EmbeddingOptions(this);
		changed.batch = atMost("batch", atLeast("batch", tiles, 0), LARGEST_TILE);
		return changed;
	}

	/** Threads that read and decode images; 0: chosen from the processors (default). */
	public EmbeddingOptions withReaders(final int threads) {
		final EmbeddingOptions changed = new EmbeddingOptions(this);
		changed.readers = atLeast("readers", threads, 0);
		return changed;
	}

	/**
	 * Only these plates of the screen; what they are worth, and the columns of the tables, are as if all were
	 * there. For runs that are divided among machines. {@code null}: every plate (default).
	 */
	public EmbeddingOptions withPlates(final Collection<String> only) {
		final EmbeddingOptions changed = new EmbeddingOptions(this);
		changed.plates = only == null ? null : new LinkedHashSet<>(only);
		return changed;
	}

	/** Sets whether plates that an interrupted run finished are kept (default) or embedded again. */
	public EmbeddingOptions withResume(final boolean takeUp) {
		final EmbeddingOptions changed = new EmbeddingOptions(this);
		changed.resume = takeUp;
		return changed;
	}

	public Path profiles() {
		return profiles;
	}

	public String model() {
		return model;
	}

	public List<String> channels() {
		return channels;
	}

	public int tile() {
		return tile;
	}

	public int stride() {
		return stride;
	}

	public String intensity() {
		return intensity;
	}

	public String illumination() {
		return illumination;
	}

	public String nuclei() {
		return nuclei;
	}

	public double foreground() {
		return foreground;
	}

	/** Returns the features of a tile. */
	public FeatureSet features() {
		return features;
	}

	public Level level() {
		return level;
	}

	public Aggregation aggregation() {
		return aggregation;
	}

	public Selection controls() {
		return controls;
	}

	public String statistics() {
		return statistics;
	}

	public String device() {
		return device;
	}

	/** Returns the precision of the network. */
	public Precision precision() {
		return precision;
	}

	public int batch() {
		return batch;
	}

	public int readers() {
		return readers;
	}

	/** The plates that are wanted; {@code null}: every plate. */
	Set<String> plates() {
		return plates;
	}

	public boolean resume() {
		return resume;
	}

	private static int atMost(final String key, final int value, final int largest) {
		if (value > largest) throw new IllegalArgumentException(key + " is " + value + ": give " + largest +
			" or less");
		return value;
	}

	private static int atLeast(final String key, final int value, final int smallest) {
		if (value < smallest) {
			throw new IllegalArgumentException(key + " is " + value + ": give " + smallest + " or more");
		}
		return value;
	}
}
