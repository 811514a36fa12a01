// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.Map;

import io.github.isophene.settings.Settings;

/**
 * Options of a {@link PerturbationPreview}. Start from {@link #of}:
 *
 * <pre>
 * PreviewOptions.of("moa.zip", "abra-input").withSettings("radius=1.5").withLabel("taxol")
 * </pre>
 *
 * @param model a model file with classes; empty: random perturbations only, which need no network
 * @param objective whose perturbation: {@code abra-input}, {@code abra}, {@code abra+cs-arm-bn}
 * @param settings of the objective, name to value
 * @param label the image's class, whose loss is raised; empty: what the model takes it for
 * @param tile side of a tile in pixels; 0: the model's own, or 256, or what fits
 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:n}
 * @param seed of the random start
 */
public record PreviewOptions(String model, String objective, Map<String, String> settings, String label, int tile,
	String device, long seed)
{

	public PreviewOptions {
		settings = Map.copyOf(settings);
		if (tile != 0 && tile < 32)
			throw new IllegalArgumentException("tile is " + tile + ": give 32 pixels or more, or 0");
	}

	/** Of an objective with its defaults, for a model file, or an empty text. */
	public static PreviewOptions of(final String model, final String objective) {
		return new PreviewOptions(model.strip(), objective, Map.of(), "", 0, "auto", 1234);
	}

	/**
	 * With settings of the objective.
	 *
	 * @param text {@code name=value; name=value}
	 */
	public PreviewOptions withSettings(final String text) {
		return new PreviewOptions(model, objective, Settings.parse(text), label, tile, device, seed);
	}

	/** With the image's class. */
	public PreviewOptions withLabel(final String value) {
		return new PreviewOptions(model, objective, settings, value.strip(), tile, device, seed);
	}

	/** With another side of a tile. */
	public PreviewOptions withTile(final int value) {
		return new PreviewOptions(model, objective, settings, label, value, device, seed);
	}

	/** On another device. */
	public PreviewOptions withDevice(final String value) {
		return new PreviewOptions(model, objective, settings, label, tile, value.isBlank() ? "auto" : value.strip(),
			seed);
	}

	/** With another random start. */
	public PreviewOptions withSeed(final long value) {
		return new PreviewOptions(model, objective, settings, label, tile, device, value);
	}
}
