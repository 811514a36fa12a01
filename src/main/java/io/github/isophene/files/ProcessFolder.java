// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folder of this process for temporary files, below {@code isophene-scratch-<user>} in {@code java.io.tmpdir}, readable
 * by the user alone. A process holds a lock of the operating system on its folder, so what a killed process has left is
 * told from what is in use, and deleted by the next.
 */
public final class ProcessFolder {

	private static final String LOCK = "lock";
	private static final int PROBE = 1 << 16;
	/** A folder without a lock file is being made. */
	private static final long YOUNG_MS = 60_000;

	private static Path folder;
	/** Held until the process ends. */
	private static FileChannel lock;

	private ProcessFolder() {}

	/**
	 * Returns the folder, makes it at the first call, and checks that it can be written to.
	 *
	 * @throws IOException naming the folder for temporary files and the remedy, if it can't be written to
	 */
	public static synchronized Path require() throws IOException {
		final String temporary = System.getProperty("java.io.tmpdir");
		try {
			final Path root = Path.of(temporary, "isophene-scratch-" + System.getProperty("user.name", "user"));
			if (folder == null || !root.equals(folder.getParent()) || !Files.isDirectory(folder)) make(root);
			try (FileChannel channel = FileChannel.open(folder.resolve("probe"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE))
			{
				final ByteBuffer zeros = ByteBuffer.allocate(PROBE);
				while (zeros.hasRemaining()) channel.write(zeros);
			}
			return folder;
		}
		catch (final IOException exc) {
			throw new IOException("The folder for temporary files, " + temporary + ", can't be used (" +
				(exc.getMessage() == null ? exc.getClass().getSimpleName() : exc.getMessage()) +
				"). Is there space on the disk, and may you write there? -Djava.io.tmpdir=<folder> names another", exc);
		}
	}

	private static void make(final Path root) throws IOException {
		PrivateFolder.require(root);
		deleteOrphans(root);
		if (lock != null) lock.close();
		final Path made = Files.createTempDirectory(root, ProcessHandle.current().pid() + "-");
		lock = FileChannel.open(made.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		lock.tryLock();
		if (folder == null) Runtime.getRuntime().addShutdownHook(new Thread(ProcessFolder::delete, "isophene-scratch"));
		folder = made;
	}

	private static void deleteOrphans(final Path root) throws IOException {
		final List<Path> folders;
		try (Stream<Path> all = Files.list(root)) {
			folders = all.filter(Files::isDirectory).toList();
		}
		for (final Path other : folders) {
			if (other.equals(folder)) continue;
			try {
				if (isOrphan(other)) FolderDeletion.delete(other);
			}
			catch (final IOException exc) {
				// Another process deletes it, too, or it stays until the next.
				continue;
			}
		}
	}

	private static boolean isOrphan(final Path other) throws IOException {
		final Path file = other.resolve(LOCK);
		if (!Files.exists(file))
			return System.currentTimeMillis() - Files.getLastModifiedTime(other).toMillis() > YOUNG_MS;
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			return channel.tryLock() != null;
		}
		catch (final OverlappingFileLockException exc) {
			return false;
		}
	}

	private static void delete() {
		try {
			lock.close();
			FolderDeletion.delete(folder);
		}
		catch (final IOException exc) {
			// The next process deletes it.
			return;
		}
	}
}
