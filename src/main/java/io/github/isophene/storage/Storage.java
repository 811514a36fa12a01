// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.io.IOException;
import java.util.List;

/**
 * Bytes under names, below one place. A name is a path with {@code /}, relative to that
 * place, without {@code ..}. Thread-safe; holds nothing open.
 */
public interface Storage {

	/** The place: an absolute path or an address, without {@code /} at its end. */
	String location();

	/**
	 * Reads the content of a name, of at most {@link SizeLimit#file} bytes.
	 *
	 * @return {@code null} if there is nothing of this name
	 * @throws IOException if it can't be told or read, or is larger; the message names path or address, the status and
	 *           the remedy
	 */
	default byte[] read(final String name) throws IOException {
		return read(name, SizeLimit.file());
	}

	/**
	 * Reads a small file that describes others, of at most {@link SizeLimit#METADATA} bytes.
	 *
	 * @return {@code null} if there is nothing of this name
	 * @throws IOException as {@link #read(String)}
	 */
	default byte[] readMetadata(final String name) throws IOException {
		return read(name, SizeLimit.METADATA);
	}

	/**
	 * Reads the content of a name.
	 *
	 * @param limit bytes that it may have
	 * @return {@code null} if there is nothing of this name
	 * @throws IOException as {@link #read(String)}
	 */
	byte[] read(String name, long limit) throws IOException;

	/**
	 * A part of what is kept under a name.
	 *
	 * @param offset of its first byte
	 * @param length number of bytes; fewer come where it ends before
	 * @return {@code null} if there is nothing of this name
	 * @throws IOException as {@link #read(String)}
	 */
	byte[] read(String name, long offset, int length) throws IOException;

	/**
	 * The last bytes of what is kept under a name.
	 *
	 * @param length number of bytes; fewer come where there are fewer
	 * @return {@code null} if there is nothing of this name
	 * @throws IOException as {@link #read(String)}
	 */
	byte[] readEnd(String name, int length) throws IOException;

	/**
	 * The names of the folders right below this place, sorted.
	 *
	 * @throws IOException if it can't be told, as on web servers
	 */
	List<String> folders() throws IOException;

	/** The place below this one. */
	Storage at(String name);

	/** Returns the description of a name for messages. */
	default String describe(final String name) {
		return Addresses.shown(location()) + (name.isEmpty() ? "" : "/" + name);
	}
}
