// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.statistics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.isophene.adaptation.controls.ControlGuard;
import io.github.isophene.adaptation.controls.ControlImages;
import io.github.isophene.engine.Engines;
import io.github.isophene.messages.Count;
import io.github.isophene.network.BatchStatistics;
import io.github.isophene.network.ChannelMoments;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.pixels.TileSource;

/**
 * Exact batch statistics of some images of a plate: its negative controls, or controls and
 * queries. They are those of one forward pass in training mode over all images as a single
 * batch, whatever their number; nothing is averaged over chunks that normalized
 * themselves.
 *
 * @param layers mean and variance of every layer: of the images themselves, over N, H and W, the <em>unbiased</em>
 *          variance that PyTorch stores as running statistics after such a pass with momentum 1; or what follows from
 *          them by a {@link io.github.isophene.network.StatisticsCalibration}
 * @param images how many images (tiles) they are of
 */
public record PlateStatistics(BatchStatistics layers, int images) {

	/** Default memory, in bytes, for activations held between layers: 2 GiB (our choice). */
	public static final long MEMORY = 2L << 30;

	/** Key of {@link ModelCard#training} under which an adapted model names its plate. */
	public static final String PLATE = "adapted.plate";
	/** Key under which it says from which images of the plate, see {@link StatisticsOrigin#label}. */
	public static final String KIND = "adapted.statistics";
	/** Key under which it says from how many images. */
	public static final String IMAGES = "adapted.images";

	/**
	 * Computes them.
	 *
	 * @param tiles the images
	 * @param device see {@link Engines#device(String)}
	 * @param memory how many bytes of activations may be held; the less, the more often the
	 *          first layers are computed anew, with the same result
	 * @throws IllegalArgumentException if there are no images, they have the wrong channels, or a
	 *           layer gets a single value per channel
	 * @throws IOException if an image can't be read
	 */
	public static PlateStatistics of(final Model model, final TileSource tiles, final String device, final long memory)
		throws IOException
	{
		model.checkChannels(tiles.channels());
		try (ExactBatchPass batch = new ExactBatchPass(model, Engines.device(device), memory)) {
			return new PlateStatistics(batch.statistics(tiles), tiles.count());
		}
	}

	/**
	 * Statistics of controls, with a verdict on their wells.
	 *
	 * @param statistics mean and unbiased variance, as {@link PlateStatistics#of} computes them
	 * @param verdict control wells that are unlike the others
	 */
	public record Measured(PlateStatistics statistics, ControlGuard.Decision verdict) {}

	/** Computes exact statistics of all controls, and compares their wells. */
	public static Measured measure(final ExactBatchPass batch, final ControlImages controls) throws IOException {
		final List<ChannelMoments[]> wells = new ArrayList<>();
		final Map<String, BatchStatistics.LayerStatistics> layers = new LinkedHashMap<>();
		batch.embeddings(controls.tiles(), controls.wells(), (layer, groups) -> {
			final ChannelMoments all = ChannelMoments.sum(groups);
			ExactBatchPass.requireVariance(layer, all);
			wells.add(groups);
			layers.put(layer, all.unbiased());
			return all.biased();
		}, 0);
		return new Measured(new PlateStatistics(new BatchStatistics(layers), controls.tiles().count()),
			ControlGuard.judge(wells, controls.names()));
	}

	/**
	 * The model with these statistics stored in it in place of the training's: embedding and
	 * prediction with stored statistics then are adapted to the plate. Its card says which
	 * plate, and from what.
	 *
	 * @param plate the plate's name
	 * @param kind what the images were
	 * @throws IllegalArgumentException if these statistics are of another architecture, or not of a whole set
	 */
	public Model into(final Model model, final String plate, final StatisticsOrigin kind) {
		if (!kind.storable()) {
			throw new IllegalArgumentException("statistics = " + kind.label() +
				" leaves nothing to be stored in a model: use " + StatisticsOrigin.CALIBRATED.label() + ", " +
				StatisticsOrigin.CONTROLS.label() + " or " + StatisticsOrigin.JOINT_PLATE.label());
		}
		final ModelCard card = model.card();
		BatchStatistics.of(card.architecture(), model.weights()).layers().forEach((name, layer) -> {
			if (layers.get(name).mean().length != layer.mean().length)
				throw new IllegalArgumentException(
					"The layer '" + name + "' has " + Count.of(layer.mean().length, "channel") +
					", but the statistics have " +
						layers.get(name).mean().length + ": they belong to another architecture");
		});
		final Map<String, String> training = new TreeMap<>(card.training());
		training.put(PLATE, plate);
		training.put(KIND, kind.label());
		training.put(IMAGES, Integer.toString(images));
		final ModelCard adapted = card.with(StatisticsOrigin.TRAINING, training);
		return new Model(adapted, layers.into(model.weights()));
	}
}
