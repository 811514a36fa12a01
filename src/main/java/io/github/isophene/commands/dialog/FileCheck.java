// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.isophene.UserErrors;

/**
 * Looks whether a file that a dialog's user has chosen is of its kind, once for each file. A dialog must not
 * wait: whoever
 * looks reads little, and folders and large files count as good.
 */
public final class FileCheck {

	/** Larger tables are not read for a look, bytes. */
	public static final long LARGEST_TABLE = 8 << 20;

	/** Reads as much of a file as tells its kind. */
	public interface FileProbe {

		/** @throws IOException saying what is wrong; likewise any RuntimeException */
		void read() throws IOException;
	}

	private List<Object> last = List.of();
	private String problem;

	/**
	 * Refuses a file that isn't of its kind.
	 *
	 * @param key of the file
	 * @param how what besides the file decides
	 * @param largest no larger file is looked at, bytes
	 * @throws IllegalArgumentException with the first line of what the trial says
	 */
	public void require(final String key, final Path file, final String how, final long largest, final FileProbe trial)
		throws IOException
	{
		if (!Files.isRegularFile(file) || Files.size(file) > largest) return;
		final List<Object> now = List.of(file, Files.getLastModifiedTime(file), Files.size(file), how);
		if (!now.equals(last)) {
			last = now;
			problem = null;
			try {
				trial.read();
			}
			catch (final IOException | RuntimeException exc) {
				problem = UserErrors.message(exc).lines().findFirst().orElse("").replaceAll("[: ]+$", "");
			}
		}
		if (problem != null) throw new IllegalArgumentException(key + ": " + problem);
	}
}
