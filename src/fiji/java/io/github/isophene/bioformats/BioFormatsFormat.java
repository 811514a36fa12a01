// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenOptions;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;

/**
 * Whatever Bio-Formats opens: a file, or a folder of such files (else the folders in
 * it). Comes last, as formats of our own read faster and know their makers' habits.
 * <p>
 * Plates, wells, sites and acquisitions are those of the file's OME metadata. A file that
 * knows no plate gives one field per image (series): its plate is named after the
 * source, every file is a well of its own in the order of their names, images are its sites;
 * or the key {@code pattern} says otherwise (see {@link ImageNames}). The columns
 * {@code Metadata_File} and {@code Metadata_Image} tell what became which field.
 * </p>
 * <p>
 * Channels have the names of the metadata, else {@code ch1}, {@code ch2}... Of several time
 * points the first is taken, of several focal planes the middle one (the lower of two), as
 * the columns {@code Metadata_Timepoint} and {@code Metadata_Plane} then say.
 * </p>
 */
@Plugin(type = ScreenFormat.class, name = "bioformats", priority = Priority.EXTREMELY_LOW)
public final class BioFormatsFormat implements ScreenFormat {

	@Override
	public String name() {
		return "bioformats";
	}

	@Override
	public String description() {
		return "file that Bio-Formats opens (HCS formats, .czi, .nd2, .lif, .ome.tif...), or a folder of such files";
	}

	@Override
	public Optional<String> reject(final Path source) throws IOException {
		if (!BioFormats.isPresent()) return Optional.of(BioFormats.MISSING);
		try {
			return SourceFiles.reject(source);
		}
		catch (final LinkageError exc) {
			return Optional.of(BioFormats.incomplete(exc));
		}
	}

	@Override
	public Screen read(final Path source, final ScreenOptions options) throws IOException {
		if (!BioFormats.isPresent()) throw new IOException(source + " cannot be opened: " + BioFormats.MISSING);
		final String pattern = options.pattern();
		final ImageNames names = pattern == null || pattern.isBlank() ? null : new ImageNames(pattern, source);
		try {
			return new OmeScreen(source, names).read();
		}
		catch (final LinkageError exc) {
			throw new IOException(source + " cannot be opened: " + BioFormats.incomplete(exc), exc);
		}
	}
}
