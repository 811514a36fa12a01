// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

/**
 * Writes an array [C, Y, X]. A chunk is a plane, or a square of one that is large; in Zarr 3 all chunks are in
 * one shard, as file systems
 * and buckets like few files.
 *
 * @param version of Zarr: 2 or 3
 * @param compression of the chunks
 */
record ArrayWriter(int version, Compression compression) {

	/** Planes up to this side are one chunk. */
	private static final int LARGEST = 2048;

	/** Side of the chunks of larger ones. */
	private static final int SIDE = 1024;

	/**
	 * Writes an array into a new folder.
	 *
	 * @param planes one per channel, all of one kind: {@code byte[]}, {@code short[]} or {@code float[]}
	 */
	void write(final Path folder, final List<?> planes, final int width, final int height) throws IOException {
		Files.createDirectories(folder);
		final int chunkHeight = height <= LARGEST ? height : SIDE;
		final int chunkWidth = width <= LARGEST ? width : SIDE;
		final int rows = (height + chunkHeight - 1) / chunkHeight;
		final int columns = (width + chunkWidth - 1) / chunkWidth;
		final List<byte[]> chunks = new ArrayList<>();
		for (int c = 0; c < planes.size(); c++) {
			for (int row = 0; row < rows; row++) {
				for (int column = 0; column < columns; column++) {
					final byte[] chunk = compression.encode(bytes(planes.get(c), width, height, column * chunkWidth,
						row * chunkHeight, chunkWidth, chunkHeight));
					if (version == 3) {
						chunks.add(chunk);
						continue;
					}
					final Path place = folder.resolve(c + "/" + row);
					Files.createDirectories(place);
					Files.write(place.resolve(String.valueOf(column)), chunk);
				}
			}
		}
		final JsonArray shape = sizes(planes.size(), height, width);
		final JsonArray chunk = sizes(1, chunkHeight, chunkWidth);
		if (version == 2) NodeWriter.write(folder.resolve(ZarrNode.ARRAY), version2(planes.get(0), shape, chunk));
		else {
			Files.createDirectories(folder.resolve("c/0/0"));
			Files.write(folder.resolve("c/0/0/0"), shard(chunks));
			NodeWriter.write(folder.resolve(ZarrNode.VERSION3),
				version3(planes.get(0), shape, chunk, sizes(planes.size(), rows * chunkHeight, columns * chunkWidth)));
		}
	}

	private JsonObject version2(final Object plane, final JsonArray shape, final JsonArray chunk) {
		final JsonObject json = new JsonObject();
		json.addProperty("zarr_format", 2);
		json.add("shape", shape);
		json.add("chunks", chunk);
		json.addProperty("dtype", plane instanceof byte[] ? "|u1" : plane instanceof short[] ? "<u2" : "<f4");
		json.add("compressor", compression.json(2) == null ? JsonNull.INSTANCE : compression.json(2));
		json.addProperty("fill_value", 0);
		json.addProperty("order", "C");
		json.add("filters", JsonNull.INSTANCE);
		json.addProperty("dimension_separator", "/");
		return json;
	}

	private JsonObject version3(final Object plane, final JsonArray shape, final JsonArray chunk,
		final JsonArray shard)
	{
		final JsonObject json = new JsonObject();
		json.addProperty("zarr_format", 3);
		json.addProperty("node_type", "array");
		json.add("shape", shape);
		json.addProperty("data_type",
			plane instanceof byte[] ? "uint8" : plane instanceof short[] ? "uint16" : "float32");
		json.add("chunk_grid", named("regular", "chunk_shape", shard));
		final JsonObject encoding = new JsonObject();
		encoding.addProperty("separator", "/");
		json.add("chunk_key_encoding", named("default", encoding));
		json.addProperty("fill_value", 0);
		final JsonArray inner = new JsonArray();
		inner.add(little());
		if (compression.json(3) != null) inner.add(compression.json(3));
		final JsonArray index = new JsonArray();
		index.add(little());
		final JsonObject checksum = new JsonObject();
		checksum.addProperty("name", "crc32c");
		index.add(checksum);
		final JsonObject sharding = new JsonObject();
		sharding.add("chunk_shape", chunk);
		sharding.add("codecs", inner);
		sharding.add("index_codecs", index);
		sharding.addProperty("index_location", "end");
		final JsonArray codecs = new JsonArray();
		codecs.add(named("sharding_indexed", sharding));
		json.add("codecs", codecs);
		final JsonArray names = new JsonArray();
		List.of("c", "y", "x").forEach(names::add);
		json.add("dimension_names", names);
		json.add("attributes", new JsonObject());
		return json;
	}

	/** Chunks behind each other, and then where each of them is, with a checksum. */
	private static byte[] shard(final List<byte[]> chunks) {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		final ByteBuffer index = ByteBuffer.allocate(16 * chunks.size() + 4).order(ByteOrder.LITTLE_ENDIAN);
		for (final byte[] chunk : chunks) {
			index.putLong(out.size()).putLong(chunk.length);
			out.writeBytes(chunk);
		}
		final CRC32C crc = new CRC32C();
		crc.update(index.array(), 0, index.position());
		index.putInt((int) crc.getValue());
		out.writeBytes(index.array());
		return out.toByteArray();
	}

	/** A rectangle of a plane; what lies beyond the plane is 0. */
	private static byte[] bytes(final Object plane, final int width, final int height, final int left, final int top,
		final int columns, final int rows)
	{
		final int size = plane instanceof byte[] ? 1 : plane instanceof short[] ? 2 : 4;
		final ByteBuffer out = ByteBuffer.allocate(size * columns * rows).order(ByteOrder.LITTLE_ENDIAN);
		final int n = Math.min(columns, width - left);
		for (int y = 0; y < Math.min(rows, height - top); y++) {
			final int from = (top + y) * width + left;
			out.position(size * y * columns);
			if (plane instanceof byte[] bytes) out.put(bytes, from, n);
			else
				if (plane instanceof short[] shorts)
					out.slice().order(out.order()).asShortBuffer().put(shorts, from, n);
				else
					out.slice().order(out.order()).asFloatBuffer().put((float[]) plane, from, n);
		}
		return out.array();
	}

	private static JsonObject little() {
		final JsonObject endian = new JsonObject();
		endian.addProperty("endian", "little");
		return named("bytes", endian);
	}

	private static JsonObject named(final String name, final String key, final JsonArray value) {
		final JsonObject configuration = new JsonObject();
		configuration.add(key, value);
		return named(name, configuration);
	}

	private static JsonObject named(final String name, final JsonObject configuration) {
		final JsonObject json = new JsonObject();
		json.addProperty("name", name);
		json.add("configuration", configuration);
		return json;
	}

	private static JsonArray sizes(final int... sizes) {
		final JsonArray array = new JsonArray();
		for (final int size : sizes) array.add(size);
		return array;
	}
}
