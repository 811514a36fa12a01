// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.isophene.adaptation.controls.ControlImages;
import io.github.isophene.adaptation.statistics.CalibratedControls;
import io.github.isophene.adaptation.statistics.ClassMixture;
import io.github.isophene.adaptation.statistics.Drift;
import io.github.isophene.adaptation.statistics.ExactBatchPass;
import io.github.isophene.adaptation.statistics.MixtureRule;
import io.github.isophene.adaptation.statistics.ModelCalibration;
import io.github.isophene.adaptation.statistics.PlateStatistics;
import io.github.isophene.adaptation.statistics.StatisticsChoice;
import io.github.isophene.adaptation.tiles.ChosenTiles;
import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.engine.Engines;
import io.github.isophene.network.BatchStatistics;
import io.github.isophene.network.ChannelMoments;
import io.github.isophene.network.Encoder;
import io.github.isophene.network.Model;
import io.github.isophene.network.StatisticsCalibration;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.pixels.TileSource;

/** One model on one plate: the embedding of every query under statistics of one origin. */
public final class PlateEmbeddings {

	/** Receives each query's embedding once, in no particular order. */
	@FunctionalInterface
	public interface Sink {

		/**
		 * Receives one.
		 *
		 * @param tile the query, counted from 0
		 * @param embedding as many values as the model's embedding has
		 * @throws IOException if it can't keep them
		 */
		void accept(int tile, float[] embedding) throws IOException;
	}

	/** Receives what is found out about a plate before its queries are embedded. */
	@FunctionalInterface
	public interface Adapted {

		/**
		 * Receives the statistics of a whole plate. Isn't called if chunks normalize themselves, or by the training's
		 * statistics.
		 *
		 * @throws IOException if it can't keep them
		 */
		void with(PlateStatistics statistics) throws IOException;

		/** Receives the departure of the queries from the controls, where it is measured. */
		default void departure(final Drift departure) {}

		/** Receives a sentence for the user. */
		default void warning(final String sentence) {}
	}

	/** Number of values that are read before they are computed with stored statistics: 64 MiB. */
	private static final int READ = 16 << 20;

	/** Queries, evenly spread over the plate, by which the departure from the controls is measured (our choice). */
	private static final int DEPARTURE_QUERIES = 64;

	private final Model model;
	private final PredictionOptions options;

	/**
	 * A model with the options of its plates.
	 *
	 * @throws IllegalArgumentException if the model lacks what the statistics need
	 */
	public PlateEmbeddings(final Model model, final PredictionOptions options) {
		StatisticsChoice.require(model, options.statistics());
		this.model = model;
		this.options = options;
	}

	/**
	 * Computes them.
	 *
	 * @param plate the plate's name, for the seed and messages
	 * @param controls may have no tiles, or be {@code null}, where the statistics need none
	 * @param statistics exact statistics of the controls if they are known already, otherwise {@code null}
	 * @throws IOException if an image can't be read, or what the others throw
	 */
	public void run(final String plate, final FieldImages queries, final FieldImages controls,
		final PlateStatistics statistics, final Adapted adapted, final Sink sink) throws IOException
	{
		final TileSource q = queries.tiles();
		switch (options.statistics()) {
			case JOINT -> together(q, controls.tiles(), new ChunkSampler(options.seed(), plate).chunks(q.count(),
				options.queries(), controls.tiles().count(), options.controls()), sink);
			case BATCH ->
				together(q, q, new ChunkSampler(options.seed(), plate).chunks(q.count(), options.queries(), 0, 0),
					sink);
			case TRAINING -> stored(model, q, sink);
			case JOINT_PLATE, CONTROLS, CALIBRATED, MIX -> {
				final PlateStatistics of = statistics(plate, queries, controls, statistics, adapted);
				adapted.with(of);
				stored(model.withStatistics(of.layers()), q, sink);
			}
		}
	}

	/**
	 * Computes the statistics of a whole plate.
	 *
	 * @param known exact statistics of the controls if they are known already, otherwise {@code null}
	 * @param listener receives warnings and the queries' departure
	 * @throws IOException if an image can't be read
	 */
	public PlateStatistics statistics(final String plate, final FieldImages queries, final FieldImages controls,
		final PlateStatistics known, final Adapted listener) throws IOException
	{
		return switch (options.statistics()) {
			case JOINT_PLATE -> exact(ChosenTiles.all(queries.tiles(), controls.tiles()));
			case CONTROLS -> {
				// In the same way whether the drift was measured before or not, to the last bit.
				final PlateStatistics of = known == null ? controls(plate, controls, listener) : known;
				if (options.drift()) {
					try (ExactBatchPass batch = batch()) {
						listener.departure(departure(batch, of.layers(), of.layers(), queries.tiles()));
					}
				}
				yield of;
			}
			case CALIBRATED, MIX -> calibrated(plate, queries, controls, listener);
			default -> throw new IllegalArgumentException(
				"statistics = " + options.statistics().label() + " are not of a whole plate");
		};
	}

	private ExactBatchPass batch() {
		return new ExactBatchPass(model, Engines.device(options.device()), options.memory());
	}

	/** Computes exact statistics of some images. */
	private PlateStatistics exact(final TileSource tiles) throws IOException {
		return PlateStatistics.of(model, tiles, options.device(), options.memory());
	}

