// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.engine.Precision;
import io.github.isophene.pixels.Background;
import io.github.isophene.pixels.ChannelChoice;
import io.github.isophene.pixels.ChannelReader;
import io.github.isophene.pixels.Downscale;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.FieldScaling;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.PlateScalingException;
import io.github.isophene.pixels.ScreenFields;
import io.github.isophene.pixels.ScreenIntensity;
import io.github.isophene.pixels.Tiling;
import io.github.isophene.pixels.illumination.Illumination;
import io.github.isophene.profiles.Aggregation;
import io.github.isophene.run.PlateRetry;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.PlateDigest;
import io.github.isophene.screen.Screen;
import net.imglib2.img.Img;

/**
 * A run with every choice made: the options' defaults are replaced by the model's and the
 * machine's, and contradictions have been told before the first image is read.
 */
final class EmbeddingPlan {

	/** Column with the rule by which intensities were scaled. */
	static final String INTENSITY = "Metadata_Intensity";

	/** Fields that are tried for the size of images. */
	private static final int LOOKED_AT = 5;

	private final EmbeddingOptions options;
	private final List<String> channels;
	private final List<String> features;
	private final List<String> metadataColumns;
	private final int tile;
	private final Tiling tiling;
	private final ScreenIntensity intensity;
	private final ChannelReader reader;
	private final Background background;
	private final FieldPreparation preparation;
	private final int batch;
	private final TileBuffers buffers;
	private final int readerThreads;
	private final Map<String, String> signature = new LinkedHashMap<>();

	private EmbeddingPlan(final Screen screen, final TileNetwork network, final String adaptation,
		final EmbeddingOptions options, final FieldReaders readers) throws IOException
	{
		this.options = options;
		channels = ChannelChoice.choose(screen.channels(), options.channels(), network.channels(), network.name());
		metadataColumns = (options.level() == Level.WELL ? screen.wellColumns() : screen.metadataColumns()).stream()
			.filter(column -> !column.equals(INTENSITY))
			.toList();
		final ChannelReader plain = new ChannelReader(readers, screen.channels(), channels,
			Downscale.parse(network.downscale()));
		tile = options.tile() > 0 ? options.tile() : network.side(network.takesAnySide() ? smallest(plain, screen) : 0);
		if (tile < 32) throw new IllegalArgumentException("tile is " + tile + ": give at least 32 pixels");
		features = options.features().names(network, channels, tile);
		final int stride = options.stride() > 0 ? options.stride() : tile;
		tiling = Tiling.parse(stride == tile ? "grid:" + tile : "stride:" + tile + ":" + stride);
		final Intensity wanted = Intensity.forModel(options.intensity(), network.intensity());
		wanted.requireChannels(channels.size());
		intensity = ScreenIntensity.of(wanted, options.controls(), screen);
		final String nuclear = options.nuclei().isEmpty() ? channels.get(0) : options.nuclei();
		if (options.foreground() > 0 && !channels.contains(nuclear)) {
			throw new IllegalArgumentException(
				"The nuclear channel '" + nuclear + "' is not among the embedded channels " + channels);
		}
		reader = new ChannelReader(readers, screen.channels(), channels, Downscale.parse(network.downscale()),
			Illumination.of(options.illumination(), screen.fields(), Field::plate));
		background = options.foreground() > 0 ? new Background(channels.indexOf(nuclear), options.foreground())
			: Background.off();
		preparation = new FieldPreparation(reader, tiling, background);
		final boolean cpu = network.device().equals("cpu");
		batch = options.batch() > 0 ? options.batch() : cpu ? 16 : 64;
		buffers = new TileBuffers(batch, channels.size(), tile);
		final int processors = Runtime.getRuntime().availableProcessors();
		readerThreads = options.readers() > 0 ? options.readers() : Math.max(1, Math.min(8, processors / 2));

		signature.put("model", network.digest());
		signature.put("channels", String.join(",", channels));
		signature.put("tiling", tiling.toString());
		// Parts of full-size runs from before there was a choice stay good.
		if (!reader.downscale().isNone()) signature.put("downscale", reader.downscale().spec());
		signature.put("intensity", intensity.rule());
		if (!options.illumination().equals("none")) signature.put("illumination", options.illumination());
		signature.put("controls", options.controls().toString());
		signature.put("foreground", options.foreground() > 0 ? nuclear + ":" + options.foreground() : "");
		// Nor does a run of the stored statistics say that there was a choice.
		if (!adaptation.isEmpty()) signature.put("statistics", adaptation);
		if (options.features() != FeatureSet.NETWORK) signature.put("features", options.features().toString());
		signature.put("level", options.level().toString());
		signature.put("aggregation", options.aggregation().name());
		signature.put("metadata", String.join(",", metadataColumns));
		signature.put("batch", Integer.toString(batch));
		signature.put("device", cpu ? "cpu" : "gpu");
		if (network.precision() != Precision.FLOAT32) signature.put("precision", network.precision().label());
	}

