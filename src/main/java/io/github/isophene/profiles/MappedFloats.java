// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CancellationException;

import io.github.isophene.files.ProcessFolder;

/**
 * Memory outside the heap: a temporary file under {@code java.io.tmpdir}, mapped piece by piece.
 * The file has no name any more once {@link #close closed} (on Windows, once the JVM ends); its
 * pieces live as long as somebody holds them.
 */
final class MappedFloats {

	/** Mapped at once; a mapping for every block would be too many for the system. */
	private static final int PIECE = 1 << 26;
	private static final int WRITE = 1 << 20;

	private final Path file;
	private final FileChannel channel;
	private ByteBuffer piece = ByteBuffer.allocate(0);
	private long size;

	/** @throws UncheckedIOException if there is no temporary file to be had */
	MappedFloats() {
		try {
			file = Files.createTempFile(ProcessFolder.require(), "table-", ".tmp");
			file.toFile().deleteOnExit();
			channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
				StandardOpenOption.DELETE_ON_CLOSE);
		}
		catch (final IOException e) {
			throw failed(e);
		}
	}

	/**
	 * Some zeros.
	 *
	 * @throws UncheckedIOException if the disk is full
	 * @throws CancellationException if the thread is interrupted
	 */
	FloatBuffer allocate(final int values) {
		final int bytes = values * Float.BYTES;
		try {
			if (piece.remaining() < bytes) map(Math.max(PIECE, bytes));
		}
		catch (final ClosedByInterruptException e) {
			throw new CancellationException("Canceled");
		}
		catch (final IOException e) {
			close();
			throw failed(e);
		}
		final ByteBuffer slice = piece.slice(piece.position(), bytes).order(ByteOrder.nativeOrder());
		piece.position(piece.position() + bytes);
		return slice.asFloatBuffer();
	}

	/** Nothing can be allocated afterwards; what has been stays. */
	void close() {
		try {
			channel.close();
		}
		catch (final IOException e) {
			throw failed(e);
		}
	}

	/** Written first and mapped then: a full disk would otherwise end the JVM when the memory is touched. */
	private void map(final int bytes) throws IOException {
		final ByteBuffer zeros = ByteBuffer.allocate(WRITE);
		for (long at = size; at < size + bytes; at += zeros.capacity()) {
			zeros.clear().limit((int) Math.min(zeros.capacity(), size + bytes - at));
			while (zeros.hasRemaining()) channel.write(zeros, at + zeros.position());
		}
		piece = channel.map(FileChannel.MapMode.READ_WRITE, size, bytes);
		size += bytes;
	}

	private static UncheckedIOException failed(final IOException e) {
		final String message = "A large table needs space on the disk under " + System.getProperty("java.io.tmpdir") +
			", and there is none (" + e.getMessage() +
			"): free some, give more heap (-Xmx), or choose another folder with " + "-Djava.io.tmpdir=...";
		return new UncheckedIOException(message, new IOException(message, e));
	}
}
