// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

import io.github.isophene.pixels.file.UnsupportedFileException;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import net.imglib2.img.Img;
import org.scijava.plugin.PluginService;

/**
 * The readers there are: the first that accepts a field reads it. Thread-safe; to be
 * closed after a run, as some readers keep files open between fields.
 *
 * @param readers in the order in which they are asked
 */
public record FieldReaders(List<FieldReader> readers) implements Closeable {

	public FieldReaders {
		readers = List.copyOf(readers);
	}

	/** Every reader that SciJava finds, the highest plug-in priority first. */
	public static FieldReaders of(final PluginService plugins) {
		return new FieldReaders(plugins.createInstancesOfType(FieldReader.class));
	}

	/** The readers of this package alone, for use without SciJava. */
	public static FieldReaders builtIn() {
		return new FieldReaders(List.of(new ImageFileReader(), new OmeZarrReader(), new RemoteFileReader()));
	}

	/**
	 * Reads a field through the first reader that accepts it and knows its kind of file.
	 *
	 * @return image [X, Y, C], as {@link FieldReader#read} gives it
	 * @throws IOException if no reader accepts the field, or reading fails; the
	 *           message names the file and the remedy
	 */
	public Img<?> read(final Field field) throws IOException {
		return read(field, Downscale.NONE);
	}

	/**
	 * Reads a field, smaller by a whole number, through the first reader that accepts it and knows its kind of file.
	 *
	 * @param downscale reduction of the field
	 * @throws IOException as {@link #read(Field)}
	 */
	public Img<?> read(final Field field, final Downscale downscale) throws IOException {
		UnsupportedFileException unsupported = null;
		for (final FieldReader reader : readers) {
			if (!reader.accepts(field)) continue;
			try {
				return reader.read(field, downscale);
			}
			catch (final UnsupportedFileException exc) {
				if (unsupported == null) unsupported = exc;
				else unsupported.addSuppressed(exc);
			}
		}
		if (unsupported != null) throw unsupported;
		final StringBuilder message = new StringBuilder("No reader takes the files of ").append(field.label());
		field.planes()
			.stream()
			.filter(Objects::nonNull)
			.map(Plane::shown)
			.findFirst()
			.ifPresent(path -> message.append(" (").append(path).append(")"));
		message.append(". Known are: ");
		message.append(
			readers.isEmpty() ? "none" : String.join("; ", readers.stream().map(FieldReader::description).toList()));
		message.append(". Convert the files, or install a plug-in that reads them");
		throw new IOException(message.toString());
	}

	/** Closes every reader. */
	@Override
	public void close() {
		readers.forEach(FieldReader::close);
	}
}
