// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.github.isophene.IsopheneService;
import io.github.isophene.storage.Storages;
import org.scijava.command.ContextCommand;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;

/**
 * What every command of the menu shares: the service, and that bad input ends the
 * command with one message. The exception goes through to whoever runs the command, so
 * that a script or a headless run stops there; the service shows it in Fiji.
 */
abstract class IsopheneCommand extends ContextCommand {

	@Parameter
	protected IsopheneService isophene;

	@Parameter
	protected LogService log;

	@Override
	public final void run() {
		try {
			execute();
		}
		catch (final FileSystemException exc) {
			// Java's own say little more than a path.
			final IOException explained = new IOException(explain(exc), exc);
			throw new UncheckedIOException(explained.getMessage(), explained);
		}
		catch (final IOException exc) {
			throw new UncheckedIOException(exc.getMessage(), exc);
		}
	}

	private static String explain(final FileSystemException exc) {
		if (exc instanceof NoSuchFileException) return "There is no " + exc.getFile();
		return exc.getFile() + " can't be read or written (" + (exc.getReason() == null ? exc.getClass().getSimpleName().replace(
			"Exception", "") : exc.getReason()) + "). Is there space on the disk, and may you write there?";
	}

	/** Does the work; blocks until it is done. */
	protected abstract void execute() throws IOException;

	/** A file parameter as a path, or {@code null} where it was left empty. */
	protected static Path path(final File file) {
		return file == null || file.getPath().isBlank() ? null : file.toPath();
	}

	/** A file parameter that must be given. */
	protected static Path required(final File file, final String key, final String what) {
		final Path path = path(file);
		if (path == null) throw new IllegalArgumentException(key + " is missing: give " + what);
		return path;
	}

	/** Refuses to write over what is read. */
	protected static void distinct(final String key, final Path output, final String inputKey, final Path input) {
		if (input != null && output.toAbsolutePath().normalize().equals(input.toAbsolutePath().normalize())) {
			throw new IllegalArgumentException(key + " and " + inputKey + " are the same file, " + output +
				", which would be overwritten: give " + key + " another name");
		}
	}

	/** A file parameter as text, where it may be an address ({@code https://...}, {@code s3://...}). */
	protected static String place(final File file, final String key, final String what) {
		if (file == null || file.getPath().isBlank()) throw new IllegalArgumentException(key + " is missing: give " + what);
		return Storages.normalize(file.getPath());
	}

	/** A comma-separated list; an empty text gives an empty list. */
	protected static List<String> list(final String text) {
		if (text == null || text.isBlank()) return List.of();
		return Arrays.stream(text.split(",")).map(String::strip).toList();
	}

	protected static String text(final String value) {
		return value == null ? "" : value.strip();
	}
}
