// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.tiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.github.isophene.pixels.TileSource;

/**
 * Assignment of a screen's channels to a model's inputs, by name; upper and lower case don't matter.
 *
 * @param order for each channel of the model, which of the images' it is, counted from 0
 * @param warning what the user should know: that the order was changed, or a channel left out
 */
public record ChannelMatch(int[] order, Optional<String> warning) {

	/**
	 * Finds the model's channels.
	 *
	 * @param model the model's channels in its order; empty if it takes any channels as they are
	 * @param images the images' channels in their order
	 * @throws IllegalArgumentException naming the channels that are missing, or the name that occurs twice
	 */
	public static ChannelMatch of(final List<String> model, final List<String> images) {
		final List<String> names = images.stream().map(n -> n.strip().toLowerCase(Locale.ROOT)).toList();
		final List<String> wanted = model.isEmpty() ? names
			: model.stream().map(n -> n.strip().toLowerCase(Locale.ROOT)).toList();
		final int[] order = new int[wanted.size()];
		final List<String> missing = new ArrayList<>();
		for (int c = 0; c < order.length; c++) {
			order[c] = names.indexOf(wanted.get(c));
			if (order[c] < 0) missing.add(model.get(c));
			else
				if (names.lastIndexOf(wanted.get(c)) != order[c])
					throw new IllegalArgumentException(
						"The images have two channels '" + images.get(order[c]) + "': rename one");
		}
		if (!missing.isEmpty())
			throw new IllegalArgumentException("The model takes the channels " + String.join(", ", model) +
				", but the images have " + String.join(", ", images) + ": " + String.join(", ", missing) +
				(missing.size() == 1 ? " is" : " are") +
				" missing; choose images with all of them, or, if only the names differ, rename the channels " +
				"of the screen");
		return new ChannelMatch(order, warning(model, images, order));
	}

	private static Optional<String> warning(final List<String> model, final List<String> images, final int[] order) {
		final List<String> said = new ArrayList<>();
		for (int c = 1; c < order.length; c++) {
			if (order[c] > order[c - 1]) continue;
			said.add("are in another order than the model's (" + String.join(", ", model) +
				") and were put into that order");
			break;
		}
		if (order.length < images.size()) {
			final List<String> unused = new ArrayList<>(images);
			for (final int c : order) unused.remove(images.get(c));
			said.add("the model doesn't take " + String.join(", ", unused));
		}
		return said.isEmpty() ? Optional.empty()
			: Optional.of("The images' channels (" + String.join(", ", images) + ") " +
				(said.size() == 1 && order.length < images.size() ? "are more than the model's: " : "") +
				String.join("; ", said));
	}

	/** Returns whether the images' channels are just the model's. */
	public boolean identical(final int channels) {
		if (order.length != channels) return false;
		for (int c = 0; c < channels; c++) if (order[c] != c) return false;
		return true;
	}

	/** The tiles with the model's channels in the model's order. */
	public TileSource apply(final TileSource tiles) {
		return identical(tiles.channels()) ? tiles : new ReorderedTiles(tiles, order);
	}
}
