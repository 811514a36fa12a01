// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.github.isophene.storage.SizeLimit;
import io.github.isophene.storage.Storage;

/**
 * An array whose last two axes are the height and the width of gray planes. Nothing of it is read but its metadata,
 * until planes are asked for. Thread-safe.
 */
public final class ZarrArray {

	/** Bounds what a small file can ask for: a plane of 64k x 64k pixels in chunks of 64 x 64 has as many. */
	private static final int MOST_CHUNKS = 1 << 20;

	private final Storage storage;
	private final long[] shape;
	private final ZarrType type;
	private final double fill;
	private final Chunks chunks;

	private ZarrArray(final Storage storage, final long[] shape, final ZarrType type, final double fill,
		final Chunks chunks)
	{
		this.storage = storage;
		this.shape = shape;
		this.type = type;
		this.fill = fill;
		this.chunks = chunks;
	}

	/**
	 * Opens an array.
	 *
	 * @param storage its place
	 * @param version of Zarr: 2 or 3
	 * @throws IOException if there is none, or it can't be read here; the message names the path and the remedy
	 */
	public static ZarrArray open(final Storage storage, final int version) throws IOException {
		final ZarrNode node = ZarrNode.findArray(storage, version)
			.orElseThrow(() -> new IOException(storage.location() + " is no Zarr array: there is no " +
				storage.describe(version == 2 ? ZarrNode.ARRAY : ZarrNode.VERSION3) + " of an array. Restore it"));
		return version == 2 ? version2(storage, node.array()) : version3(storage, node.array());
	}

	private static ZarrArray version2(final Storage storage, final Json json) throws IOException {
		final long[] shape = ArrayShape.array(json);
		final JsonElement dtype = json.get("dtype");
		final boolean simple = dtype != null && dtype.isJsonPrimitive();
		final ZarrType type = simple ? ZarrType.ofVersion2(dtype.getAsString()) : null;
		if (type == null) throw unsupported(json, "dtype", dtype);
		final String separator = json.text("dimension_separator");
		final CodecChain chain = CodecChain.ofVersion2(json, type, dtype.getAsString(), shape.length);
		return new ZarrArray(storage, shape, type, fill(json),
			new SingleChunks(storage, new ChunkNames("", separator == null ? "." : separator),
				new ChunkNames("", "/".equals(separator) ? "." : "/"), ArrayShape.chunk(json, "chunks", shape.length),
				chain.codec()));
	}

	private static ZarrArray version3(final Storage storage, final Json json) throws IOException {
		final long[] shape = ArrayShape.array(json);
		final JsonElement name = json.get("data_type");
		final ZarrType type = name == null || !name.isJsonPrimitive() ? null : ZarrType.ofVersion3(name.getAsString());
		if (type == null) throw unsupported(json, "data_type", name);
		final Json grid = json.require("chunk_grid");
		if (!"regular".equals(grid.text("name"))) throw grid.wrong("name", "regular", grid.get("name"));
		final int[] outer = ArrayShape.chunk(grid.require("configuration"), "chunk_shape", shape.length);
		final Json encoding = json.require("chunk_key_encoding");
		final boolean v2 = "v2".equals(encoding.text("name"));
		final Json configuration = encoding.child("configuration").orElse(encoding);
		final String separator = configuration.text("separator");
		final ChunkNames names = new ChunkNames(v2 ? "" : "c", separator == null ? v2 ? "." : "/" : separator);
		final CodecChain chain = CodecChain.ofVersion3(json, type, shape.length);
		return new ZarrArray(storage, shape, type, fill(json),
			chain.sharding() == null ? new SingleChunks(storage, names, outer, chain.codec())
				: ShardedChunks.of(storage, names, outer, chain));
	}

	/** The largest value that its type can hold; 1 for floating point. */
	public double typeMaximum() {
		return type.maximum();
	}

	/** Its size along each axis, the height and the width last. */
	public long[] shape() {
		return shape.clone();
	}

	/** Number of rows of a plane. */
	public int height() {
		return (int) shape[shape.length - 2];
	}

	/** Number of columns of a plane. */
	public int width() {
		return (int) shape[shape.length - 1];
	}

	/**
	 * Reads planes. A chunk that several of them share is read and decoded once; one that isn't stored has the array's
	 * fill value everywhere, as Zarr wants it.
	 *
	 * @param leads where each plane lies along the axes before the last two
	 * @return {@code byte[]} or {@code short[]} (unsigned), or {@code float[]}, row by row, one per plane
	 * @throws IOException if a chunk can't be read or is damaged; the message names it
	 */
	public List<Object> planes(final List<int[]> leads) throws IOException {
		return planes(leads, warning -> {});
	}

