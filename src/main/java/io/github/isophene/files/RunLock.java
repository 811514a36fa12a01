// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps two runs from writing one output at the same time. The lock is the operating
 * system's, so that a run that was killed holds none; the file {@code .<output>.lock}
 * beside the output is only what it is tied to.
 */
public final class RunLock implements AutoCloseable {

	private final Path file;
	private final FileChannel channel;

	private RunLock(final Path file, final FileChannel channel) {
		this.file = file;
		this.channel = channel;
	}

	/**
	 * Takes the lock of an output; its folder is made if it is missing.
	 *
	 * @throws IOException if another run has it, or the folder can't be written to
	 */
	public static RunLock of(final Path output) throws IOException {
		final Path file = output.toAbsolutePath().resolveSibling("." + output.getFileName() + ".lock");
		FileChannel channel = null;
		boolean taken = false;
		try {
			channel = open(file, output);
			final FileLock lock = tryLock(channel);
			if (lock == null)
				throw new IOException(
					"Another run is writing " + output + ": wait for its end, or choose another output name");
			taken = true;
			return new RunLock(file, channel);
		}
		finally {
			if (!taken && channel != null) channel.close();
		}
	}

	private static FileChannel open(final Path file, final Path output) throws IOException {
		try {
			Files.createDirectories(file.getParent());
			return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		}
		catch (final FileSystemException exc) {
			throw new IOException("The folder " + file.getParent() + " can't be written to (" +
				exc.getClass().getSimpleName().replace("Exception", "") + "): choose another place for " +
				output.getFileName(), exc);
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
	}
}
