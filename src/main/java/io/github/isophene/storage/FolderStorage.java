// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder on this machine. */
final class FolderStorage implements Storage {

	private final Path folder;

	FolderStorage(final Path folder) {
		this.folder = folder;
	}

	@Override
	public String location() {
		return folder.toString();
	}

	@Override
	public byte[] read(final String name, final long limit) throws IOException {
		try {
			final Path file = file(name);
			SizeLimit.require(describe(name), Files.size(file), limit);
			try (InputStream in = Files.newInputStream(file)) {
				// Not the size of before: the file may grow.
				return SizeLimit.read(describe(name), in, limit);
			}
		}
		catch (final SizeLimit.ExceededException exc) {
			throw exc;
		}
		catch (final NoSuchFileException exc) {
			return null;
		}
		catch (final IOException exc) {
			throw unreadable(name, exc);
		}
	}

	@Override
	public byte[] read(final String name, final long offset, final int length) throws IOException {
		return part(name, offset, length, false);
	}

	@Override
	public byte[] readEnd(final String name, final int length) throws IOException {
		return part(name, 0, length, true);
	}

	private byte[] part(final String name, final long offset, final int length, final boolean fromEnd)
		throws IOException
	{
		final Path file = file(name);
		if (!Files.exists(file)) return null;
		try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
			final long start = fromEnd ? Math.max(0, open.length() - length) : Math.min(offset, open.length());
			final byte[] bytes = new byte[(int) Math.min(length, open.length() - start)];
			open.seek(start);
			open.readFully(bytes);
			return bytes;
		}
		catch (final IOException exc) {
			throw unreadable(name, exc);
		}
	}

	@Override
	public List<String> folders() throws IOException {
		try (Stream<Path> entries = Files.list(folder)) {
			return entries.filter(entry -> Files.isDirectory(entry))
				.map(entry -> entry.getFileName().toString())
				.sorted()
				.toList();
		}
		catch (final IOException exc) {
			throw unreadable("", exc);
		}
	}

	@Override
	public Storage at(final String name) {
		return new FolderStorage(file(name));
	}

	@Override
	public String describe(final String name) {
		return file(name).toString();
	}

	private Path file(final String name) {
		return name.isEmpty() ? folder : folder.resolve(name).normalize();
	}

	private IOException unreadable(final String name, final IOException exc) {
		return new IOException(describe(name) + " can't be read (" +
			(exc instanceof AccessDeniedException ? "access denied"
				: exc.getMessage() == null ? exc.getClass().getSimpleName()
				: exc.getMessage()) +
			"): restore it, or grant the right to read it", exc);
	}
}