	/**
	 * Returns the shorter side of the first field that can be read, pixels, of a few that are spread over the screen,
	 * as damaged ones come in rows; 0 if none of them can.
	 */
	private static long smallest(final ChannelReader reader, final Screen screen) {
		final List<Field> fields = screen.fields();
		final int looks = Math.min(LOOKED_AT, fields.size());
		for (int i = 0; i < looks; i++) {
			try {
				final Img<?> image = reader.read(fields.get((int) ((long) i * fields.size() / looks)));
				return Math.min(image.dimension(0), image.dimension(1));
			}
			catch (final IOException | RuntimeException exc) {
				// The run names it among those that can't be read.
			}
		}
		return 0;
	}

	/**
	 * Makes every choice.
	 *
	 * @param adaptation how the network is adapted to each plate; empty if it isn't
	 * @throws IllegalArgumentException naming the key that doesn't fit the screen or the network
	 */
	static EmbeddingPlan of(final Screen screen, final TileNetwork network, final String adaptation,
		final EmbeddingOptions options, final FieldReaders readers) throws IOException
	{
		return new EmbeddingPlan(screen, network, adaptation, options, readers);
	}

	/**
	 * Returns the scaling of a plate's intensities; reads the fields from which it is taken.
	 *
	 * @param check called before each of them; may throw
	 * @throws PlateScalingException if the plate has no control wells, or no field that can be read
	 */
	FieldScaling scalingOf(final String plate, final List<Field> fields, final Runnable check)
		throws PlateScalingException
	{
		return FieldScaling.ofPlate(intensity.intensity(), plate, fields, intensity.controls(), reader, check);
	}

	/** The plate as it will be cut into tiles, for what adapts a network to it. */
	EmbeddedPlate plate(final String plate, final List<Field> fields) {
		return new EmbeddedPlate(plate, new ScreenFields(reader, fields, intensity.intensity(), intensity.controls()),
			tiling, background, options.profiles());
	}

	/**
	 * Returns the key that names a plate's part: the same only if the plate has the same fields, files and
	 * metadata.
	 */
	String partKey(final String plate, final List<Field> fields) {
		return plate + " " + PlateDigest.of(fields, metadataColumns);
	}

	/**
	 * Returns the rule for finished plates that must be embedded again.
	 *
	 * @param plates with all their fields
	 */
	PlateRetry retry(final Map<String, List<Field>> plates) {
		return new PlateRetry(plates, (plate, fields) -> {
			final PlateScaling scaling = new PlateScaling(this, plate, fields);
			return field -> preparation.prepare(fields.get(field), scaling.get()).failure() == null;
		});
	}

	/** Rule by which intensities are scaled. */
	ScreenIntensity intensity() {
		return intensity;
	}

	/** Everything that a row's numbers depend on, besides the images. */
	Map<String, String> signature() {
		return signature;
	}

	List<String> featureNames() {
		return features;
	}

	/** The screen's metadata columns that a row of this level has. */
	List<String> metadataColumns() {
		return metadataColumns;
	}

	Level level() {
		return options.level();
	}

	/** Features of a tile. */
	FeatureSet featureSet() {
		return options.features();
	}

	Aggregation aggregation() {
		return options.aggregation();
	}

	FieldPreparation preparation() {
		return preparation;
	}

	int channelCount() {
		return channels.size();
	}

	/** Side of a tile in pixels. */
	int tile() {
		return tile;
	}

	/** Tiles per batch. */
	int batch() {
		return batch;
	}

	/** Memory of batches, for one plate after the other. */
	TileBuffers buffers() {
		return buffers;
	}

	int readerThreads() {
		return readerThreads;
	}
}
