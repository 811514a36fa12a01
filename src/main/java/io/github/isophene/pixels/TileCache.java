// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;

import io.github.isophene.files.ScratchFile;

/**
 * Cache of the pixels of fields that are read several times: each field is decoded once, and the pixels of its tiles
 * are kept in memory up to a budget, then in a scratch file up to that file's capacity, from which they come back much
 * faster than from a compressed image. What fits in neither is decoded again whenever it is read. The first come stay
 * in memory; as all tiles are read alike, no other choice would find more. What it gives doesn't depend on any of this.
 * Thread-safe.
 *
 * @param <T> what is known of a field's tiles besides their pixels, such as their scales
 */
public final class TileCache<T> {

	/** Reader of fields. */
	@FunctionalInterface
	public interface FieldDecoder<T> {

		/**
		 * Decodes a field. Called by several threads at once.
		 *
		 * @throws IOException if it can't be read; the message names it
		 */
		DecodedField<T> decode(int field) throws IOException;
	}

	/**
	 * Decoded field.
	 *
	 * @param layout what is known of its tiles besides their pixels
	 * @param count number of tiles
	 * @param pixels gives the pixels of a tile, counted from 0
	 */
	public record DecodedField<T>(T layout, int count, IntFunction<RawPixels> pixels) {}

	/** Place of a tile in the scratch file. */
	private record PlaceOnDisk(long position, RawPixels.PixelShape shape) {}

	/** Field in the cache; a place is a {@link RawPixels}, an {@link PlaceOnDisk} or {@code null} for each tile. */
	private record CachedField<T>(T layout, Object[] places) {}

	/** Default number of bytes of pixels kept in memory: 1 GiB, or a quarter of the heap (our choice). */
	public static final long MEMORY = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4);

	private static final int STRIPES = 64;

	private final FieldDecoder<T> decoder;
	private final long memory;
	private final AtomicLong memoryLeft;
	private final ScratchFile scratch;
	private final AtomicReferenceArray<CachedField<T>> fields;
	private final Object[] stripes = new Object[STRIPES];
	private final AtomicInteger decoded = new AtomicInteger();
	private DecodedField<T> last;
	private int lastField = -1;

	/**
	 * @param fields number of fields
	 * @param memory bytes of pixels to keep in memory at most
	 * @param scratch receives further ones; stays open
	 */
	public TileCache(final int fields, final FieldDecoder<T> decoder, final long memory, final ScratchFile scratch) {
		this.decoder = decoder;
		this.memory = memory;
		this.scratch = scratch;
		this.fields = new AtomicReferenceArray<>(fields);
		memoryLeft = new AtomicLong(memory);
		for (int i = 0; i < STRIPES; i++) stripes[i] = new Object();
	}

	/**
	 * Decodes a field and keeps its tiles, unless that has been done.
	 *
	 * @throws IOException if the field can't be read, or the scratch file fails
	 */
	public void load(final int field) throws IOException {
		decoded(field);
	}

	/** Returns the field if this call has decoded it; {@code null} if it was in the cache. */
	private DecodedField<T> decoded(final int field) throws IOException {
		if (fields.get(field) != null) return null;
		// Two threads may want it at once: the second waits for the first to decode it.
		synchronized (stripes[field % STRIPES]) {
			if (fields.get(field) != null) return null;
			final DecodedField<T> image = decode(field);
			fields.set(field, new CachedField<>(image.layout(), places(image)));
			return image;
		}
	}

	private DecodedField<T> decode(final int field) throws IOException {
		decoded.incrementAndGet();
		return decoder.decode(field);
	}

	private Object[] places(final DecodedField<T> image) throws IOException {
		final Object[] places = new Object[image.count()];
		boolean fits = true;
		for (int t = 0; t < places.length && fits; t++) {
			final RawPixels pixels = image.pixels().apply(t);
			if (memoryLeft.addAndGet(-pixels.bytes()) >= 0) {
				places[t] = pixels;
				continue;
			}
			memoryLeft.addAndGet(pixels.bytes());
			final long position = scratch.write(pixels.toBytes());
			fits = position >= 0;
			if (fits) places[t] = new PlaceOnDisk(position, pixels.shape());
		}
		return places;
	}

	/** Returns whether a field has been loaded. */
	public boolean has(final int field) {
		return fields.get(field) != null;
	}

	/** Returns the number of tiles of a field; 0 if it hasn't been loaded. */
	public int count(final int field) {
		return has(field) ? fields.get(field).places.length : 0;
	}

	/** Returns what is known of the tiles of a field, which is loaded if need be. */
	public T layout(final int field) throws IOException {
		load(field);
		return fields.get(field).layout;
	}

	/**
	 * Returns the pixels of a tile of a field, which is loaded if need be.
	 *
	 * @throws IOException if the field has to be decoded and can't be, or the scratch file fails
	 */
	public RawPixels pixels(final int field, final int tile) throws IOException {
		final DecodedField<T> now = decoded(field);
		if (now != null) return now.pixels().apply(tile);
		final Object place = fields.get(field).places[tile];
		if (place instanceof RawPixels pixels) return pixels;
		if (place instanceof PlaceOnDisk disk) {
			final ByteBuffer bytes = ByteBuffer.allocate(disk.shape.bytes());
			scratch.read(disk.position, bytes);
			return disk.shape.read(bytes.flip());
		}
		return again(field).pixels().apply(tile);
	}

	/** Returns a field that fits nowhere; the last of these is kept, as its tiles are read one after the other. */
	private synchronized DecodedField<T> again(final int field) throws IOException {
		if (lastField != field) {
			last = decode(field);
			lastField = field;
		}
		return last;
	}

	/** Returns the number of bytes of pixels in memory. */
	public long inMemory() {
		return memory - memoryLeft.get();
	}

	/** Returns the number of times a field has been decoded. */
	public int decoded() {
		return decoded.get();
	}
}