	/** Computes exact statistics of the controls, comparing their wells. */
	PlateStatistics controls(final String plate, final FieldImages controls, final Adapted listener)
		throws IOException
	{
		final ControlImages wells = ControlImages.of(controls);
		try (ExactBatchPass batch = batch()) {
			final PlateStatistics.Measured measured = PlateStatistics.measure(batch, wells);
			// Calibrated statistics leave wrong wells out, and say so themselves.
			if (!options.statistics().needsCalibration())
				measured.verdict()
					.sentence(plate,
						options.statistics().needsControls()
							? "statistics = " + options.statistics().label() +
								" uses them all the same: correct the controls, or use statistics = " +
								StatisticsOrigin.CALIBRATED.label() + ", which leaves them out"
							: "Look at them before you trust the drift")
					.ifPresent(listener::warning);
			return measured.statistics();
		}
	}

	private PlateStatistics calibrated(final String plate, final FieldImages queries, final FieldImages controls,
		final Adapted listener) throws IOException
	{
		final StatisticsCalibration calibration = model.calibration().orElseThrow();
		try (ExactBatchPass batch = batch()) {
			final CalibratedControls of = CalibratedControls.of(batch, calibration, ControlImages.of(controls));
			of.verdict()
				.sentence(plate,
					(of.verdict().wells().size() == 1 ? "It is" : "They are") +
						" left out of the statistics: look at the images, and correct the controls in the screen table")
				.ifPresent(listener::warning);
			if (options.drift()) listener.departure(departure(batch, of.statistics(), of.controls(), queries.tiles()));
			final PlateStatistics alone = new PlateStatistics(of.statistics(), of.wells().tiles().count());
			return options.statistics() == StatisticsOrigin.MIX
				? mixed(batch, calibration, alone, queries.tiles(), of.wells().tiles())
				: alone;
		}
	}

	/** Starts from the controls, and twice corrects all images by the mixture that the model predicts. */
	private PlateStatistics mixed(final ExactBatchPass batch, final StatisticsCalibration calibration,
		final PlateStatistics controls, final TileSource queries, final TileSource used) throws IOException
	{
		final ClassHead head = new ClassHead(model);
		final double[][] probabilities = new double[queries.count()][];
		stored(model.withStatistics(controls.layers()), queries,
			(tile, row) -> probabilities[tile] = Probabilities.softmax(head.logits(row)));
		final TileSource all = ChosenTiles.all(queries, used);
		final MixtureRule first = new MixtureRule(calibration, ClassMixture.of(probabilities, used.count()));
		final float[][] rows = batch.embeddings(all, new int[all.count()], first, queries.count());
		for (int i = 0; i < rows.length; i++) probabilities[i] = Probabilities.softmax(head.logits(rows[i]));
		final MixtureRule second = new MixtureRule(calibration, ClassMixture.of(probabilities, used.count()));
		batch.embeddings(all, new int[all.count()], second, 0);
		return new PlateStatistics(second.statistics(), all.count());
	}

	/**
	 * Measures how far queries depart from the controls: a {@link Drift} of their statistics from those of the
	 * controls,
	 * each layer normalized as the plate is.
	 */
	private Drift departure(final ExactBatchPass batch, final BatchStatistics normalizing,
		final BatchStatistics controls, final TileSource queries) throws IOException
	{
		final int[] some = ChosenTiles.spread(queries.count(), DEPARTURE_QUERIES);
		final Map<String, BatchStatistics.LayerStatistics> measured = new LinkedHashMap<>();
		batch.embeddings(new ChosenTiles(queries, queries, some), new int[some.length], (layer, groups) -> {
			measured.put(layer, ChannelMoments.sum(groups).biased());
			return normalizing.get(layer);
		}, 0);
		return Drift.between(new BatchStatistics(measured), controls,
			Drift.threshold(model, ModelCalibration.DEPARTURE));
	}

	private void stored(final Model adapted, final TileSource queries, final Sink sink) throws IOException {
		final int perRead = Math.max(1, Math.min(queries.count(), READ / queries.values()));
		final FloatBuffer values = FloatBuffer.allocate(Math.multiplyExact(perRead, queries.values()));
		try (Encoder encoder = new Encoder(adapted, options.device(), options.precision())) {
			for (int from = 0; from < queries.count(); from += perRead) {
				final int n = Math.min(perRead, queries.count() - from);
				values.clear();
				for (int t = 0; t < n; t++) queries.read(from + t, values);
				final float[][] rows = encoder.embed(values.flip(), n, queries.channels(), queries.size(),
					queries.size());
				for (int t = 0; t < n; t++) sink.accept(from + t, rows[t]);
			}
		}
	}

	private void together(final TileSource queries, final TileSource controls,
		final Iterable<ChunkSampler.Chunk> chunks, final Sink sink) throws IOException
	{
		try (ExactBatchPass batch = batch()) {
			for (final ChunkSampler.Chunk chunk : chunks) {
				final int n = chunk.queries().length;
				final int[] chosen = Arrays.copyOf(chunk.queries(), n + chunk.controls().length);
				for (int i = 0; i < chunk.controls().length; i++) chosen[n + i] = queries.count() + chunk.controls()[i];
				final float[][] rows = batch.embeddings(new ChosenTiles(queries, controls, chosen), n);
				for (int i = 0; i < n; i++) sink.accept(chunk.queries()[i], rows[i]);
			}
		}
	}
}
