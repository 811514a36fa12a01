// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.pixels.illumination.Illumination;
import io.github.isophene.profiles.Aggregation;
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
	private Level level = Level.FIELD;
	private Aggregation aggregation = Aggregation.MEAN;
	private Selection controls = Selection.NONE;
	private String statistics = StatisticsOrigin.AUTO;
	private String device = "auto";
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

	/**
	 * The defaults, with the file to write.
	 *
	 * @param profiles a file that ends in .parquet, .csv or .csv.gz
	 */
	public static EmbeddingOptions into(final Path profiles) {
		return new EmbeddingOptions(profiles.toAbsolutePath().normalize());
	}

	/** The model: a built-in name ({@code default}, {@code fixed-seed}) or a model file. */
	public EmbeddingOptions model(final String nameOrFile) {
		model = Objects.requireNonNull(nameOrFile).strip();
		return this;
	}

	/** Sets the channels of the screen, in order; none: those that the model names, else all. */
	public EmbeddingOptions channels(final List<String> names) {
		channels = List.copyOf(names);
		return this;
	}

	/** Side of a square tile in pixels; 0: the model's own (default). */
	public EmbeddingOptions tile(final int pixels) {
		tile = atMost("tile", atLeast("tile", pixels, 0), LARGEST_TILE);
		return this;
	}

	/** Distance between tiles in pixels; 0: the tile's side, so that tiles don't overlap (default). */
	public EmbeddingOptions stride(final int pixels) {
		stride = atMost("stride", atLeast("stride", pixels, 0), LARGEST_TILE);
		return this;
	}

	/** Intensity normalisation, for example {@code percentile:0.1:99.9}; empty: the model's own (default). */
	public EmbeddingOptions intensity(final String spec) {
		intensity = spec.strip();
		return this;
	}

	/**
	 * Sets the correction of uneven illumination, see {@link Illumination}.
	 *
	 * @param mode {@code none} (default), {@code apply} or {@code estimate}
	 */
	public EmbeddingOptions illumination(final String mode) {
		illumination = Illumination.check(mode);
		return this;
	}

	/**
	 * Leaves out tiles without enough nuclei.
	 *
	 * @param channel the nuclear channel's name; empty: the first channel
	 * @param share smallest share of pixels above .7 of the field's Otsu threshold, 0 to 1; 0: keep every tile
	 * (default)
	 */
	public EmbeddingOptions foreground(final String channel, final double share) {
		if (!(share >= 0 && share <= 1)) {
			throw new IllegalArgumentException(
				"foreground is " + share + ": give a share between 0 (keep every tile) and 1");
		}
		nuclei = channel.strip();
		foreground = share;
		return this;
	}

	/** Sets what a row stands for; default: a field. */
	public EmbeddingOptions level(final Level rows) {
		level = Objects.requireNonNull(rows);
		return this;
	}

	/** Sets how tiles are aggregated to fields and fields to wells; default: the mean. */
	public EmbeddingOptions aggregation(final Aggregation tilesAndFields) {
		aggregation = Objects.requireNonNull(tilesAndFields);
		return this;
	}

	/**
	 * Control wells as {@code column=value[,value]}, for intensities and statistics that are taken from them;
	 * empty: for
	 * intensities {@link io.github.isophene.pixels.ScreenIntensity#FOUND}, if the screen has any.
	 */
	public EmbeddingOptions controls(final String selection) {
		return controls(Selection.of(selection));
	}

	/** Sets the control wells. */
	public EmbeddingOptions controls(final Selection selection) {
		controls = selection;
		return this;
	}

	/**
	 * Sets the origin of the statistics: {@value #TRAINING}, the label of another {@link StatisticsOrigin}, by
	 * which the
	 * model is adapted to each plate, or {@value StatisticsOrigin#AUTO} (default): {@code calibrated} where the model
	 * has a calibration and controls are named, otherwise {@value #TRAINING}.
	 */
	public EmbeddingOptions statistics(final String label) {
		statistics = StatisticsOrigin.isAutomatic(label) ? StatisticsOrigin.AUTO
			: label.strip().toLowerCase(Locale.ROOT);
		return this;
	}

	/** {@code auto} (default), {@code cpu}, {@code gpu} or {@code gpu:n}. */
	public EmbeddingOptions device(final String name) {
		device = name.strip();
		return this;
	}

	/** Tiles per batch; 0: chosen from the device and the tile's size (default). */
	public EmbeddingOptions batch(final int tiles) {
		batch = atMost("batch", atLeast("batch", tiles, 0), LARGEST_TILE);
		return this;
	}

	/** Threads that read and decode images; 0: chosen from the processors (default). */
	public EmbeddingOptions readers(final int threads) {
		readers = atLeast("readers", threads, 0);
		return this;
	}

	/**
	 * Only these plates of the screen; what they are worth, and the columns of the tables, are as if all were
	 * there. For runs that are divided among machines. {@code null}: every plate (default).
	 */
	public EmbeddingOptions plates(final Collection<String> only) {
		plates = only == null ? null : new LinkedHashSet<>(only);
		return this;
	}

	/** Sets whether plates that an interrupted run finished are kept (default) or embedded again. */
	public EmbeddingOptions resume(final boolean takeUp) {
		resume = takeUp;
		return this;
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
