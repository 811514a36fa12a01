// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.isophene.files.AtomicFile;
import io.github.isophene.files.FolderDeletion;
import io.github.isophene.files.Sha256;
import io.github.isophene.pixels.Downscale;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.PlaneArrays;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.storage.Storages;
import io.github.isophene.zarr.NodeWriter;
import net.imglib2.img.Img;

/** Writes the image of a field: whole, in its place, or not at all. Threads share one. */
final class FieldExport {

	/** Size, in pixels, at which pyramids end by default. */
	private static final int SMALLEST = 256;

	private final FieldReaders readers;
	private final List<String> channels;
	private final ExportOptions options;
	private final NodeWriter writer;

	FieldExport(final FieldReaders readers, final List<String> channels, final ExportOptions options,
		final NodeWriter writer)
	{
		this.readers = readers;
		this.channels = channels;
		this.options = options;
		this.writer = writer;
	}

	/**
	 * Writes a field's image if it isn't there.
	 *
	 * @param target the image's group
	 * @return how it went; a field that can't be read is no failure of the run
	 * @throws IOException if it can't be written, as when the disk is full
	 */
	FieldTask.FieldResult write(final Field field, final Path target) throws IOException {
		final String source = source(field);
		if (options.resume() && source.equals(writer.sourceOf(target))) return new FieldTask.FieldResult(true, null);
		final Img<?> image;
		try {
			image = readers.read(field);
		}
		catch (final IOException exc) {
			return new FieldTask.FieldResult(false, exc.getMessage());
		}
		final List<NodeWriter.PyramidLevel> levels = new ArrayList<>();
		for (int factor = 1; wanted(image, factor, levels.size()); factor *= 2) {
			// Each from the finest: means of means would be rounded twice, and differ from what a reader makes
			// of the finest.
			final Img<?> smaller = Downscale.mean(factor).of(image);
			levels.add(new NodeWriter.PyramidLevel(factor, PlaneArrays.of(smaller), (int) smaller.dimension(0),
				(int) smaller.dimension(1)));
		}
		final Path temporary = AtomicFile.temporaryBeside(target);
		try {
			writer.image(temporary, field.plate() + " " + field.well() + " " + field.site(), levels, channels,
				options.pixel(), source);
			FolderDeletion.delete(target);
			Files.move(temporary, target);
		}
		catch (final IOException exc) {
			// A full disk's own message names no file.
			throw AtomicFile.failed(target, exc);
		}
		finally {
			FolderDeletion.delete(temporary);
		}
		return new FieldTask.FieldResult(false, null);
	}

	private boolean wanted(final Img<?> image, final int factor, final int have) {
		final long side = Math.min(image.dimension(0), image.dimension(1));
		if (have == 0) return true;
		if (side / factor < 1) return false;
		return options.levels() == 0 ? 2 * side / factor > SMALLEST : have < options.levels();
	}

	/** Changes with the files (as far as names, sizes and times tell) and with everything that the image depends on. */
	private String source(final Field field) throws IOException {
		final StringBuilder text = new StringBuilder("1 " + options.version() + " " + options.compression() + " " +
			options.levels() + " " + options.pixel() + " " + channels);
		for (final Plane plane : field.planes()) {
			if (plane == null) continue;
			text.append('\n').append(plane.path()).append('#').append(plane.frame());
			if (Storages.isRemote(plane.path())) continue;
			final Path file = Path.of(plane.path());
			if (Files.isRegularFile(file))
				text.append(' ')
					.append(Files.size(file))
					.append(' ')
					.append(Files.getLastModifiedTime(file).toMillis());
		}
		return Sha256.of(text.toString()).substring(0, 24);
	}
}
