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

import io.github.isophene.files.FileBytes;
import io.github.isophene.files.RegularFile;
import io.github.isophene.files.SourceFolder;

/** A folder on this machine. */
final class FolderStorage implements Storage {

	private final Path folder;

	/** Folder that was opened: what it describes lies in it. */
	private final Root root;

	FolderStorage(final Path folder) {
		this(new Root(folder), folder);
	}

	private FolderStorage(final Root root, final Path folder) {
		this.root = root;
		this.folder = folder;
	}

	@Override
	public String location() {
		return folder.toString();
	}

	@Override
	public byte[] read(final String name, final long limit) throws IOException {
		try {
			final Path file = RegularFile.require(inside(name));
			final long size = Files.size(file);
			SizeLimit.require(describe(name), size, limit);
			try (InputStream in = Files.newInputStream(file)) {
				return SizeLimit.read(describe(name), in, (int) size, limit);
			}
		}
		catch (final SizeLimit.ExceededException | OutsideException exc) {
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
		final Path file = RegularFile.require(inside(name));
		if (!Files.exists(file)) return null;
		try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
			final long start = fromEnd ? Math.max(0, open.length() - length) : Math.min(offset, open.length());
			final byte[] bytes = new byte[(int) Math.min(length, open.length() - start)];
			open.seek(start);
			FileBytes.readFully(open, bytes, bytes.length);
			return bytes;
		}
		catch (final IOException exc) {
			throw unreadable(name, exc);
		}
	}

	@Override
	public List<String> folders() throws IOException {
		try (Stream<Path> entries = Files.list(inside(""))) {
			return entries.filter(entry -> Files.isDirectory(entry))
				.map(entry -> entry.getFileName().toString())
				.sorted()
				.toList();
		}
		catch (final OutsideException exc) {
			throw exc;
		}
		catch (final IOException exc) {
			throw unreadable("", exc);
		}
	}

	@Override
	public Storage at(final String name) {
		return new FolderStorage(root, file(name));
	}

	@Override
	public String describe(final String name) {
		return file(name).toString();
	}

	/** Metadata from elsewhere can name any file of this machine by "..", an absolute path or a link. */
	private Path inside(final String name) throws IOException {
		final Path file = file(name);
		root.require(file);
		return file;
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

	/** File that lies outside of the folder that was opened. */
	private static final class OutsideException extends IOException {

		private static final long serialVersionUID = 1L;

		OutsideException(final IOException cause) {
			super(cause.getMessage(), cause);
		}
	}

	/** Folder that was opened, which need not be there. */
	private static final class Root {

		private final Path folder;
		private SourceFolder source;

		Root(final Path folder) {
			this.folder = folder;
		}

		void require(final Path file) throws IOException {
			// Nothing can be read in a folder that isn't there; only what lies elsewhere could.
			if (file.equals(folder) || file.startsWith(folder) && !Files.exists(file)) return;
			final SourceFolder known;
			synchronized (this) {
				if (source == null) source = new SourceFolder(folder);
				known = source;
			}
			try {
				known.require(file);
			}
			catch (final IOException exc) {
				throw new OutsideException(exc);
			}
		}
	}
}
