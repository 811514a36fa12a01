// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Room on disk for what doesn't fit into memory. The file is beside an output, as a
 * temporary file of it: deleted at the end, and if the process was killed, by the next run
 * that {@linkplain AtomicFile#deleteTemporaries deletes} these. Thread-safe.
 */
public final class ScratchFile implements AutoCloseable {

	private final Path file;
	private final FileChannel channel;
	private final long capacity;
	private final AtomicLong end = new AtomicLong();

	/** Default limit of a scratch file's size, in bytes, if the disk has twice that free: 64 GiB (our choice). */
	public static final long CAPACITY = 64L << 30;

	/**
	 * One of a size that the disk can bear.
	 *
	 * @param capacity at most so many bytes, and half of those that are free
	 */
	public static ScratchFile beside(final Path output, final long capacity) throws IOException {
		final Path folder = output.toAbsolutePath().getParent();
		Files.createDirectories(folder);
		return new ScratchFile(output, Math.min(capacity, Files.getFileStore(folder).getUsableSpace() / 2));
	}

	/**
	 * One of a given size.
	 *
	 * @param output what it lies beside; its folder is made if it is missing
	 * @param capacity how many bytes it may grow to
	 * @throws IOException if it can't be made
	 */
	public ScratchFile(final Path output, final long capacity) throws IOException {
		this.capacity = capacity;
		file = AtomicFile.temporaryBeside(output);
		Files.createDirectories(file.getParent());
		channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
			StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
	}

	/**
	 * Writes a block.
	 *
	 * @param block from its position to its limit
	 * @return where it is; -1 if there is no room for it, so that nothing was written
	 * @throws IOException if the disk is full, or fails
	 */
	public long write(final ByteBuffer block) throws IOException {
		final int bytes = block.remaining();
		final long position = end.getAndAdd(bytes);
		if (position + bytes > capacity) {
			end.addAndGet(-bytes);
			return -1;
		}
		try {
			for (long at = position; block.hasRemaining();) at += channel.write(block, at);
		}
		catch (final IOException e) {
			throw new IOException("Decoded images can't be written to " + file + " (" + e.getMessage() +
				"): free some space, or write the output elsewhere", e);
		}
		return position;
	}

	/**
	 * Reads a block.
	 *
	 * @param position what {@link #write} gave
	 * @param block filled from its position to its limit
	 */
	public void read(final long position, final ByteBuffer block) throws IOException {
		for (long at = position; block.hasRemaining();) {
			final int n = channel.read(block, at);
			if (n < 0) throw new EOFException("The scratch file " + file + " has been cut off");
			at += n;
		}
	}

	/** Deletes the file. */
	@Override
	public void close() throws IOException {
		channel.close();
	}
}
