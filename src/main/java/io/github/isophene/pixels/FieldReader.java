// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.io.Closeable;
import java.io.IOException;

import io.github.isophene.pixels.file.UnsupportedFileException;
import io.github.isophene.screen.Field;
import net.imglib2.img.Img;
import org.scijava.plugin.SciJavaPlugin;

/**
 * Reader of a field's files. One class per kind of file, found by
 * SciJava: annotate with
 * {@code @Plugin(type = FieldReader.class, name = "...", priority = ...)}.
 * <p>
 * Many threads read through one instance at once. What an instance keeps between
 * fields (open files, caches) is guarded against that, and given back by
 * {@link #close()}. To read plane by plane, see {@link FieldPlanes}.
 * </p>
 */
public interface FieldReader extends SciJavaPlugin, Closeable {

	/** One line for the user: which files it reads. */
	String description();

	/**
	 * Returns whether the reader is meant for the files of a field. Quick: by names, not by
	 * content, and true for files that turn out absent or damaged.
	 */
	boolean accepts(Field field);

	/**
	 * Reads all channels of a field.
	 *
	 * @param field a field that this reader accepts
	 * @return image [X, Y, C] in memory with the channels in the screen's order;
	 *         elements are the narrowest of UnsignedByteType, UnsignedShortType and
	 *         FloatType that holds all of them; each plane lies in one piece
	 *         (PlanarImg or ArrayImg)
	 * @throws UnsupportedFileException if a file is whole, but of a kind that this reader doesn't
	 *           know: the next reader that accepts the field is asked then
	 * @throws IOException if a channel is missing, or a file is absent, damaged,
	 *           color, of an unsupported type, or of another size than its siblings;
	 *           the message names the file and the remedy
	 */
	Img<?> read(Field field) throws IOException;

	/**
	 * Gives back what was kept between fields, when no thread reads. Does nothing if
	 * there is nothing; a field that is read later opens its files again.
	 */
	@Override
	default void close() {}

	/**
	 * As {@link #read(Field)}, smaller by a whole number, as {@link Downscale} does it. A reader of pyramids
	 * can take a coarser level for means.
	 *
	 * @param downscale reduction of the field
	 */
	default Img<?> read(final Field field, final Downscale downscale) throws IOException {
		return downscale.of(read(field));
	}
}
