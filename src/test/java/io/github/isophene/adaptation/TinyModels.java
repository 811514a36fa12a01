// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.network.Architecture;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.ModelFile;
import io.github.isophene.network.StatisticsCalibration;
import io.github.isophene.network.StatisticsOrigin;

/** Small models with random weights, which predict fast and for no good reason. */
public final class TinyModels {

	/** Channels of the demo screen. */
	public static final List<String> CHANNELS = List.of("DNA", "ER", "AGP", "Mito");

	private TinyModels() {}

	/** A ResNet-18 of width 8 with three classes on tiles of 32 pixels. */
	public static Model model(final long seed, final List<String> channels, final StatisticsOrigin kind,
		final Map<String, String> training)
	{
		final Architecture architecture = Architecture.of("resnet18", channels.size(), 8, 3);
		return new Model(
			new ModelCard("tiny" + seed, "", architecture, ModelCard.Input.ALL_CHANNELS, channels, 32,
				"percentile:0.1:99.9", List.of("a", "b", "c"), "Metadata_Compound", kind, training),
			Initialization.calibrated(architecture, seed));
	}

	/** Adds a calibration that moves every channel, and every class otherwise. */
	public static Model calibrated(final Model model) {
		final Map<String, StatisticsCalibration.LayerCalibration> layers = new LinkedHashMap<>();
		final int classes = model.card().architecture().classes();
		for (final Architecture.ConvNorm c : model.card().architecture().convolutions()) {
			final float[] offset = new float[c.out()];
			final float[] variance = new float[c.out()];
			final float[][] means = new float[classes + 1][c.out()];
			final float[][] squares = new float[classes + 1][c.out()];
			for (int i = 0; i < c.out(); i++) {
				offset[i] = 0.1f * (i % 3 - 1);
				variance[i] = 0.6f + 0.1f * (i % 4);
				for (int k = 0; k <= classes; k++) {
					means[k][i] = 0.2f * ((i + k) % 3 - 1);
					squares[k][i] = 0.7f + 0.1f * ((i + k) % 5);
				}
			}
			layers.put(c.norm(), new StatisticsCalibration.LayerCalibration(offset, variance, means, squares));
		}
		return model.withCalibration(new StatisticsCalibration(layers, 1.0 / 3, 3));
	}

	/** Writes one for the demo screen's channels, trained for joint statistics as it says. */
	public static Path write(final Path file, final long seed) throws IOException {
		ModelFile.write(model(seed, CHANNELS, StatisticsOrigin.JOINT, Map.of()), file);
		return file;
	}
}
