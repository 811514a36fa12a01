// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;

import ai.djl.Device;
import io.github.isophene.engine.Engines;
import io.github.isophene.network.Encoder;
import io.github.isophene.network.Model;

/** One model on one plate: the embedding of every query under a kind of batch statistics. */
public final class PlateEmbeddings {

	/** Gets each query's embedding once, in no particular order. */
	@FunctionalInterface
	public interface Sink {

		/**
		 * Takes one.
		 *
		 * @param tile the query, counted from 0
		 * @param embedding as many values as the model's embedding has
		 * @throws IOException if it can't keep them
		 */
		void accept(int tile, float[] embedding) throws IOException;
	}

	/** Gets the statistics that a whole plate is embedded with. */
	@FunctionalInterface
	public interface Adapted {

		/**
		 * Takes them. Isn't called if chunks normalise themselves, or by the training's statistics.
		 *
		 * @throws IOException if it can't keep them
		 */
		void with(PlateStatistics statistics) throws IOException;
	}

	/** How many values are read before they are computed with stored statistics: 64 MiB. */
	private static final int READ = 16 << 20;

	private final Model model;
	private final PredictionOptions options;

	/**
	 * A model with the options of its plates.
	 *
	 * @param options those about drift don't matter
	 */
	public PlateEmbeddings(final Model model, final PredictionOptions options) {
		this.model = model;
		this.options = options;
	}

	/**
	 * Computes them.
	 *
	 * @param plate the plate's name, for the seed
	 * @param controls may have no tiles, or be {@code null}, where the statistics need none
	 * @param statistics exact statistics of the controls if they are known already, otherwise {@code null}
	 * @throws IOException if an image can't be read, or what the others throw
	 */
	public void run(final String plate, final Tiles queries, final Tiles controls, final PlateStatistics statistics,
		final Adapted adapted, final Sink sink) throws IOException
	{
		switch (options.statistics()) {
			case JOINT -> together(queries, controls, new ChunkSampler(options.seed(), plate).chunks(queries.size(), options.queries(),
				controls.size(), options.controls()), sink);
			case BATCH -> together(queries, queries, new ChunkSampler(options.seed(), plate).chunks(queries.size(), options.queries(), 0,
				0), sink);
			case JOINT_PLATE -> stored(statistics(ChosenTiles.all(queries, controls)), queries, adapted, sink);
			case CONTROLS -> stored(statistics == null ? statistics(controls) : statistics, queries, adapted, sink);
			case TRAINING -> stored(model, queries, sink);
		}
	}

	/** Exact statistics of some images. */
	PlateStatistics statistics(final Tiles tiles) throws IOException {
		return PlateStatistics.of(model, tiles, options.device(), options.memory());
	}

	private void stored(final PlateStatistics statistics, final Tiles queries, final Adapted adapted, final Sink sink)
		throws IOException
	{
		adapted.with(statistics);
		stored(model.withStatistics(statistics.layers()), queries, sink);
	}

	private void stored(final Model adapted, final Tiles queries, final Sink sink) throws IOException {
		final int perRead = Math.max(1, Math.min(queries.size(), READ / queries.values()));
		final FloatBuffer values = FloatBuffer.allocate(Math.multiplyExact(perRead, queries.values()));
		try (Encoder encoder = new Encoder(adapted, options.device())) {
			for (int from = 0; from < queries.size(); from += perRead) {
				final int n = Math.min(perRead, queries.size() - from);
				values.clear();
				for (int t = 0; t < n; t++) queries.read(from + t, values);
				final float[][] rows = encoder.embed(values.flip(), n, queries.channels(), queries.height(), queries.width());
				for (int t = 0; t < n; t++) sink.accept(from + t, rows[t]);
			}
		}
	}

	private void together(final Tiles queries, final Tiles controls, final Iterable<ChunkSampler.Chunk> chunks, final Sink sink)
		throws IOException
	{
		final Device device = Engines.device(options.device());
		try (ExactBatchPass batch = new ExactBatchPass(model, device, options.memory())) {
			for (final ChunkSampler.Chunk chunk : chunks) {
				final int n = chunk.queries().length;
				final int[] chosen = Arrays.copyOf(chunk.queries(), n + chunk.controls().length);
				for (int i = 0; i < chunk.controls().length; i++) chosen[n + i] = queries.size() + chunk.controls()[i];
				final float[][] rows = batch.embeddings(new ChosenTiles(queries, controls, chosen), n);
				for (int i = 0; i < n; i++) sink.accept(chunk.queries()[i], rows[i]);
			}
		}
	}
}
