// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Keeps two runs from writing one output at the same time. The lock is the operating
 * system's, so that a run that was killed holds none; the file {@code .<output>.lock}
 * beside the output, or {@code .isophene.lock} in a folder, is only what it is tied to.
 */
public final class RunLock implements AutoCloseable {

	private static final String IN_FOLDER = ".isophene.lock";
	private static final int MOST_BYTES = 1 << 16;
	private static final int MOST_ATTEMPTS = 100;

	private final Path file;
	private final FileChannel channel;
	/** Folder that was made for the lock, and goes with it if nothing else has come into it; may be {@code null}. */
	private final Path made;

	private RunLock(final Path file, final FileChannel channel, final Path made) {
		this.file = file;
		this.channel = channel;
		this.made = made;
	}

	/**
	 * Takes the lock of an output, and deletes what killed runs have left half-written of it; its folder is made if it
	 * is missing.
	 *
	 * @throws IOException if another run has it, or the folder can't be written to
	 */
	public static RunLock of(final Path output) throws IOException {
		final Path absolute = output.toAbsolutePath().normalize();
		final RunLock lock = take(absolute.resolveSibling("." + absolute.getFileName() + ".lock"), output,
			absolute.getFileName().toString(), null);
		return cleaned(lock, () -> AtomicFile.deleteTemporaries(absolute));
	}

	/**
	 * Takes the lock of a folder of which a run writes several files, and deletes what killed runs have left
	 * half-written right in it; it is made if it is missing.
	 *
	 * @throws IOException if another run has it, or the folder can't be written to
	 */
	public static RunLock ofFolder(final Path folder) throws IOException {
		final Path absolute = folder.toAbsolutePath().normalize();
		final boolean exists = Files.exists(absolute);
		final RunLock lock = take(absolute.resolve(IN_FOLDER), folder, "the results", exists ? null : absolute);
		return cleaned(lock, () -> FolderDeletion.deleteTemporaries(absolute));
	}

	/** Deletion of what is left. */
	@FunctionalInterface
	private interface Cleaning {

		void run() throws IOException;
	}

	private static RunLock cleaned(final RunLock lock, final Cleaning cleaning) throws IOException {
		boolean clean = false;
		try {
			cleaning.run();
			clean = true;
			return lock;
		}
		finally {
			if (!clean) lock.close();
		}
	}

	private static RunLock take(final Path file, final Path output, final String what, final Path made)
		throws IOException
	{
		for (int attempt = 0;; attempt++) {
			FileChannel channel = null;
			boolean taken = false;
			try {
				channel = open(file, what);
				final FileLock lock = tryLock(channel);
				if (lock == null || attempt == MOST_ATTEMPTS)
					throw new IOException(
						"Another run is writing " + output + ": wait for its end, or choose another output name");
				// The run before may have deleted the file after this one had opened it: then it locks nothing.
				if (!isCurrent(file, channel)) continue;
				taken = true;
				return new RunLock(file, channel, made);
			}
			catch (final FullDiskException exc) {
				// That of a run that holds it is never empty.
				if (Files.exists(file) && Files.size(file) == 0) Files.deleteIfExists(file);
				throw exc;
			}
			finally {
				if (!taken && channel != null) channel.close();
			}
		}
	}

	/**
	 * Gives the locked file a size of its own, and looks whether the file of this name has it. The file must not be
	 * opened for that: to close it again would take the lock away, as systems of the Unix kind do.
	 */
	private static boolean isCurrent(final Path file, final FileChannel channel) throws IOException {
		final int size = 1 + ThreadLocalRandom.current().nextInt(MOST_BYTES);
		try {
			channel.truncate(0).write(ByteBuffer.wrap(new byte[1]), size - 1);
			return Files.size(file) == size;
		}
		catch (final NoSuchFileException exc) {
			return false;
		}
		catch (final IOException exc) {
			throw new FullDiskException("The folder " + file.getParent() + " can't be written to (" + exc.getMessage() +
				"). Is there space on the disk, and may you write there?", exc);
		}
	}

	/** The lock was taken, but its file can't be written. */
	private static final class FullDiskException extends IOException {

		private static final long serialVersionUID = 1L;

		FullDiskException(final String message, final IOException cause) {
			super(message, cause);
		}
	}

	private static FileChannel open(final Path file, final String what) throws IOException {
		try {
			OutputFolder.make(file.getParent());
			return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		}
		catch (final FileAlreadyExistsException exc) {
			throw new IOException(exc.getFile() + " is a file, but a folder is needed there: choose another name", exc);
		}
		catch (final FileSystemException exc) {
			throw new IOException("The folder " + file.getParent() + " can't be written to (" +
				(exc.getReason() == null ? exc.getClass().getSimpleName().replace("Exception", "") : exc.getReason()) +
				"): choose another place, or a shorter name, for " + what, exc);
		}
	}

	private static FileLock tryLock(final FileChannel channel) throws IOException {
		try {
			return channel.tryLock();
		}
		catch (final OverlappingFileLockException exc) {
			// A run in this very process has it.
			return null;
		}
	}

	/** Gives the lock back. */
	@Override
	public void close() throws IOException {
		Files.deleteIfExists(file);
		channel.close();
		if (made == null) return;
		try {
			Files.deleteIfExists(made);
		}
		catch (final DirectoryNotEmptyException exc) {
			// As it should be: the run has written something.
			return;
		}
	}
}
