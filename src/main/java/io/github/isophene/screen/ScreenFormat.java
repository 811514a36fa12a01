// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import org.scijava.plugin.SciJavaPlugin;

/**
 * Format in which a folder or a file becomes a {@link Screen}. One class per layout, found
 * by SciJava: annotate with
 * {@code @Plugin(type = ScreenFormat.class, name = "...", priority = ...)}.
 * <p>
 * Implementations have no state, never open an image's pixels, and accept both
 * the file that defines the layout and the folder that holds it.
 * </p>
 */
public interface ScreenFormat extends SciJavaPlugin {

	/** The value of the key {@code format}, lower-case: {@code loaddata}, {@code phenix}... */
	String name();

	/** One line for the user: which files make a screen of this format. */
	String description();

	/**
	 * Looks, quickly, whether a source is of this format.
	 *
	 * @param source an existing file or folder
	 * @return empty if it is; otherwise the reason why not, as the end of the
	 *         sentence "Not phenix: ..."
	 * @throws IOException if the source is of this format, but can't be read; with the remedy. The other formats are
	 *           asked nevertheless, and if none fits, this is what the user is told
	 */
	Optional<String> reject(Path source) throws IOException;

	/**
	 * Reads the screen.
	 *
	 * @param source an existing file or folder
	 * @param options what the user chose; most formats need none of it
	 * @throws IOException with a message that names the file, the row or key, and the remedy
	 */
	Screen read(Path source, ScreenOptions options) throws IOException;

	/**
	 * As {@link #reject(Path)}, for the address of something that isn't on this machine.
	 *
	 * @param address {@code https://}, {@code http://} or {@code s3://}
	 */
	default Optional<String> reject(final String address) throws IOException {
		return Optional.of("it opens files and folders on this machine only");
	}

	/** As {@link #read(Path, ScreenOptions)}, for an address that {@link #reject(String)} doesn't. */
	default Screen read(final String address, final ScreenOptions options) throws IOException {
		throw new IOException(
			address + " can't be opened as " + name() + ": " + reject(address).orElse("give a file or folder"));
	}
}
