// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.isophene.files.AtomicFile;

/**
 * The safetensors format (specified in the README of huggingface/safetensors): 8
 * bytes length of the header (little-endian), the header as JSON, padded with
 * spaces, then the data of all tensors, little-endian and row-major, without a
 * hole. It holds numbers only, no code.
 * <p>
 * All element types of whole bytes from 8 to 64 bits are read and converted to
 * single precision; F32 is written. The same state dict and metadata give the
 * same bytes, tensors sorted by name, as the Python package writes them.
 * </p>
 */
public final class Safetensors {

	/** The reference implementation's own limit on the header, bytes. */
	static final int MAX_HEADER = 100_000_000;

	static final String REMEDY = "write the file again, for instance with the Python package safetensors";

	private Safetensors() {}

	/**
	 * Reads all tensors of a file.
	 *
	 * @throws IOException if the file can't be read or is no valid safetensors
	 *           file; the message names the file and the tensor
	 */
	public static StateDict read(final Path file) throws IOException {
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
			return read(in, Files.size(file), file.toString());
		}
	}

	/**
	 * Reads all tensors from a stream, which is left open after the last byte.
	 *
	 * @param length how many bytes the whole safetensors data have
	 * @throws IOException if the stream can't be read or is not valid
	 */
	public static StateDict read(final InputStream in, final long length) throws IOException {
		return read(in, length, "The safetensors data");
	}

	/** As {@link #read(InputStream, long)}, with what to call the source in messages. */
	public static StateDict read(final InputStream in, final long length, final String source) throws IOException {
		final SafetensorsHeader header = header(in, length, source);
		final Map<String, NamedTensor> found = new HashMap<>();
		for (final SafetensorsHeader.TensorEntry entry : header.byPlace()) {
			try {
				found.put(entry.name(),
					new NamedTensor(entry.shape(), entry.type().read(in, entry.count(), ByteOrder.LITTLE_ENDIAN)));
			}
			catch (final EOFException exc) {
				throw new IOException(source + ": tensor '" + entry.name() +
					"' is not whole: the file is cut short; fetch or copy it again", exc);
			}
		}
		final StateDict weights = new StateDict();
		for (final SafetensorsHeader.TensorEntry entry : header.entries()) weights.put(entry.name(),
			found.get(entry.name()));
		return weights;
	}

	/** The free metadata of a file, empty if it has none. Its header is checked, its data are not read. */
	public static Map<String, String> readMetadata(final Path file) throws IOException {
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
			return header(in, Files.size(file), file.toString()).metadata();
		}
	}

	/** As {@link #readMetadata(Path)}, from a stream that is left open after the header. */
	public static Map<String, String> readMetadata(final InputStream in, final long length) throws IOException {
		return header(in, length, "The safetensors data").metadata();
	}

	/** Returns whether a file of this length that begins with these bytes (at least 9) can be in this format. */
	static boolean looksLike(final byte[] start, final long length) {
		if (start.length < 9 || start[8] != '{') return false;
		final long n = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
		return n >= 2 && n <= MAX_HEADER && n <= length - 8;
	}

	private static SafetensorsHeader header(final InputStream in, final long length, final String source)
		throws IOException
	{
		final byte[] start = in.readNBytes(8);
		if (length < 10 || start.length < 8) throw new IOException(source + " is too short to be a safetensors file");
		final long n = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
		if (n < 2 || n > MAX_HEADER || n > length - 8) {
			throw new IOException(source + " is no safetensors file: it says that its header has " +
				Long.toUnsignedString(n) + " bytes, of " + length + " in all (at most " + MAX_HEADER + " are allowed)");
		}
		// readNBytes grows with what arrives, so a length that lies costs nothing.
		final byte[] json = in.readNBytes((int) n);
		if (json.length < n)
			throw new IOException(source + " ends inside its header: it is cut short; fetch or copy it again");
		return SafetensorsHeader.parse(json, length - 8 - n, source);
	}

	/**
	 * Writes a state dict, tensors sorted by name, in single precision. The stream
	 * is flushed and left open.
	 *
	 * @param metadata free text by key, written sorted by key; may be empty. The
	 *          Python packages write {@code format = pt}, and some readers ask for it.
	 */
	public static void write(final StateDict weights, final OutputStream out, final Map<String, String> metadata)
		throws IOException
	{
		write(weights, out, metadata, false);
	}

	private static void write(final StateDict weights, final OutputStream out, final Map<String, String> metadata,
		final boolean compact) throws IOException
	{
		final List<SafetensorsHeader.TensorEntry> entries = new ArrayList<>();
		long at = 0;
		for (final String name : sorted(weights)) {
			final NamedTensor weight = weights.get(name);
			final WeightType type = compact && weight.rank() > 1 ? WeightType.F16 : WeightType.F32;
			final long end = at + (long) type.bytes() * weight.values().length;
			entries.add(new SafetensorsHeader.TensorEntry(name, type, weight.shape(), at, end));
			at = end;
		}
		final byte[] json = SafetensorsHeader.write(entries, new TreeMap<>(metadata));
		// Padded so that the data begin at a multiple of 8 bytes.
		final int padded = (json.length + 7) / 8 * 8;
		if (padded > MAX_HEADER) {
			throw new IOException(
				"A header of " + padded + " bytes is more than a safetensors file may have (" + MAX_HEADER + ")");
		}
		final byte[] header = Arrays.copyOf(json, padded);
		Arrays.fill(header, json.length, padded, (byte) ' ');
		out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).array());
		out.write(header);
		for (final SafetensorsHeader.TensorEntry entry : entries)
			write(weights.get(entry.name()).values(), entry.type(), out);
		out.flush();
	}

	/** Writes a file, by a temporary one beside it, so that it is there whole or not at all. */
	public static void write(final StateDict weights, final Path file, final Map<String, String> metadata)
		throws IOException
	{
		AtomicFile.write(file, temporary -> {
			try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
				write(weights, out, metadata);
			}
		});
	}

	/**
	 * As {@link #write(StateDict, Path, Map)} in half the space: arrays of two dimensions and
	 * more, such as weights of convolutions, in half precision, the others in single.
	 *
	 * @throws IllegalArgumentException if a value is too large for half precision (65504)
	 */
	public static void writeCompact(final StateDict weights, final Path file, final Map<String, String> metadata)
		throws IOException
	{
		AtomicFile.write(file, temporary -> {
			try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
				write(weights, out, metadata, true);
			}
		});
	}

	/** By the bytes of their UTF-8, as the reference implementation sorts. */
	private static List<String> sorted(final StateDict weights) {
		final List<String> names = new ArrayList<>(weights.names());
		names.sort(
			(a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
		return names;
	}

	private static void write(final float[] values, final WeightType type, final OutputStream out) throws IOException {
		final ByteBuffer chunk = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
		for (int at = 0; at < values.length;) {
			final int n = Math.min(chunk.capacity() / 4, values.length - at);
			if (type == WeightType.F32) chunk.clear().asFloatBuffer().put(values, at, n);
			else for (int i = 0; i < n; i++) chunk.putShort(2 * i, WeightType.floatToHalf(values[at + i]));
			out.write(chunk.array(), 0, type.bytes() * n);
			at += n;
		}
	}
}
