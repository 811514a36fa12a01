// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A file that torch.save wrote: what was pickled, and the numbers of its tensors. */
abstract class TorchFile implements Closeable {

	private final Set<String> ignored = new LinkedHashSet<>();

	static final String REMEDY = "in Python, save the weights as safetensors, or alone with " +
		"torch.save(model.state_dict(), file), and import that file";

	private final Path path;

	TorchFile(final Path path) {
		this.path = path;
	}

	/**
	 * Opens a file in the zip format (PyTorch 1.6 and later), the one before, or a
	 * TorchScript archive.
	 *
	 * @throws IOException if it is none of these
	 */
	static TorchFile open(final Path path) throws IOException {
		return switch (WeightFormat.of(path)) {
			case TORCH_ZIP -> new TorchZip(path, false);
			case TORCHSCRIPT -> new TorchZip(path, true);
			case TORCH_LEGACY -> new TorchLegacy(path);
			case SAFETENSORS -> throw new IOException(path + " is a safetensors file, not one of torch.save");
		};
	}

	/** Python names of objects in the file that are no tensors and were ignored. */
	final Set<String> ignored() {
		return ignored;
	}

	/** The file's name, for messages. */
	String name() {
		return path.toString();
	}

	/** Returns the pickled object, as {@link Unpickler} reads it. */
	abstract Object content() throws IOException;

	/** Returns the byte order of the numbers. */
	abstract ByteOrder order() throws IOException;

	/**
	 * The numbers of a storage.
	 *
	 * @param from the first byte
	 * @throws IOException if the file doesn't hold as many bytes as the storage says
	 */
	abstract InputStream data(PickledTensor.TensorStorage storage, long from) throws IOException;

	/** Runs the unpickler, and says in one message what was wrong. */
	final Object unpickle(final Unpickler unpickler) throws IOException {
		try {
			final Object content = unpickler.load();
			ignored.addAll(unpickler.ignored());
			return content;
		}
		catch (final Unpickler.CodeException exc) {
			throw new IOException(name() + " holds code: " + exc.getMessage() +
				", which a state dict doesn't need. Nothing of it was run. Remedy: " + REMEDY, exc);
		}
		catch (final IOException exc) {
			throw new IOException(name() + " can't be read as a PyTorch file: " + exc.getMessage() +
				". Remedy: fetch or copy it again; or " + REMEDY, exc);
		}
	}

	/**
	 * Reads tensors, each storage once.
	 *
	 * @throws IOException if the file is cut short, has another kind of numbers, or
	 *           unfolds to more than its size allows
	 */
	final StateDict read(final Map<String, PickledTensor> tensors) throws IOException {
		final long size = Files.size(path);
		final Map<String, List<String>> sharing = new LinkedHashMap<>();
		long values = 0;
		for (final Map.Entry<String, PickledTensor> e : tensors.entrySet()) {
			final PickledTensor tensor = e.getValue();
			if (tensor.type() == null) {
				throw new IOException(name() + ": tensor '" + e.getKey() + "' has numbers of the kind " +
					tensor.storage().typeName() + ", which are not read here; convert it to float32");
			}
			values += NamedTensor.count(tensor.shape());
			sharing.computeIfAbsent(tensor.storage().key() + " " + tensor.type(), k -> new ArrayList<>())
				.add(e.getKey());
		}
		if (values > Math.max(size, 1 << 20)) {
			throw new IOException(name() + " has " + size + " bytes, but its tensors unfold to " + values +
				" numbers: it is broken or made to harm");
		}
		final Map<String, NamedTensor> found = new LinkedHashMap<>();
		long read = 0;
		for (final List<String> names : sharing.values()) {
			read += read(names, tensors, found);
			if (read > size)
				throw new IOException(name() + ": its storages lie over each other: it is broken or made to harm");
		}
		final StateDict weights = new StateDict();
		for (final String name : tensors.keySet()) weights.put(name, found.get(name));
		return weights;
	}

	/** Reads the tensors of one storage; returns how many bytes that took. */
	private long read(final List<String> names, final Map<String, PickledTensor> tensors,
		final Map<String, NamedTensor> found) throws IOException
	{
		long first = Long.MAX_VALUE;
		long end = 0;
		for (final String name : names) {
			final PickledTensor tensor = tensors.get(name);
			final long extent = tensor.extent();
			if (extent == 0) continue;
			first = Math.min(first, tensor.offset());
			end = Math.max(end, tensor.offset() + extent);
		}
		if (end == 0) first = 0;
		final PickledTensor any = tensors.get(names.get(0));
		if (end - first > NamedTensor.MAX_VALUES) {
			throw new IOException(
				name() + ": storage " + any.storage().key() + " has more numbers than an array can hold");
		}
		final int size = any.type().bytes();
		float[] elements = new float[0];
		if (end > first) {
			try (InputStream in = data(any.storage(), first * size)) {
				elements = any.type().read(in, (int) (end - first), order());
			}
			catch (final EOFException exc) {
				throw new IOException(name() + ": tensor '" + names.get(0) +
					"' is not whole: the file is cut short; fetch or copy it again", exc);
			}
		}
		for (final String name : names) found.put(name, tensors.get(name).take(elements, first));
		return (end - first) * size;
	}
}
