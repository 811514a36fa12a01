// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/** Deletes folders that are ours, also where another process deletes them at the same time. */
public final class FolderDeletion {

	private FolderDeletion() {}

	/** Deletes a folder and what is in it, if it is there; links are deleted, not followed. */
	public static void delete(final Path folder) throws IOException {
		if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return;
		Files.walkFileTree(folder, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
				Files.deleteIfExists(file);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(final Path file, final IOException exc) throws IOException {
				if (exc instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
				throw exc;
			}

			@Override
			public FileVisitResult postVisitDirectory(final Path visited, final IOException exc) throws IOException {
				if (exc != null) throw exc;
				Files.deleteIfExists(visited);
				return FileVisitResult.CONTINUE;
			}
		});
	}

	/** Deletes the temporary files and folders of all targets right in a folder; nobody may be writing there. */
	public static void deleteTemporaries(final Path folder) throws IOException {
		if (!Files.isDirectory(folder)) return;
		final List<Path> left;
		try (Stream<Path> entries = Files.list(folder)) {
			left = entries.filter(AtomicFile::isTemporary).toList();
		}
		for (final Path entry : left) delete(entry);
	}
}