	/**
	 * Reads planes as {@link #planes(List)}.
	 *
	 * @param warnings takes a sentence if none of their chunks is stored, so that all pixels have the fill value
	 */
	public List<Object> planes(final List<int[]> leads, final Consumer<String> warnings) throws IOException {
		final int[] size = chunks.shape();
		final int rank = shape.length;
		final Map<List<Long>, List<Integer>> corners = new LinkedHashMap<>();
		for (int p = 0; p < leads.size(); p++) {
			final Long[] corner = new Long[rank - 2];
			for (int d = 0; d < rank - 2; d++) {
				if (leads.get(p)[d] < 0 || leads.get(p)[d] >= shape[d])
					throw new IOException(storage.location() + " has the shape " + Arrays.toString(shape) +
						": there is no plane " + Arrays.toString(leads.get(p)) + ". Correct the screen table");
				corner[d] = (long) leads.get(p)[d] / size[d];
			}
			corners.computeIfAbsent(List.of(corner), k -> new ArrayList<>()).add(p);
		}
		SizeLimit.requirePlane(storage.location(), width(), height(), type.bytes());
		final long perPlane = ((height() - 1L) / size[rank - 2] + 1) * ((width() - 1L) / size[rank - 1] + 1);
		if (perPlane > MOST_CHUNKS)
			throw new IOException(storage.location() + " has " + perPlane + " chunks in a plane, of at most " +
				MOST_CHUNKS + ": it is damaged, or must be written with larger chunks");
		final List<Object> planes = new ArrayList<>();
		for (int p = 0; p < leads.size(); p++) planes.add(type.array(Math.multiplyExact(width(), height())));
		final List<long[]> wanted = new ArrayList<>();
		for (final List<Long> corner : corners.keySet()) {
			for (long y = 0; y * size[rank - 2] < height(); y++) {
				for (long x = 0; x * size[rank - 1] < width(); x++) {
					final long[] index = new long[rank];
					for (int d = 0; d < rank - 2; d++) index[d] = corner.get(d);
					index[rank - 2] = y;
					index[rank - 1] = x;
					wanted.add(index);
				}
			}
		}
		if (fill != 0) planes.forEach(plane -> type.fill(plane, fill));
		final boolean[] found = new boolean[1];
		final byte[] scratch = chunks.codec().scratch(size, wanted.size());
		chunks.read(wanted, chunk -> {
			found[0] = true;
			final ByteBuffer elements = chunks.codec().decode(chunk.bytes(), size, scratch, chunk.where());
			final List<Long> corner = Arrays.stream(chunk.index(), 0, rank - 2).boxed().toList();
			for (final int p : corners.get(corner)) copy(elements, chunk.index(), leads.get(p), planes.get(p));
		});
		if (!found[0])
			warnings.accept(storage.location() + " holds none of the " + wanted.size() +
				" chunks of the planes that are read: every pixel is its fill value, " + fill +
				". Copy or write it again, unless these images are empty");
		return planes;
	}

	private void copy(final ByteBuffer elements, final long[] index, final int[] lead, final Object plane) {
		final int[] size = chunks.shape();
		final int[] strides = chunks.codec().strides(size);
		final int rank = shape.length;
		int start = 0;
		for (int d = 0; d < rank - 2; d++) start += lead[d] % size[d] * strides[d];
		final int top = (int) (index[rank - 2] * size[rank - 2]);
		final int left = (int) (index[rank - 1] * size[rank - 1]);
		final int rows = Math.min(size[rank - 2], height() - top);
		final int columns = Math.min(size[rank - 1], width() - left);
		if (strides[rank - 1] == 1 && strides[rank - 2] == columns && columns == width()) {
			type.copy(elements, start, plane, top * columns, rows * columns);
			return;
		}
		for (int y = 0; y < rows; y++) {
			final int from = start + y * strides[rank - 2];
			final int to = (top + y) * width() + left;
			if (strides[rank - 1] == 1) type.copy(elements, from, plane, to, columns);
			else for (int x = 0; x < columns; x++) type.copy(elements, from + x * strides[rank - 1], plane, to + x, 1);
		}
	}

	private static double fill(final Json json) throws IOException {
		final JsonElement value = json.get("fill_value");
		if (value == null) return 0;
		try {
			final JsonPrimitive primitive = value.getAsJsonPrimitive();
			return primitive.isBoolean() ? primitive.getAsBoolean() ? 1 : 0 : primitive.getAsDouble();
		}
		catch (final IllegalStateException | NumberFormatException exc) {
			throw json.wrong("fill_value", "a number", value);
		}
	}

	private static IOException unsupported(final Json json, final String key, final JsonElement type) {
		return new IOException(
			json.file() + ": " + key + " is " + type + ", which are no pixels that can be read here: write them as " +
				"uint8, uint16 or float32 (bool, int8, int16, int32, uint32 and float64 are read, too)");
	}
}
