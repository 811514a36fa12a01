// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import io.github.isophene.pixels.file.Depth;
import io.github.isophene.pixels.file.GreyFile;
import io.github.isophene.pixels.file.GreyPlane;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import net.imglib2.img.Img;
import org.scijava.plugin.Plugin;

/**
 * Reads fields whose channels are grey TIFF, PNG or JPEG files on this machine:
 * one plane per file, or several planes in one TIFF ({@link Plane#frame()}).
 */
@Plugin(type = FieldReader.class, name = "files")
public final class ImageFileReader implements FieldReader {

	private static final List<String> ENDINGS = List.of(".tif", ".tiff", ".png", ".jpg", ".jpeg");

	@Override
	public String description() {
		return "grey TIFF, PNG and JPEG files on this machine (" + String.join(", ", ENDINGS) + ")";
	}

	@Override
	public boolean accepts(final Field field) {
		return field.planes().stream().filter(Objects::nonNull).allMatch(ImageFileReader::accepts);
	}

	@Override
	public Img<?> read(final Field field) throws IOException {
		final int channels = field.planes().size();
		if (channels == 0) throw new IOException(field.label() + " has no channels: correct the screen table");
		final List<GreyPlane> planes = new ArrayList<>();
		Depth depth = Depth.UINT8;
		for (int c = 0; c < channels; c++) {
			final Plane plane = field.planes().get(c);
			if (plane == null) {
				throw new IOException(field.label() + " has no file for channel " + (c + 1) + " of " + channels +
					": restore it, or leave the field out of the screen table");
			}
			final GreyPlane pixels = read(field, plane);
			if (c > 0) requireSameSize(field, plane, pixels, planes.get(0));
			depth = depth.or(pixels.depth());
			planes.add(pixels);
		}
		return image(planes, depth);
	}

	private static GreyPlane read(final Field field, final Plane plane) throws IOException {
		try {
			return GreyFile.read(path(plane.path()), plane.frame());
		}
		catch (final IOException exc) {
			throw new IOException(field.label() + ": " + exc.getMessage(), exc);
		}
	}

	private static void requireSameSize(final Field field, final Plane plane, final GreyPlane pixels, final GreyPlane first)
		throws IOException
	{
		if (pixels.width() == first.width() && pixels.height() == first.height()) return;
		throw new IOException(field.label() + ": " + plane.path() + " has " + pixels.width() + " x " + pixels.height() +
			" pixels, but the first channel, " + field.planes().get(0).path() + ", has " + first.width() + " x " + first
				.height() + ": export all channels at one size");
	}

	private static boolean accepts(final Plane plane) {
		final String path = plane.path().toLowerCase(Locale.ROOT);
		return isLocal(path) && ENDINGS.stream().anyMatch(path::endsWith);
	}

	/** A name with a scheme of two letters or more is a URL; one letter is a drive of Windows. */
	private static boolean isLocal(final String path) {
		return path.startsWith("file:") || !path.matches("(?s)[a-z][a-z0-9+.-]+://.*");
	}

	private static Path path(final String name) throws IOException {
		try {
			return name.regionMatches(true, 0, "file:", 0, 5) ? Path.of(URI.create(name)) : Path.of(name);
		}
		catch (final IllegalArgumentException | FileSystemNotFoundException exc) {
			throw new IOException(name + " is no valid path (" + exc.getMessage() + "): correct the screen table", exc);
		}
	}

	private static Img<?> image(final List<GreyPlane> planes, final Depth depth) {
		return PlanarImages.of(planes.stream().map(plane -> plane.values(depth)).toList(), depth, planes.get(0).width(), planes
			.get(0).height());
	}
}
