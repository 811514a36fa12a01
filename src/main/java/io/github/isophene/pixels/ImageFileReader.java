// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

import io.github.isophene.files.PathNames;
import io.github.isophene.pixels.file.GrayFile;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import net.imglib2.img.Img;
import org.scijava.plugin.Plugin;

/**
 * Reads fields whose channels are gray TIFF, PNG or JPEG files on this machine:
 * one plane per file, or several planes in one TIFF ({@link Plane#frame()}). A series
 * above 0, and any series of a file that is named OME-TIFF, is left to other readers.
 */
@Plugin(type = FieldReader.class, name = "files")
public final class ImageFileReader implements FieldReader {

	static final List<String> ENDINGS = List.of(".tif", ".tiff", ".png", ".jpg", ".jpeg");

	private static final Pattern OME_TIFF = Pattern.compile("(?s).*\\.ome\\.tiff?");

	@Override
	public String description() {
		return "gray TIFF, PNG and JPEG files on this machine (" + String.join(", ", ENDINGS) + ")";
	}

	@Override
	public boolean accepts(final Field field) {
		return field.planes().stream().filter(Objects::nonNull).allMatch(ImageFileReader::accepts);
	}

	@Override
	public Img<?> read(final Field field) throws IOException {
		return FieldPlanes.read(field, plane -> GrayFile.read(path(plane.path()), plane.frame()));
	}

	private static boolean accepts(final Plane plane) {
		final String path = plane.path().toLowerCase(Locale.ROOT);
		if (plane.isUrl() || ENDINGS.stream().noneMatch(path::endsWith)) return false;
		// Of an OME-TIFF with series, planes may lie in other files, and in another order.
		return !plane.hasSeries() || plane.series() == 0 && !OME_TIFF.matcher(path).matches();
	}

	private static Path path(final String name) throws IOException {
		try {
			return Path.of(name);
		}
		catch (final InvalidPathException exc) {
			throw new IOException(PathNames.problem(exc), exc);
		}
	}
}
