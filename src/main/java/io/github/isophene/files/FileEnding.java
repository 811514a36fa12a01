// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Extension of a file that is written, which says what is in it. */
public final class FileEnding {

	private FileEnding() {}

	/** Returns whether a file's name has an extension, whichever case it is typed in. */
	public static boolean is(final Path file, final String ending) {
		return file.getFileName() != null && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending);
	}

	/**
	 * Refuses a name that would say of a file what it is not.
	 *
	 * @param key of the file
	 * @param endings with their dots
	 * @throws IllegalArgumentException naming the key, the file and the extensions
	 */
	public static void require(final String key, final Path file, final String... endings) {
		if (Stream.of(endings).anyMatch(ending -> is(file, ending))) return;
		throw new IllegalArgumentException(
			key + " is '" + file + "': give it the extension " + String.join(" or ", endings));
	}
}
