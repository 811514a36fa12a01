// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.storage.Fetches;
import io.github.isophene.storage.Storage;
import io.github.isophene.storage.Storages;

/**
 * Chunks of which many are stored in one shard, behind (or before) an index of where each lies. Reads the index
 * and then
 * the wanted chunks, those close to each other at once.
 *
 * @param shard shape of a shard
 * @param shape shape of a chunk, which divides the shard's
 * @param indexCodecs bytes-to-bytes codecs of the index
 * @param indexSize bytes of the stored index
 * @param atEnd whether the index stands behind the chunks
 */
record ShardedChunks(Storage storage, ChunkNames names, int[] shard, int[] shape, ChunkCodec codec,
	List<BytesCodec> indexCodecs, int indexSize, boolean atEnd) implements Chunks
{

	/** Chunks with less than this between them are read in one go. */
	private static final int GAP = 64 * 1024;

	/** The largest that is read in one go from far away, where every request costs. */
	private static final int MOST_FAR = 16 * 1024 * 1024;
	/** The largest on this machine, where what was just read is still in the processor's cache. */
	private static final int MOST_NEAR = 1024 * 1024;
	/** Chunks of a shard, whose index has 16 bytes for each. */
	private static final int MOST_CHUNKS = 1 << 20;

	static ShardedChunks of(final Storage storage, final ChunkNames names, final int[] shard, final CodecChain outer)
		throws IOException
	{
		final Json config = outer.sharding();
		final int rank = shard.length;
		final int[] shape = ArrayShape.chunk(config, "chunk_shape", rank);
		int count = 1;
		for (int i = 0; i < rank; i++) {
			if (shard[i] % shape[i] != 0)
				throw config.wrong("chunk_shape", "a shape that divides the shard's", config.get("chunk_shape"));
			count = (int) Math.min(Integer.MAX_VALUE, (long) count * (shard[i] / shape[i]));
			if (count > MOST_CHUNKS)
				throw config.wrong("chunk_shape", "at most " + MOST_CHUNKS + " chunks in a shard",
					config.get("chunk_shape"));
		}
		final CodecChain inner = CodecChain.ofVersion3(config, outer.codec().type(), rank);
		if (inner.sharding() != null)
			throw new IOException(config.file() + " has shards in shards, which can't be read here");
		int size = 16 * count;
		final List<BytesCodec> codecs = new ArrayList<>();
		for (final Json step : config.children("index_codecs")) {
			final String name = step.requireText("name");
			if (name.equals("bytes")) continue;
			if (!name.equals("crc32c")) throw step.wrong("name", "bytes or crc32c", name);
			codecs.add(BytesCodecs.of(name));
			size += 4;
		}
		for (int i = 0; i < rank; i++) {
			if (outer.codec().permutation()[i] != i)
				throw new IOException(config.file() + " has transposed shards, which can't be read here");
		}
		return new ShardedChunks(storage, names, shard, shape, inner.codec(), codecs, size,
			!"start".equals(config.text("index_location")));
	}

	/** A wanted chunk and where it lies in its shard. */
	private record Piece(long[] index, long offset, int length) {}

	/** Chunks of a shard that are read at once. */
	private record Run(String name, List<Piece> pieces, long start, int length) {}

	@Override
	public void read(final List<long[]> indices, final Fetches.Receiver<Stored> receiver) throws IOException {
		final Map<String, List<long[]>> shards = new LinkedHashMap<>();
		for (final long[] index : indices) {
			final long[] of = new long[shard.length];
			for (int d = 0; d < of.length; d++) of[d] = index[d] / (shard[d] / shape[d]);
			shards.computeIfAbsent(names.of(of), k -> new ArrayList<>()).add(index);
		}
		final List<Run> runs = new ArrayList<>();
		Fetches.each(storage.location(), List.copyOf(shards.entrySet()),
			entry -> runs(entry.getKey(), entry.getValue()), runs::addAll);
		Fetches.each(storage.location(), runs, this::read, chunks -> {
			for (final Stored chunk : chunks) receiver.accept(chunk);
		});
	}

	private List<Run> runs(final String name, final List<long[]> wanted) throws IOException {
		final String where = storage.describe(name);
		final byte[] encoded = atEnd ? storage.readEnd(name, indexSize) : storage.read(name, 0, indexSize);
		if (encoded == null) return List.of();
		if (encoded.length < indexSize)
			throw new IOException(where + " is truncated: it has " + encoded.length + " of the " + indexSize +
				" bytes of its shard index. Copy or write it again");
		final ByteBuffer table = ChunkCodec
			.undo(indexCodecs, ByteBuffer.wrap(encoded), indexSize, null, where + " (shard index)")
			.slice()
			.order(ByteOrder.LITTLE_ENDIAN);
		final List<Piece> pieces = new ArrayList<>();
		for (final long[] index : wanted) {
			final int entry = entry(index);
			final long offset = table.getLong(16 * entry);
			final long length = table.getLong(16 * entry + 8);
			if (offset == -1 && length == -1) continue;
			if (offset < 0 || length < 0 || length > Integer.MAX_VALUE)
				throw new IOException(where + " is damaged: its shard index points to nowhere. Copy or write it again");
			pieces.add(new Piece(index, offset, (int) length));
		}
		pieces.sort(Comparator.comparingLong(Piece::offset));
		final int most = Storages.isRemote(storage.location()) ? MOST_FAR : MOST_NEAR;
		final List<Run> runs = new ArrayList<>();
		for (int from = 0, to; from < pieces.size(); from = to) {
			final long start = pieces.get(from).offset;
			long end = start + pieces.get(from).length;
			for (to = from + 1; to < pieces.size(); to++) {
				final Piece next = pieces.get(to);
				if (next.offset > end + GAP || next.offset + next.length - start > most) break;
				end = Math.max(end, next.offset + next.length);
			}
			runs.add(new Run(name, pieces.subList(from, to), start, (int) (end - start)));
		}
		return runs;
	}

	private List<Stored> read(final Run run) throws IOException {
		final String where = storage.describe(run.name);
		final byte[] bytes = storage.read(run.name, run.start, run.length);
		if (bytes == null || bytes.length < run.length)
			throw new IOException(where + " is truncated: it ends before a chunk that its shard " +
				"index names. Copy or write it again");
		return run.pieces.stream()
			.map(piece -> new Stored(piece.index, ByteBuffer.wrap(bytes, (int) (piece.offset - run.start),
				piece.length), where))
			.toList();
	}

	/** The number of a chunk in its shard. */
	private int entry(final long[] index) {
		int entry = 0;
		for (int d = 0; d < shape.length; d++) {
			final int n = shard[d] / shape[d];
			entry = entry * n + (int) (index[d] % n);
		}
		return entry;
	}
}
