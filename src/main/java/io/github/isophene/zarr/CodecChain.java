// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The codecs that an array's metadata names.
 *
 * @param codec of a chunk; of the chunks in a shard where there are shards
 * @param sharding how shards are made, or {@code null}
 */
record CodecChain(ChunkCodec codec, Json sharding) {

	/** Of {@code .zarray}. */
	static CodecChain ofVersion2(final Json array, final ZarrType type, final String dtype, final int rank)
		throws IOException
	{
		if (!array.children("filters").isEmpty())
			throw new IOException(array.file() + " has filters (" + array.get("filters") +
				"), which can't be undone here: write it without them");
		final List<BytesCodec> codecs = new ArrayList<>();
		final Optional<Json> compressor = array.child("compressor");
		if (compressor.isPresent()) codecs.add(codec(compressor.get(), compressor.get().requireText("id")));
		final boolean columns = "F".equals(array.text("order"));
		final int[] permutation = IntStream.range(0, rank).map(i -> columns ? rank - 1 - i : i).toArray();
		final ByteOrder order = dtype.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
		return new CodecChain(new ChunkCodec(type, order, permutation, codecs), null);
	}

	/** Of {@code zarr.json}, or of a shard. */
	static CodecChain ofVersion3(final Json parent, final ZarrType type, final int rank) throws IOException {
		int[] permutation = IntStream.range(0, rank).toArray();
		ByteOrder order = null;
		Json sharding = null;
		final List<BytesCodec> codecs = new ArrayList<>();
		for (final Json step : parent.children("codecs")) {
			final String name = step.requireText("name");
			if (sharding != null)
				throw new IOException(step.file() + ": " + step.key() + " (" + name +
					") acts on whole shards, which then can't be read in parts: write the array without it");
			switch (name) {
				case "transpose" -> permutation = compose(permutation, step.require("configuration"), rank);
				case "bytes" -> order = step.child("configuration").isPresent() &&
					"big".equals(step.require("configuration").text("endian")) ? ByteOrder.BIG_ENDIAN
						: ByteOrder.LITTLE_ENDIAN;
				case "sharding_indexed" -> sharding = step.require("configuration");
				default -> codecs.add(codec(step, name));
			}
		}
		if (order == null && sharding == null)
			throw new IOException(parent.file() + ": " + parent.path("codecs") +
				" has neither bytes nor sharding_indexed: it is damaged, or of another format");
		return new CodecChain(new ChunkCodec(type, order, permutation, codecs), sharding);
	}

	private static int[] compose(final int[] before, final Json configuration, final int rank) throws IOException {
		final long[] order = configuration.numbers("order");
		final int[] after = new int[rank];
		if (order.length != rank ||
			IntStream.range(0, rank).anyMatch(i -> IntStream.range(0, rank).noneMatch(k -> order[k] == i)))
		{
			throw configuration.wrong("order", "an order of " + rank + " axes", configuration.get("order"));
		}
		for (int i = 0; i < rank; i++) after[i] = before[(int) order[i]];
		return after;
	}

	private static BytesCodec codec(final Json step, final String name) throws IOException {
		final BytesCodec codec = BytesCodecs.of(name);
		if (codec == null)
			throw new IOException(step.file() + ": " + step.key() + " is the codec '" + name +
				"', which can't be undone here. Known are " + BytesCodecs.names() +
				": write the array with one of these");
		return codec;
	}
}
