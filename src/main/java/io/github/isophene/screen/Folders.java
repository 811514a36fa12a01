// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Lists folders in one order on every machine: by name, numbers as numbers.
 * Hidden entries (a leading dot) are left out, such as the {@code ._x} files
 * that macOS leaves on network drives.
 */
final class Folders {

	private static final Comparator<Path> BY_NAME = Comparator.comparing(Folders::name, NaturalOrder.COMPARATOR);

	private Folders() {}

	/** What a folder holds, in order. */
	static List<Path> list(final Path folder) throws IOException {
		final List<Path> entries = new ArrayList<>();
		try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
			for (final Path entry : stream) {
				if (!name(entry).startsWith(".")) entries.add(entry);
			}
		}
		catch (final DirectoryIteratorException e) {
			throw e.getCause();
		}
		entries.sort(BY_NAME);
		return entries;
	}

	/** The folders in a folder, in order. */
	static List<Path> folders(final Path folder) throws IOException {
		return list(folder).stream().filter(Files::isDirectory).toList();
	}

	/** The files in a folder whose name matches a regular expression, in order. */
	static List<Path> files(final Path folder, final String regex) throws IOException {
		return list(folder).stream().filter(p -> name(p).matches(regex)).filter(Files::isRegularFile).toList();
	}

	/** Whether some file in a folder has a name that matches a regular expression. */
	static boolean any(final Path folder, final String regex) throws IOException {
		try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, p -> name(p).matches(regex))) {
			return stream.iterator().hasNext();
		}
	}

	/** The last part of a path, also of {@code .} and {@code ..}. */
	static String name(final Path path) {
		final Path name = path.getFileName();
		if (name != null && !name.toString().isEmpty() && !name.toString().matches("\\.\\.?")) return name.toString();
		final Path real = path.toAbsolutePath().normalize().getFileName();
		return real == null ? "" : real.toString();
	}

	/** The path as planes hold it. */
	static String absolute(final Path path) {
		return path.toAbsolutePath().normalize().toString();
	}
}
