// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.isophene.network.Architecture;
import io.github.isophene.settings.Settings;

/** Layer of a network that is perturbed. */
public enum Layer {
	/** The images themselves. */
	INPUT,
	/** After the first convolution, normalization, ReLU and pooling. */
	STEM,
	/** After the first stage of blocks. */
	STAGE1,
	/** After the second stage. */
	STAGE2,
	/** After the third stage. */
	STAGE3;

	/** {@code input}, {@code stem}, {@code stage1}... */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The number that {@link io.github.isophene.network.ResNet.Tap} has for it; -1 for the images. */
	public int stage() {
		return ordinal() - 1;
	}

	/**
	 * Returns the number of channels there, of all passes of an image.
	 *
	 * @throws IllegalArgumentException if the network ends before
	 */
	public int channels(final Architecture architecture) {
		return switch (this) {
			case INPUT -> architecture.channels();
			case STEM -> architecture.width() * architecture.passes();
			default -> architecture.stageChannels(stage()) * architecture.passes();
		};
	}

	/**
	 * Several, as {@code stem, stage1}, in the network's order.
	 *
	 * @throws IllegalArgumentException naming the one that isn't known
	 */
	static List<Layer> list(final Settings settings, final String name) {
		final List<Layer> sites = new ArrayList<>();
		for (final String part : settings.text(name).split(",")) {
			final String wanted = part.strip().toLowerCase(Locale.ROOT);
			sites.add(Arrays.stream(values())
				.filter(s -> s.label().equals(wanted))
				.findFirst()
				.orElseThrow(() -> settings.wrong(name, "one or several, separated by commas, of " +
					Arrays.stream(values()).map(Layer::label).collect(Collectors.joining(", ")))));
		}
		return sites.stream().distinct().sorted().toList();
	}
}
