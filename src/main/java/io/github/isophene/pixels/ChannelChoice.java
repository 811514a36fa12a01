// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.util.LinkedHashSet;
import java.util.List;

/**
 * Choice and order of the screen's channels for a model: those that the user
 * names, else those that the model was trained on (by name, wherever they stand), else
 * all in the screen's order. Never a silent guess: a model with named channels takes
 * channels of other names only if the user lists them.
 */
public final class ChannelChoice {

	private ChannelChoice() {}

	/**
	 * The chosen channels' names, in order.
	 *
	 * @param available the screen's channels
	 * @param wanted those that the user names; may be empty
	 * @param trained those that the model was trained on, in order; empty if it doesn't say
	 * @param model the model's name, for messages
	 * @throws IllegalArgumentException if one is missing, or named twice
	 */
	public static List<String> choose(final List<String> available, final List<String> wanted,
		final List<String> trained, final String model)
	{
		final List<String> chosen = !wanted.isEmpty() ? wanted : !trained.isEmpty() ? trained : available;
		for (final String name : chosen) {
			if (available.contains(name)) continue;
			throw new IllegalArgumentException(wanted.isEmpty() //
				? "The model '" + model + "' needs the channels " + trained + ", but the screen has " + available +
					": list, in channels, those of the screen that stand for them, in this order"
				: "channels names '" + name + "', but the screen has " + available);
		}
		if (new LinkedHashSet<>(chosen).size() != chosen.size()) {
			throw new IllegalArgumentException("channels names a channel twice: " + chosen);
		}
		return chosen;
	}
}
