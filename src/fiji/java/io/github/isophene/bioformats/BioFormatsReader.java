// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

import io.github.isophene.files.RegularFile;
import io.github.isophene.pixels.FieldPlanes;
import io.github.isophene.pixels.FieldReader;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import net.imglib2.img.Img;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;

/**
 * Reads what no other reader takes, through Bio-Formats: series and frame of a
 * {@link Plane} are those of Bio-Formats. Files stay open until {@link #close()}.
 */
@Plugin(type = FieldReader.class, name = "bioformats", priority = Priority.LOW)
public final class BioFormatsReader implements FieldReader {

	// Not typed: SciJava looks at the fields of a plug-in, also where Bio-Formats is missing.
	private Closeable pool;

	@Override
	public String description() {
		return BioFormats.isPresent() ? "the files on this machine that Bio-Formats opens" //
			: "what Bio-Formats opens, once it is there (" + BioFormats.MISSING + ")";
	}

	@Override
	public boolean accepts(final Field field) {
		return BioFormats.isPresent() &&
			field.planes().stream().filter(Objects::nonNull).allMatch(plane -> isFile(plane.path()));
	}

	@Override
	public Img<?> read(final Field field) throws IOException {
		if (!BioFormats.isPresent()) throw new IOException(field.label() + ": " + BioFormats.MISSING);
		try {
			return Opened.read(field, pool());
		}
		catch (final LinkageError exc) {
			throw new IOException(field.label() + ": " + BioFormats.incomplete(exc), exc);
		}
	}

	private synchronized Closeable pool() {
		if (pool == null) pool = Opened.pool();
		return pool;
	}

	/** Closes the files; one that is read meanwhile, after its plane. */
	@Override
	public synchronized void close() {
		if (pool != null) Opened.close(pool);
	}

	/** Returns the number of open Bio-Formats readers. */
	synchronized int openReaders() {
		return pool == null ? 0 : Opened.count(pool);
	}

	/** A name with a scheme of two letters or more is a URL; {@code file:} URLs are paths before they come here. */
	private static boolean isFile(final String path) {
		return !path.matches("(?s)[A-Za-z][A-Za-z0-9+.-]+:/.*");
	}

	/** All that names classes of Bio-Formats, loaded when it is known to be there. */
	private static final class Opened {

		private static Closeable pool() {
			return new ReaderPool();
		}

		private static void close(final Closeable pool) {
			((ReaderPool) pool).close();
		}

		private static int count(final Closeable pool) {
			return ((ReaderPool) pool).openReaders();
		}

		private static Img<?> read(final Field field, final Closeable pool) throws IOException {
			return FieldPlanes.read(field, plane -> ((ReaderPool) pool).read(path(plane), plane));
		}

		private static Path path(final Plane plane) throws IOException {
			try {
				return RegularFile.require(Path.of(plane.path()));
			}
			catch (final InvalidPathException exc) {
				throw new IOException(
					plane.path() + " is no valid path (" + exc.getReason() + "): correct the screen table", exc);
			}
		}
	}
}
