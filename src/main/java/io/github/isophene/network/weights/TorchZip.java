// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The file format of torch.save since PyTorch 1.6: a zip of stored, not
 * compressed, entries in one folder of any name: {@code data.pkl}, {@code
 * data/<key>} for each storage, {@code byteorder}.
 */
final class TorchZip extends TorchFile {

	private final ZipFile zip;
	private final String folder;
	private final boolean script;

	/** @param script whether it is a TorchScript archive, which holds modules instead of a dict */
	TorchZip(final Path path, final boolean script) throws IOException {
		super(path);
		this.script = script;
		zip = zip(path);
		String found = null;
		try {
			found = folder(names(zip));
		}
		finally {
			if (found == null) zip.close();
		}
		folder = found;
		if (folder == null) {
			throw new IOException(
				path + " is a zip file without data.pkl, so it was not written by torch.save; " + REMEDY);
		}
	}

	/** Opens a zip file; whatever is wrong with it is an IOException. */
	static ZipFile zip(final Path path) throws IOException {
		try {
			return new ZipFile(path.toFile());
		}
		catch (final IOException | IllegalArgumentException exc) {
			throw new IOException(path + " begins like a zip file but is broken or cut short (" + exc.getMessage() +
				"); fetch or copy it again", exc);
		}
	}

	/** The names of all entries; one that is no text is an IOException, and no later look-up can fail by it. */
	static List<String> names(final ZipFile zip) throws IOException {
		try {
			return zip.stream().map(ZipEntry::getName).toList();
		}
		catch (final IllegalArgumentException exc) {
			throw new IOException(
				zip.getName() + " is broken (the name of an entry: " + exc.getMessage() + "); fetch or copy it again",
				exc);
		}
	}

	/** The folder, with its '/', that holds data.pkl: the outermost; {@code null} if there is none. */
	static String folder(final List<String> names) {
		return names.stream()
			.filter(n -> n.equals("data.pkl") || n.endsWith("/data.pkl"))
			.map(n -> n.substring(0, n.length() - "data.pkl".length()))
			.min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
			.orElse(null);
	}

	@Override
	Object content() throws IOException {
		try (InputStream in = new BufferedInputStream(stream(entry("data.pkl")))) {
			return unpickle(new Unpickler(in, script ? TorchGlobals::findScript : TorchGlobals::find));
		}
	}

	@Override
	ByteOrder order() throws IOException {
		// Files from before PyTorch 2.1 don't say; they are little-endian nearly always.
		if (zip.getEntry(folder + "byteorder") == null) return ByteOrder.LITTLE_ENDIAN;
		try (InputStream in = stream(entry("byteorder"))) {
			final String order = new String(in.readNBytes(16), StandardCharsets.ISO_8859_1).strip();
			return switch (order) {
				case "little" -> ByteOrder.LITTLE_ENDIAN;
				case "big" -> ByteOrder.BIG_ENDIAN;
				default -> throw new IOException(name() + ": its byteorder is neither little nor big; " + REMEDY);
			};
		}
	}

	@Override
	InputStream data(final PickledTensor.TensorStorage storage, final long from) throws IOException {
		final ZipEntry entry = entry("data/" + storage.key());
		if (entry.getSize() < storage.bytes()) {
			throw new IOException(name() + ": storage " + storage.key() + " should have " + storage.bytes() +
				" bytes but has " + entry.getSize() + "; fetch or copy the file again");
		}
		final InputStream in = stream(entry);
		boolean there = false;
		try {
			in.skipNBytes(from);
			there = true;
		}
		finally {
			if (!there) in.close();
		}
		return in;
	}

	private ZipEntry entry(final String name) throws IOException {
		final ZipEntry entry = zip.getEntry(folder + name);
		if (entry == null) throw new IOException(name() + " lacks its part '" + name + "'; fetch or copy it again");
		// PyTorch stores; what is compressed may unfold without end.
		if (entry.getMethod() != ZipEntry.STORED) {
			throw new IOException(
				name() + ": its part '" + name + "' is compressed, so it was not written by torch.save; " + REMEDY);
		}
		return entry;
	}

	private InputStream stream(final ZipEntry entry) throws IOException {
		final InputStream in = zip.getInputStream(entry);
		if (in == null)
			throw new IOException(name() + " lacks its part '" + entry.getName() + "'; fetch or copy it again");
		return new Part(in, name(), entry.getName());
	}

	/** A part of the file; what Java says of a damaged one ("invalid LOC header") names neither. */
	private static final class Part extends FilterInputStream {

		private final String file;
		private final String part;

		Part(final InputStream in, final String file, final String part) {
			super(in);
			this.file = file;
			this.part = part;
		}

		@Override
		public int read() throws IOException {
			try {
				return super.read();
			}
			catch (final IOException exc) {
				throw damaged(exc);
			}
		}

		@Override
		public int read(final byte[] bytes, final int from, final int length) throws IOException {
			try {
				return super.read(bytes, from, length);
			}
			catch (final IOException exc) {
				throw damaged(exc);
			}
		}

		@Override
		public long skip(final long n) throws IOException {
			try {
				return super.skip(n);
			}
			catch (final IOException exc) {
				throw damaged(exc);
			}
		}

		private IOException damaged(final IOException exc) {
			return new IOException(file + ": its part '" + part + "' is broken or cut short (" + exc.getMessage() +
				"); fetch or copy it again", exc);
		}
	}

	@Override
	public void close() throws IOException {
		zip.close();
	}
}
