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
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lists folders in one order on every machine: by name, numbers as numbers.
 * Hidden entries (a leading dot) are left out, such as the {@code ._x} files
 * that macOS leaves on network drives.
 */
public final class FolderListing {

	private static final Comparator<Path> BY_NAME = Comparator.comparing(FolderListing::name, NaturalOrder.COMPARATOR);

	private static final Pattern EVERYTHING = Pattern.compile("(?s).*");
	private static final Set<String> DOTS = Set.of(".", "..");

	private FolderListing() {}

	/** Returns the content of a folder, in order. */
	public static List<Path> list(final Path folder) throws IOException {
		return list(folder, EVERYTHING);
	}

	/** The folders in a folder that we may look into, in order. */
	public static List<Path> folders(final Path folder) throws IOException {
		return list(folder).stream().filter(p -> Files.isDirectory(p) && Files.isReadable(p)).toList();
	}

	/** The files in a folder whose names match, in order. */
	public static List<Path> files(final Path folder, final Pattern names) throws IOException {
		return list(folder, names).stream().filter(Files::isRegularFile).toList();
	}

	/** Returns whether a folder holds something whose name matches. */
	public static boolean any(final Path folder, final Pattern names) throws IOException {
		try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, p -> matches(p, names))) {
			return stream.iterator().hasNext();
		}
		catch (final DirectoryIteratorException e) {
			throw e.getCause();
		}
	}

	private static List<Path> list(final Path folder, final Pattern names) throws IOException {
		final List<Path> entries = new ArrayList<>();
		try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, p -> matches(p, names))) {
			stream.forEach(entries::add);
		}
		catch (final DirectoryIteratorException e) {
			throw e.getCause();
		}
		entries.sort(BY_NAME);
		return entries;
	}

	private static boolean matches(final Path entry, final Pattern names) {
		final String name = name(entry);
		return !name.startsWith(".") && names.matcher(name).matches();
	}

	/** The last part of a path, also of {@code .} and {@code ..}. */
	public static String name(final Path path) {
		final Path name = path.getFileName();
		if (name != null && !name.toString().isEmpty() && !DOTS.contains(name.toString())) return name.toString();
		final Path real = path.toAbsolutePath().normalize().getFileName();
		return real == null ? "" : real.toString();
	}

	/** The path as planes hold it. */
	public static String absolute(final Path path) {
		return path.toAbsolutePath().normalize().toString();
	}
}
