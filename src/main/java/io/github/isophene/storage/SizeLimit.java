// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import io.github.isophene.files.FileBytes;

/**
 * Bytes that one file, or one part of it, may have: what comes from a server, a zip file or a Zarr folder is read into
 * memory, and its author chooses its size.
 */
public final class SizeLimit {

	/** System property: largest image file, plane or chunk, in MB (1024, at most a quarter of Java's memory). */
	public static final String PROPERTY = "isophene.remote.size";

	/** Bytes of a file that describes others (JSON, a bucket's list): 64 MB. */
	public static final long METADATA = 64L << 20;

	private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

	/** A file that is larger than its limit. */
	static final class ExceededException extends IOException {

		private static final long serialVersionUID = 1L;

		ExceededException(final String message) {
			super(message);
		}
	}

	private SizeLimit() {}

	/**
	 * Returns the bytes that an image file, a plane or a chunk may have: what the system property says, otherwise 1 GB
	 * or a quarter of Java's memory if that is less.
	 */
	public static long file() {
		final long megabytes = Long.getLong(PROPERTY,
			Math.max(1, Math.min(1024, Runtime.getRuntime().maxMemory() >> 22)));
		if (megabytes < 1 || megabytes > 2048)
			throw new IllegalArgumentException(PROPERTY + " = " + megabytes + ": must be 1 to 2048 (MB)");
		return Math.min(LARGEST_ARRAY, megabytes << 20);
	}

	/**
	 * Checks a plane before memory is allocated on the word of its file.
	 *
	 * @param name path or address, for the message
	 * @param bytes of a pixel
	 * @throws IOException if it is larger than {@link #file}
	 */
	public static void requirePlane(final String name, final long width, final long height, final int bytes)
		throws IOException
	{
		if (width * height > file() / bytes)
			throw exceeded(name + ": a plane of " + width + " x " + height + " pixels ", file());
	}

	/** @throws ExceededException if a file that says its size is larger than its limit; -1: it doesn't say */
	static void require(final String name, final long bytes, final long limit) throws ExceededException {
		if (bytes > limit) throw exceeded(name + " ", limit);
	}

	/**
	 * Reads a stream to its end, such as an entry of a zip file, whose announced size may lie.
	 *
	 * @param name what is read, for the message
	 * @throws IOException if there is more than the limit, or the stream can't be read
	 */
	public static byte[] read(final String name, final InputStream in, final long limit) throws IOException {
		final byte[] bytes = in.readNBytes((int) Math.min(LARGEST_ARRAY, limit));
		if (bytes.length >= limit && in.read() >= 0) throw exceeded(name + " ", limit);
		return bytes;
	}

	/**
	 * Reads a file of this machine to its end.
	 *
	 * @param size that it had when it was looked at; it may have changed since
	 * @throws IOException as {@link #read(String, InputStream, long)}
	 */
	static byte[] read(final String name, final InputStream in, final int size, final long limit) throws IOException {
		final byte[] bytes = new byte[size];
		final int n = FileBytes.read(in, bytes);
		final byte[] rest = read(name, in, limit - n);
		if (n == size && rest.length == 0) return bytes;
		final byte[] all = Arrays.copyOf(bytes, n + rest.length);
		System.arraycopy(rest, 0, all, n, rest.length);
		return all;
	}

	/** @param name what is too large, with a blank at its end, or empty */
	static ExceededException exceeded(final String name, final long limit) {
		return new ExceededException(name + "has more than " + (limit >> 20) + " MB, the limit of " +
			(limit == METADATA ? "a file that describes others: is it what its name says?"
				: "one image file, plane or chunk: is it what its name says? -D" + PROPERTY +
				"=<MB> allows more (2048 at most)"));
	}
}
