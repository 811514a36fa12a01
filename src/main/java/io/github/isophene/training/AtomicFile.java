// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file so that, whenever the process is killed, the old or the new one is there whole. */
final class AtomicFile {

	/** What writes the content. */
	@FunctionalInterface
	interface Content {

		void writeTo(OutputStream out) throws IOException;
	}

	private AtomicFile() {}

	/**
	 * Writes to {@code file.part}, brings that to the disk and moves it. The name is fixed, so
	 * what a killed process leaves is overwritten by the next.
	 */
	static void write(final Path file, final Content content) throws IOException {
		final Path target = file.toAbsolutePath();
		Files.createDirectories(target.getParent());
		final Path part = target.resolveSibling(target.getFileName() + ".part");
		try {
			try (FileOutputStream disk = new FileOutputStream(part.toFile()); OutputStream out = new BufferedOutputStream(disk, 1 <<
				16))
			{
				content.writeTo(out);
				out.flush();
				disk.getChannel().force(true);
			}
			try {
				Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			}
			catch (final AtomicMoveNotSupportedException e) {
				Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
			}
		}
		finally {
			Files.deleteIfExists(part);
		}
	}
}
