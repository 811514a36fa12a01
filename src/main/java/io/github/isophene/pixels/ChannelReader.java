// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.github.isophene.pixels.illumination.Illumination;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import net.imglib2.img.Img;

/**
 * Reads of each field the channels that a model takes, in the model's order and at the
 * model's resolution. Stateless, so that many threads share one.
 */
public final class ChannelReader {

	private final FieldReaders readers;
	private final List<String> channels;
	private final int[] indices;
	private final Downscale downscale;
	private final Illumination illumination;

	/**
	 * Reads without a correction of illumination, see {@link #ChannelReader(FieldReaders, List, List,
	 * Downscale, Illumination)}.
	 */
	public ChannelReader(final FieldReaders readers, final List<String> available, final List<String> channels,
		final Downscale downscale)
	{
		this(readers, available, channels, downscale, Illumination.NONE);
	}

	/**
	 * @param readers what reads the files
	 * @param available the screen's channels
	 * @param channels those to read, in order
	 * @param downscale reduction of each field
	 * @param illumination correction of pixels, at full size
	 * @throws IllegalArgumentException if the screen has no such channel
	 */
	public ChannelReader(final FieldReaders readers, final List<String> available, final List<String> channels,
		final Downscale downscale, final Illumination illumination)
	{
		this.illumination = illumination;
		this.readers = readers;
		this.channels = List.copyOf(channels);
		this.downscale = downscale;
		indices = channels.stream().mapToInt(available::indexOf).toArray();
		for (int i = 0; i < indices.length; i++) {
			if (indices[i] < 0)
				throw new IllegalArgumentException(
					"There is no channel '" + channels.get(i) + "': the screen has " + available);
		}
	}

	/** Names of the channels it reads, in order. */
	public List<String> channels() {
		return channels;
	}

	/** Reduction of each field. */
	public Downscale downscale() {
		return downscale;
	}

	/**
	 * The pixels of a field.
	 *
	 * @return [X, Y, C], of the type that {@link FieldReader#read} gives
	 * @throws IOException if a channel is missing or can't be read; the message names it
	 */
	public Img<?> read(final Field field) throws IOException {
		final Field selected = select(field);
		if (!illumination.changes(selected)) return readers.read(selected, downscale);
		final Img<?> image = readers.read(selected);
		illumination.apply(image, field, selected, other -> readers.read(select(other)));
		return downscale.of(image);
	}

	/** Returns the field with the channels that are read. */
	private Field select(final Field field) throws IOException {
		final List<Plane> planes = new ArrayList<>();
		for (int i = 0; i < indices.length; i++) {
			final Plane plane = field.planes().get(indices[i]);
			if (plane == null) {
				throw new IOException("it has no image of channel " + channels.get(i) +
					": restore the file, or list in channels only those that every field has");
			}
			planes.add(plane);
		}
		return new Field(field.plate(), field.well(), field.site(), field.metadata(), planes);
	}
}
