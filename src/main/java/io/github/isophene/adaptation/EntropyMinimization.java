// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.github.isophene.adaptation.tiles.ChannelMatch;
import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.adaptation.tiles.TileValues;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.ScalarOps;
import io.github.isophene.engine.Tensors;
import io.github.isophene.engine.TrainingOps;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Model;
import io.github.isophene.network.Normalization;
import io.github.isophene.network.Parameters;
import io.github.isophene.network.ResNet;
import io.github.isophene.pixels.TileSource;
import io.github.isophene.training.optimizer.Optimizer;
import io.github.isophene.training.optimizer.OptimizerOptions;

/**
 * Test-time entropy minimization (TENT: Wang et al. 2021, arXiv:2006.10726) on one plate. The queries go through the
 * network in chunks, each normalized by its own mean and biased variance; after each chunk the mean entropy of its
 * predictions is made smaller by one step of Adam on gamma and beta of all batch normalizations. A chunk is predicted
 * before its own step, as published; every plate starts from the trained weights again. No label is read, and no
 * control.
 */
public final class EntropyMinimization {

	/** Published learning rate of Adam on small images. */
	public static final double RATE = 1e-3;

	private final Model model;
	private final PredictionOptions options;
	private final double rate;

	/**
	 * Creates the adaptation.
	 *
	 * @param options chunk size, seed of the chunks and device count
	 * @param rate learning rate of Adam
	 * @throws IllegalArgumentException if the model has no batch normalization
	 */
	public EntropyMinimization(final Model model, final PredictionOptions options, final double rate) {
		if (!model.card().architecture().adapts())
			throw new IllegalArgumentException("The model '" + model.card().name() +
				"' has no batch normalization, whose parameters TENT would adapt");
		this.model = model;
		this.options = options;
		this.rate = rate;
	}

	/**
	 * Predicts a plate.
	 *
	 * @param plate name of the plate, for the order of the queries
	 * @return probabilities of each tile, [tiles][classes]
	 * @throws IOException if an image can't be read
	 * @throws CancellationException if the thread is interrupted
	 */
	public double[][] predict(final String plate, final FieldImages queries) throws IOException {
		final TileSource tiles = queries.matched(ChannelMatch.of(model.card().channels(), queries.channels())).tiles();
		final Architecture architecture = model.card().architecture();
		final double[][] probabilities = new double[tiles.count()][];
		try (NDManager manager = Engines.newManager(options.device());
			Parameters parameters = new Parameters(manager, architecture, model.weights()))
		{
			final ResNet network = new ResNet(architecture, parameters);
			final Map<String, NDArray> trained = new LinkedHashMap<>();
			parameters.trainable().forEach((name, array) -> {
				if (isAffine(architecture, name)) trained.put(name, array);
			});
			trained.values().forEach(p -> p.setRequiresGradient(true));
			try (Optimizer optimizer = OptimizerOptions.adam(rate).create(manager, trained)) {
				for (final ChunkSampler.Chunk chunk : new ChunkSampler(options.seed(), plate).chunks(tiles.count(),
					options.queries(), 0, 0))
				{
					if (Thread.currentThread().isInterrupted()) throw new CancellationException("Interrupted");
					try (NDManager step = manager.newSubManager()) {
						optimizer.step(rate,
							gradients(step, network, tiles, chunk.queries(), trained.values(), probabilities));
					}
				}
			}
		}
		return probabilities;
	}

	private static boolean isAffine(final Architecture architecture, final String name) {
		return architecture.convolutions().stream().anyMatch(c -> name.startsWith(c.norm() + "."));
	}

	/** Predicts a chunk and returns the gradients of its entropy; every array belongs to the manager of the step. */
	private static NDList gradients(final NDManager step, final ResNet network, final TileSource tiles,
		final int[] chunk, final Collection<NDArray> trained, final double[][] probabilities) throws IOException
	{
		try (GradientCollector recording = step.getEngine().newGradientCollector()) {
			final NDArray images = Tensors.create(step, TileValues.read(tiles, chunk), chunk.length, tiles.channels(),
				tiles.size(), tiles.size());
			final NDArray logits = network.logits(network.embed(images, Normalization.batch()));
			final int k = (int) logits.getShape().get(1);
			final float[] rows = logits.toFloatArray();
			for (int i = 0; i < chunk.length; i++) {
				final double[] row = new double[k];
				for (int c = 0; c < k; c++) row[c] = rows[i * k + c];
				probabilities[chunk[i]] = Probabilities.softmax(row);
			}
			final NDArray logP = logits.logSoftmax(1);
			return TrainingOps.gradients(ScalarOps.over(logP.exp().mul(logP).sum(), -chunk.length), trained);
		}
	}
}
