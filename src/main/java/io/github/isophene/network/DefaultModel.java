// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;

/**
 * The model that is built in, trained on simulated cells. It takes any number of channels,
 * each by itself. Its weights lie in the jar, convolutions in half precision; the recipe that
 * makes them again is {@code DefaultEncoderRecipe} in the tests' sources.
 */
final class DefaultModel {

	static final String NAME = "default";

	static final Architecture ARCHITECTURE = Architecture.of("resnet18", 1, 16, 0);

	static final int TILE = 224;

	static final String INTENSITY = "auto:0.1:99.9+fixed:0.2:0.2";

	private static final String WEIGHTS = "default.safetensors";

	private static final String DESCRIPTION = "A ResNet-18 of width 16 that looks at each channel by itself, trained " +
		"on " +
		"simulated cells alone: to tell random cell shapes, stains and magnifications whatever gain, focus, noise, " +
		"vignetting " +
		"and bleed-through do to the image. It has never seen a real image, and in its training each image was " +
		"scaled between " +
		"its own percentiles; scaled by a plate's control wells, brightness reaches it, too. A start and a baseline; " +
		"an encoder trained on real screens of your kind should do better.";

	private DefaultModel() {}

	/** Read at the first use. */
	private static final class Holder {

		static final Model MODEL = create();
	}

	/** The model: the same bits on every machine. */
	static Model get() {
		return Holder.MODEL;
	}

	private static Model create() {
		try (InputStream in = DefaultModel.class.getResourceAsStream(WEIGHTS)) {
			if (in == null)
				throw new IOException("The weights of the model " + NAME + " (" + WEIGHTS +
					") are not in Isophene's jar: install it anew");
			final byte[] bytes = in.readAllBytes();
			final StateDict weights = Safetensors.read(new ByteArrayInputStream(bytes), bytes.length, WEIGHTS);
			final Map<String,
				String> training = Safetensors.readMetadata(new ByteArrayInputStream(bytes), bytes.length);
			final ModelCard card = new ModelCard(NAME, DESCRIPTION, ARCHITECTURE, ModelCard.Input.EACH_CHANNEL,
				List.of(), TILE, INTENSITY, List.of(), "", StatisticsOrigin.TRAINING, training);
			return new Model(card, weights);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
