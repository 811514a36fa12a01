// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.isophene.network.Architecture;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.ModelFile;
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
		return new Model(new ModelCard("tiny" + seed, "", architecture, ModelCard.Input.ALL_CHANNELS, channels, 32,
			"percentile:0.1:99.9", List.of("a", "b", "c"), "Metadata_Compound", kind, training), Initialization.calibrated(
				architecture, seed));
	}

	/** Writes one for the demo screen's channels, trained for joint statistics as it says. */
	public static Path write(final Path file, final long seed) throws IOException {
		ModelFile.write(model(seed, CHANNELS, StatisticsOrigin.JOINT, Map.of()), file);
		return file;
	}
}
