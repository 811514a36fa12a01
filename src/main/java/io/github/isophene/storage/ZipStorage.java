// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Entries of a zip file: a Zarr hierarchy in one file, {@code .ozx} (OME-NGFF, RFC 9) or {@code .zarr.zip}. A
 * file that was
 * read stays open as long as memory allows, because opening it reads its whole list of entries.
 */
final class ZipStorage implements Storage {

	private static final Pattern ENDING = Pattern.compile("(?i)(\\.(?:ozx|zarr\\.zip))(?=[/\\\\]|$)");

	/** An open file, and of which state of it. */
	private record Open(ZipFile zip, long size, long modified) {}

	private static final Map<Path, SoftReference<Open>> FILES = new HashMap<>();

	private final Path file;
	/** Empty or with a slash at its end. */
	private final String prefix;

	private ZipStorage(final Path file, final String prefix) {
		this.file = file;
		this.prefix = prefix;
	}

	/** The place in a zip file that a path names, or {@code null} if no part of the path is one. */
	static ZipStorage find(final String path) {
		final Matcher end = ENDING.matcher(path);
		while (end.find()) {
			final Path file = Path.of(path.substring(0, end.end(1))).toAbsolutePath().normalize();
			if (!Files.isRegularFile(file)) continue;
			final String rest = path.substring(end.end(1)).replace('\\', '/').replaceAll("^/+|/+$", "");
			return new ZipStorage(file, rest.isEmpty() ? "" : rest + "/");
		}
		return null;
	}

	@Override
	public String location() {
		return prefix.isEmpty() ? file.toString() : file + "/" + prefix.substring(0, prefix.length() - 1);
	}

	@Override
	public byte[] read(final String name, final long limit) throws IOException {
		final ZipFile zip = zip();
		final ZipEntry entry = zip.getEntry(prefix + name);
		if (entry == null || entry.isDirectory()) return null;
		try (InputStream in = zip.getInputStream(entry)) {
			SizeLimit.require(describe(name), entry.getSize(), limit);
			return SizeLimit.read(describe(name), in, limit);
		}
		catch (final SizeLimit.ExceededException exc) {
			throw exc;
		}
		catch (final IOException exc) {
			throw damaged(name, exc);
		}
	}

	@Override
	public byte[] read(final String name, final long offset, final int length) throws IOException {
		final ZipFile zip = zip();
		final ZipEntry entry = zip.getEntry(prefix + name);
		if (entry == null || entry.isDirectory()) return null;
		try (InputStream in = zip.getInputStream(entry)) {
			in.skip(offset);
			return in.readNBytes(length);
		}
		catch (final IOException exc) {
			throw damaged(name, exc);
		}
	}

	@Override
	public byte[] readEnd(final String name, final int length) throws IOException {
		final byte[] all = read(name);
		return all == null ? null : Arrays.copyOfRange(all, Math.max(0, all.length - length), all.length);
	}

	@Override
	public List<String> folders() throws IOException {
		final TreeSet<String> names = new TreeSet<>();
		zip().stream().map(ZipEntry::getName).filter(name -> name.startsWith(prefix)).forEach(name -> {
			final int end = name.indexOf('/', prefix.length());
			if (end > prefix.length()) names.add(name.substring(prefix.length(), end));
		});
		return new ArrayList<>(names);
	}

	@Override
	public Storage at(final String name) {
		return name.isEmpty() ? this : new ZipStorage(file, prefix + name.replaceAll("/+$", "") + "/");
	}

	private ZipFile zip() throws IOException {
		final long size = Files.size(file);
		final long modified = Files.getLastModifiedTime(file).toMillis();
		synchronized (FILES) {
			final SoftReference<Open> known = FILES.get(file);
			final Open open = known == null ? null : known.get();
			if (open != null && open.size == size && open.modified == modified) return open.zip;
			try {
				final ZipFile zip = new ZipFile(file.toFile());
				FILES.put(file, new SoftReference<>(new Open(zip, size, modified)));
				return zip;
			}
			catch (final IOException exc) {
				throw new IOException(
					file + " is no zip file or is damaged (" + exc.getMessage() + "): copy or write it again", exc);
			}
		}
	}

	private IOException damaged(final String name, final IOException exc) {
		return new IOException(
			describe(name) + " can't be read (" + exc.getMessage() + "): copy or write " + file + " again", exc);
	}
}
