// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The file format of torch.save before PyTorch 1.6, in which many published
 * weights still are: five pickles (a magic number, a version, facts of the
 * system, the content, the keys of the storages), then for each storage the
 * number of its elements (8 bytes) and the elements.
 */
final class TorchLegacy extends TorchFile {

	private final SeekableByteChannel channel;
	private final Map<String, Long> places = new HashMap<>();
	private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

	TorchLegacy(final Path path) throws IOException {
		super(path);
		channel = Files.newByteChannel(path);
	}

	@Override
	Object content() throws IOException {
		channel.position(0);
		final Unpickler unpickler = new Unpickler(new BufferedInputStream(Channels.newInputStream(channel)),
			TorchGlobals::find);
		unpickle(unpickler);
		unpickle(unpickler);
		if (unpickle(unpickler) instanceof Map<?, ?> system && Boolean.FALSE.equals(system.get("little_endian"))) {
			order = ByteOrder.BIG_ENDIAN;
		}
		final Object content = unpickle(unpickler);
		if (!(unpickle(unpickler) instanceof List<?> keys)) {
			throw new IOException(name() + " lacks the list of its storages; " + REMEDY);
		}
		long at = unpickler.position();
		for (final Object key : keys) at = place(at, unpickler.storages().get(key));
		return content;
	}

	/** Notes where a storage lies; returns where the next begins. */
	private long place(final long at, final PickledTensor.TensorStorage storage) throws IOException {
		if (storage == null || storage.type() == null) {
			throw new IOException(name() + " has a storage of a kind that is not read here; " + REMEDY);
		}
		final ByteBuffer count = ByteBuffer.allocate(8).order(order);
		channel.position(at);
		while (count.hasRemaining()) {
			if (channel.read(count) < 0) throw cutShort(storage.key());
		}
		final long elements = count.getLong(0);
		final int size = storage.type().bytes();
		if (elements < 0 || elements > (channel.size() - at - 8) / size) throw cutShort(storage.key());
		if (elements * size < storage.bytes()) {
			throw new IOException(name() + ": storage " + storage.key() + " should have " + storage.bytes() +
				" bytes but has " + elements * size + "; fetch or copy the file again");
		}
		places.put(storage.key(), at + 8);
		return at + 8 + elements * size;
	}

	@Override
	ByteOrder order() {
		return order;
	}

	@Override
	InputStream data(final PickledTensor.TensorStorage storage, final long from) throws IOException {
		final Long place = places.get(storage.key());
		if (place == null)
			throw new IOException(name() + " lacks its storage " + storage.key() + "; fetch or copy it again");
		channel.position(place + from);
		// Not closed with the stream: the next storage needs the channel.
		final InputStream in = Channels.newInputStream(channel);
		return new BufferedInputStream(in) {

			@Override
			public void close() {
				// The channel is closed with the file.
			}
		};
	}

	private IOException cutShort(final String key) {
		return new IOException(
			name() + " ends before its storage " + key + ": it is cut short; fetch or copy it again");
	}

	@Override
	public void close() throws IOException {
		channel.close();
	}
}
