// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.github.isophene.adaptation.PlateControls;
import io.github.isophene.adaptation.PlateEmbeddings;
import io.github.isophene.adaptation.PredictionOptions;
import io.github.isophene.adaptation.controls.ControlCheck;
import io.github.isophene.adaptation.statistics.PlateStatistics;
import io.github.isophene.adaptation.statistics.StatisticsChoice;
import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.adaptation.tiles.FieldLoading;
import io.github.isophene.adaptation.tiles.PlateTiles;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.Workers;
import io.github.isophene.files.ScratchFile;
import io.github.isophene.network.Model;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.pixels.CachedTiles;
import io.github.isophene.pixels.PlateScalingException;
import io.github.isophene.pixels.TileCache;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;

/**
 * Adapts the model of an embedding run to each plate as a prediction does: the embeddings
 * are those that the same model's predictions of the same tiles come from. Negative
 * controls, which are embedded but not predicted, are never in a chunk with other queries:
 * they have chunks of their own.
 */
public final class AdaptedTileNetworks implements PlateNetworks {

	private final TileNetwork network;
	private final Model model;
	private final PredictionOptions options;
	private final Selection controls;
	private final Consumer<String> warnings;

	/**
	 * Prepares to adapt.
	 *
	 * @param network what is adapted; stays open
	 * @param warnings receives one sentence each on what the user should know, as {@code progress::warn} does
	 * @throws IllegalArgumentException if the network is not a model or lacks what the statistics need, or plates
	 *           lack controls, naming all of these
	 */
	public AdaptedTileNetworks(final TileNetwork network, final Screen screen, final EmbeddingOptions options,
		final StatisticsOrigin kind, final Consumer<String> warnings)
	{
		this.network = network;
		this.warnings = warnings;
		model = network.model()
			.orElseThrow(() -> new IllegalArgumentException("'" + network.name() +
				"' is taken as it is and can't be adapted to plates: import its weights (Import Model), or use " +
				"statistics = " + EmbeddingOptions.TRAINING));
		this.options = PredictionOptions.of(kind)
			.withDevice(options.device())
			.withPrecision(network.precision())
			.withDrift(false);
		final List<String> notes = new ArrayList<>();
		StatisticsChoice.warning(model, kind).ifPresent(notes::add);
		controls = PlateControls.find(screen, options.controls(), kind, false, notes);
		notes.forEach(warnings);
	}

	/**
	 * Returns the origin of the statistics that a run will have.
	 *
	 * @param warnings as in the constructor
	 * @throws IllegalArgumentException if there is no such origin, or the model lacks what it needs
	 */
	public static StatisticsOrigin origin(final TileNetwork network, final Screen screen,
		final EmbeddingOptions options, final Consumer<String> warnings)
	{
		if (network.model().isEmpty())
			return StatisticsOrigin.isAutomatic(options.statistics()) ? StatisticsOrigin.TRAINING
				: StatisticsOrigin.of(options.statistics());
		final List<String> notes = new ArrayList<>();
		final StatisticsOrigin origin = StatisticsChoice.of(options.statistics(), List.of(network.model().get()),
			screen, options.controls(), StatisticsOrigin.TRAINING, notes);
		notes.forEach(warnings);
		return origin;
	}

	@Override
	public String adaptation() {
		return options.statistics().label() + ":" + options.queries() + ":" + options.controls() + ":" + options.seed();
	}

	@Override
	public TileNetwork of(final EmbeddedPlate plate) throws IOException {
		try (ScratchFile scratch = ScratchFile.beside(plate.output(), ScratchFile.CAPACITY);
			Workers workers = new Workers(Engines.threads()))
		{
			final CachedTiles tiles = new CachedTiles(plate.fields(), plate.tiling(), plate.background(),
				TileCache.MEMORY, scratch);
			final int[] queries = fields(plate, false);
			final int[] of = fields(plate, true);
			if (options.statistics().dependsOnQueries()) load(tiles, queries, workers);
			load(tiles, of, workers);
			if (options.statistics().needsControls())
				ControlCheck
					.warnings(plate.name(), options.statistics(), images(plate, tiles, queries),
						images(plate, tiles, of))
					.forEach(warnings);
			return options.statistics().storable() ? adapted(plate, tiles, queries, of)
				: rows(plate, tiles, queries, of);
		}
	}

	/** Loads fields; those that can't be read are left out. */
	private static void load(final CachedTiles tiles, final int[] fields, final Workers workers)
		throws PlateScalingException
	{
		for (final Exception failure : FieldLoading.load(tiles, fields, workers))
			if (failure instanceof PlateScalingException plate) throw plate;
	}

	private int[] fields(final EmbeddedPlate plate, final boolean control) {
		return IntStream.range(0, plate.fields().size())
			.filter(i -> controls.test(plate.fields().field(i)) == control)
			.toArray();
	}

	private static FieldImages images(final EmbeddedPlate plate, final CachedTiles tiles, final int[] fields) {
		return new FieldImages(plate.fields().channels(), IntStream.of(fields).mapToObj(i -> {
			final Field field = plate.fields().field(i);
			return new FieldImages.Position(field.well(), field.site());
		}).toList(), new PlateTiles(tiles, fields));
	}

	private TileNetwork adapted(final EmbeddedPlate plate, final CachedTiles tiles, final int[] queries, final int[] of)
		throws IOException
	{
		final PlateStatistics statistics = new PlateEmbeddings(model, options).statistics(plate.name(),
			images(plate, tiles, queries), images(plate, tiles, of), null, new PlateEmbeddings.Adapted() {

				@Override
				public void with(final PlateStatistics unused) {}

				@Override
				public void warning(final String sentence) {
					warnings.accept(sentence);
				}
			});
		return TileNetwork.of(statistics.into(model, plate.name(), options.statistics()), options.device(),
			options.precision());
	}

	private TileNetwork rows(final EmbeddedPlate plate, final CachedTiles tiles, final int[] queries, final int[] of)
		throws IOException
	{
		// Where a field's first tile will be asked for.
		final int[] starts = new int[plate.fields().size()];
		int n = 0;
		for (int f = 0; f < starts.length; f++) {
			starts[f] = n;
			n += tiles.count(f);
		}
		final PrecomputedTileNetwork rows = new PrecomputedTileNetwork(network,
			ScratchFile.beside(plate.output(), ScratchFile.CAPACITY), n);
		boolean whole = false;
		try {
			for (final int[] fields : List.of(queries, of)) embed(plate, tiles, fields, of, starts, rows);
			whole = true;
			return rows;
		}
		finally {
			if (!whole) rows.close();
		}
	}

	private void embed(final EmbeddedPlate plate, final CachedTiles tiles, final int[] fields, final int[] of,
		final int[] starts, final PrecomputedTileNetwork rows) throws IOException
	{
		final int[] places = IntStream.of(fields)
			.flatMap(f -> IntStream.range(starts[f], starts[f] + tiles.count(f)))
			.toArray();
		if (places.length == 0) return;
		new PlateEmbeddings(model, options).run(plate.name(), images(plate, tiles, fields), images(plate, tiles, of),
			null, statistics -> {}, (tile, row) -> rows.put(places[tile], row));
	}
}
