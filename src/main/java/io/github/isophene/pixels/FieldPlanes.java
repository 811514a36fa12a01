// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.github.isophene.pixels.file.Depth;
import io.github.isophene.pixels.file.GrayPlane;
import io.github.isophene.pixels.file.UnsupportedFileException;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import net.imglib2.img.Img;

/** Puts the planes of a field together, whatever reads them. */
public final class FieldPlanes {

	private FieldPlanes() {}

	/**
	 * Reads the channels of a field one after the other.
	 *
	 * @return image [X, Y, C] as {@link FieldReader#read} promises it
	 * @throws UnsupportedFileException if the source throws it, with the field's name in front
	 * @throws IOException if a channel is missing, can't be read, or is of another
	 *           size than the first; the message names the field, the file and the remedy
	 */
	public static Img<?> read(final Field field, final PlaneSource source) throws IOException {
		final int channels = field.planes().size();
		if (channels == 0) throw new IOException(field.label() + " has no channels: correct the screen table");
		final List<GrayPlane> planes = new ArrayList<>();
		Depth depth = Depth.UINT8;
		for (int c = 0; c < channels; c++) {
			final Plane plane = field.planes().get(c);
			if (plane == null) {
				throw new IOException(field.label() + " has no file for channel " + (c + 1) + " of " + channels +
					": restore it, or leave the field out of the screen table");
			}
			final GrayPlane pixels = read(field, plane, source);
			if (c > 0) requireSameSize(field, plane, pixels, planes.get(0));
			depth = depth.or(pixels.depth());
			planes.add(pixels);
		}
		final Depth widest = depth;
		return PlanarImages.of(planes.stream().map(plane -> plane.values(widest)).toList(), widest,
			planes.get(0).width(), planes.get(0).height(),
			planes.stream().mapToDouble(GrayPlane::typeMaximum).toArray());
	}

	private static GrayPlane read(final Field field, final Plane plane, final PlaneSource source) throws IOException {
		try {
			return source.read(plane);
		}
		catch (final UnsupportedFileException exc) {
			final UnsupportedFileException named = new UnsupportedFileException(
				field.label() + ": " + exc.getMessage());
			named.initCause(exc);
			throw named;
		}
		catch (final IOException exc) {
			throw new IOException(field.label() + ": " + exc.getMessage(), exc);
		}
	}

	private static void requireSameSize(final Field field, final Plane plane, final GrayPlane pixels,
		final GrayPlane first) throws IOException
	{
		if (pixels.width() == first.width() && pixels.height() == first.height()) return;
		throw new IOException(field.label() + ": " + plane.shown() + " has " +
			pixels.width() + " x " + pixels.height() +
			" pixels, but the first channel, " + field.planes().get(0).shown() + ", has " + first.width() + " x " +
			first.height() + ": export all channels at one size");
	}
}
