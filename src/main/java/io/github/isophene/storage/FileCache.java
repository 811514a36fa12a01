// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.github.isophene.files.AtomicFile;
import io.github.isophene.files.PrivateFolder;
import io.github.isophene.files.Sha256;

/**
 * Remote files as files on this machine, so that what is read again needn't come again. Bounded: what wasn't read for
 * the longest time goes first. Safe for many threads and processes at once: files appear whole, those that are being
 * read stay, and what somebody deletes is fetched again.
 * <p>
 * In each process the server is asked once per file whether it is still the same ({@code If-None-Match}); if it can't
 * tell, the file is fetched again. System properties: {@code isophene.cache} (folder; {@code isophene-cache} among the
 * temporary files), {@code isophene.cache.size} (MB, 4096; 0 keeps nothing longer than it is read).
 * </p>
 */
public final class FileCache {

	private static final String SUFFIX = ".file";
	private static final String TAG = ".etag";

	/** A file that stays as long as this isn't closed. */
	public interface Lease extends AutoCloseable {

		/** The file. */
		Path file();

		@Override
		void close();
	}

	private static FileCache shared;

	private final Path folder;
	private final long limit;
	private final Map<String, Integer> leased = new HashMap<>();
	private final Map<String, Object> locks = new ConcurrentHashMap<>();
	private final Map<String, Boolean> confirmed = new ConcurrentHashMap<>();
	private long size = -1;

	/**
	 * @param folder where files are kept
	 * @param limit bytes that may be kept
	 */
	public FileCache(final Path folder, final long limit) {
		this.folder = folder;
		this.limit = limit;
	}

	/** The cache of this process, as its system properties want it. */
	public static synchronized FileCache shared() {
		final String given = System.getProperty("isophene.cache", "");
		final Path folder = given.isBlank()
			? Path.of(System.getProperty("java.io.tmpdir"), "isophene-cache-" + System.getProperty("user.name", "user"))
			: Path.of(given);
		final long limit = Math.max(0, Long.getLong("isophene.cache.size", 4096)) << 20;
		if (shared == null || !shared.folder.equals(folder) || shared.limit != limit)
			shared = new FileCache(folder, limit);
		return shared;
	}

	/**
	 * A remote file, fetched if it must be.
	 *
	 * @param address {@code https://}, {@code http://} or {@code s3://}
	 * @throws IOException if there is no such file, or it can't be fetched or kept; the message names the address, the
	 *           status and the remedy
	 */
	public Lease get(final String address) throws IOException {
		requirePrivate();
		final String key = key(address);
		final Path file = folder.resolve(key + SUFFIX);
		hold(key, 1);
		boolean done = false;
		try {
			synchronized (locks.computeIfAbsent(key, k -> new Object())) {
				if (!confirmed.containsKey(key) || !Files.exists(file)) {
					fetch(address, key, file);
					confirmed.put(key, true);
				}
				else touch(file);
			}
			done = true;
		}
		finally {
			if (!done) hold(key, -1);
		}
		shrink();
		return new Lease() {

			private boolean open = true;

			@Override
			public Path file() {
				return file;
			}

			@Override
			public synchronized void close() {
				if (!open) return;
				open = false;
				hold(key, -1);
				if (limit == 0) shrink();
			}
		};
	}

	/** Fetches several files at once, so that {@link #get} finds them. */
	public void prepare(final List<String> addresses) throws IOException {
		if (limit == 0 || addresses.isEmpty()) return;
		Fetches.all(addresses.get(0), addresses, address -> {
			get(address).close();
			return address;
		});
	}

	/** Before each use: a plane that somebody else has put there would be read in place of the screen's. */
	private void requirePrivate() throws IOException {
		try {
			PrivateFolder.require(folder);
		}
		catch (final IOException exc) {
			throw new IOException("The cache of images can't be used: " + exc.getMessage() +
				". -Disophene.cache=<folder> names another", exc);
		}
	}

	private void fetch(final String address, final String key, final Path file) throws IOException {
		final Path tag = folder.resolve(key + TAG);
		final String known = Files.exists(file) && Files.exists(tag) ? Files.readString(tag).strip() : "";
		final RemoteFile.Body content = RemoteFile.get(address, known);
		if (content == null) {
			touch(file);
			return;
		}
		try {
			// Never a new tag beside an old file.
			Files.deleteIfExists(tag);
			AtomicFile.writeSmall(file, content.bytes());
			if (!content.tag().isEmpty()) AtomicFile.writeSmall(tag, content.tag().getBytes(StandardCharsets.UTF_8));
		}
		catch (final IOException exc) {
			throw new IOException(Addresses.shown(address) + " can't be kept in the cache " + folder + " (" + exc +
				"): is there space, and may you write there? -Disophene.cache=<folder> names another place", exc);
		}
		synchronized (leased) {
			if (size >= 0) size += content.bytes().length;
		}
	}

	private void hold(final String key, final int change) {
		synchronized (leased) {
			leased.merge(key, change, (a, b) -> a + b == 0 ? null : a + b);
		}
	}

	/** An entry of the cache. */
	private record Entry(Path file, long bytes, FileTime used) {}

	/** Deletes the files that weren't read for the longest time, until the rest is a tenth below the limit. */
	private void shrink() {
		synchronized (leased) {
			if (size >= 0 && size <= limit) return;
			final List<Entry> entries = new ArrayList<>();
			try (Stream<Path> files = Files.list(folder)) {
				for (final Path file : files.toList()) {
					if (file.toString().endsWith(SUFFIX))
						entries.add(new Entry(file, Files.size(file), Files.getLastModifiedTime(file)));
				}
			}
			catch (final IOException exc) {
				// Another process is tidying up, too; the next file that comes will make us look again.
				size = -1;
				return;
			}
			size = entries.stream().mapToLong(Entry::bytes).sum();
			if (size <= limit) return;
			entries.sort(Comparator.comparing(Entry::used));
			for (final Entry entry : entries) {
				if (size <= limit - limit / 10) return;
				final String name = entry.file.getFileName().toString();
				final String key = name.substring(0, name.length() - SUFFIX.length());
				if (!leased.containsKey(key) && delete(entry.file, folder.resolve(key + TAG))) size -= entry.bytes;
			}
		}
	}

	private static boolean delete(final Path file, final Path tag) {
		try {
			Files.deleteIfExists(tag);
			Files.deleteIfExists(file);
			return true;
		}
		catch (final IOException exc) {
			// Another process reads it (Windows): it stays until then.
			return false;
		}
	}

	private static void touch(final Path file) {
		try {
			Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
		}
		catch (final IOException exc) {
			// It may go a little earlier then.
			return;
		}
	}

	private static String key(final String address) {
		return Sha256.of(address).substring(0, 32);
	}

	/** @throws IllegalArgumentException if it is none, without what is secret in it */
	static URI uri(final String address) {
		try {
			// A number sign is part of a key: a file has no fragment.
			final URI uri = new URI(address.replace(" ", "%20").replace("#", "%23"));
			if (uri.getHost() != null) return uri;
		}
		catch (final URISyntaxException exc) {
			// Its message holds the address.
		}
		throw new IllegalArgumentException(Addresses.shown(address) +
			" is no valid address: correct its host, and write other characters than letters and digits as %20 and " +
			"the like");
	}
}
