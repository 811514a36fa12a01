// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.export;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

import io.github.isophene.files.AtomicFile;

/** Deletes folders that are ours. */
final class FolderDeletion {

	private FolderDeletion() {}

	/** Deletes a folder and what is in it, if it is there; links are deleted, not followed. */
	static void delete(final Path folder) throws IOException {
		if (!Files.exists(folder)) return;
		Files.walkFileTree(folder, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
				Files.delete(file);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult postVisitDirectory(final Path visited, final IOException exc) throws IOException {
				if (exc != null) throw exc;
				Files.delete(visited);
				return FileVisitResult.CONTINUE;
			}
		});
	}

	/** Deletes what killed runs have left in a folder. */
	static void deleteTemporaries(final Path folder) throws IOException {
		if (!Files.isDirectory(folder)) return;
		final List<Path> left;
		try (Stream<Path> entries = Files.list(folder)) {
			left = entries.filter(AtomicFile::isTemporary).toList();
		}
		for (final Path entry : left) delete(entry);
	}
}
