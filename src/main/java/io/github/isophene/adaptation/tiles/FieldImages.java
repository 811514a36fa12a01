// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.tiles;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import io.github.isophene.messages.Count;
import io.github.isophene.pixels.TileSource;

/**
 * The images of some fields of one plate: what is to be predicted, or the plate's negative
 * controls. It says where a field is, not what is in it.
 *
 * @param channels names of the tiles' channels, in their order
 * @param fields the fields, in the order in which {@link TileSource#field} counts them
 * @param tiles their tiles
 */
public record FieldImages(List<String> channels, List<Position> fields, TileSource tiles) {

	/**
	 * Position of a field on its plate.
	 *
	 * @param well normalized well name, {@code A01} to {@code AF48}
	 * @param site the site's name within the well
	 */
	public record Position(String well, String site) {

		public Position {
			Objects.requireNonNull(well, "well");
			Objects.requireNonNull(site, "site");
		}
	}

	/** @throws IllegalArgumentException if the channels aren't as many as the tiles' */
	public FieldImages {
		channels = List.copyOf(channels);
		fields = List.copyOf(fields);
		if (channels.size() != tiles.channels())
			throw new IllegalArgumentException("The images have " + Count.of(tiles.channels(), "channel") + ", but " +
				channels.size() + " are named: " + channels);
	}

	/** Returns the same images with the channels that a model takes, in its order. */
	public FieldImages matched(final ChannelMatch match) {
		return match.identical(channels.size()) ? this
			: new FieldImages(IntStream.of(match.order()).mapToObj(channels::get).toList(), fields, match.apply(tiles));
	}

	/** The wells of the fields, each once, in order of first appearance. */
	public List<String> wells() {
		return fields.stream().map(Position::well).distinct().toList();
	}
}
