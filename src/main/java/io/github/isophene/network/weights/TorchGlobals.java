// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The few Python names that a state dict needs, and what each means here. A
 * pickle is a program that may call any function by name; with these alone it
 * can only build tensors and containers.
 */
final class TorchGlobals {

	/** Function that a name stands for when a pickle calls it. */
	interface PickledFunction {

		Object call(List<Object> args) throws IOException;
	}

	/**
	 * The name of a storage's type; {@code type} is {@code null} if its numbers are not read here or have no
	 * fixed type.
	 */
	record StorageType(String name, WeightType type) {}

	private static final Map<String, Object> KNOWN = Map.ofEntries( //
		Map.entry("collections.OrderedDict", (PickledFunction) TorchGlobals::dict), //
		Map.entry("builtins.set", (PickledFunction) TorchGlobals::set), //
		Map.entry("builtins.frozenset", (PickledFunction) TorchGlobals::set), //
		Map.entry("__builtin__.set", (PickledFunction) TorchGlobals::set), //
		Map.entry("__builtin__.frozenset", (PickledFunction) TorchGlobals::set), //
		Map.entry("torch.Size", (PickledFunction) TorchGlobals::size), //
		Map.entry("torch._utils._rebuild_tensor_v2", (PickledFunction) TorchGlobals::tensor), //
		Map.entry("torch._utils._rebuild_tensor_v3", (PickledFunction) TorchGlobals::typedTensor), //
		Map.entry("torch._utils._rebuild_parameter", (PickledFunction) TorchGlobals::parameter));

	private static final Map<String, WeightType> TYPES = Map.ofEntries( //
		Map.entry("Float", WeightType.F32), Map.entry("Half", WeightType.F16), //
		Map.entry("BFloat16", WeightType.BF16), //
		Map.entry("Double", WeightType.F64), Map.entry("Long", WeightType.I64), Map.entry("Int", WeightType.I32), //
		Map.entry("Short", WeightType.I16), Map.entry("Char", WeightType.I8), Map.entry("Byte", WeightType.U8), //
		Map.entry("Bool", WeightType.BOOL), //
		Map.entry("float32", WeightType.F32), Map.entry("float16", WeightType.F16),
		Map.entry("bfloat16", WeightType.BF16), //
		Map.entry("float64", WeightType.F64), Map.entry("int64", WeightType.I64), Map.entry("int32", WeightType.I32), //
		Map.entry("int16", WeightType.I16), Map.entry("int8", WeightType.I8), Map.entry("uint8", WeightType.U8), //
		Map.entry("uint16", WeightType.U16), Map.entry("uint32", WeightType.U32), //
		Map.entry("uint64", WeightType.U64), //
		Map.entry("bool", WeightType.BOOL));

	private static final Pattern STORAGE = Pattern.compile("torch\\.(?:storage\\.)?([A-Z][A-Za-z0-9]{0,20})Storage");
	private static final Pattern DTYPE = Pattern.compile("torch\\.((?:b?float|u?int|complex|bool)[0-9]{0,3})");

	private TorchGlobals() {}

	/**
	 * Returns the object that a name stands for.
	 *
	 * @return {@code null} if it is none of those that a state dict needs
	 */
	static Object find(final String module, final String name) {
		final String full = module + "." + name;
		final Object known = KNOWN.get(full);
		if (known != null) return known;
		final var storage = STORAGE.matcher(full);
		if (storage.matches()) return new StorageType(name, TYPES.get(storage.group(1)));
		final var dtype = DTYPE.matcher(full);
		if (dtype.matches()) return new StorageType(full, TYPES.get(dtype.group(1)));
		return null;
	}

	/**
	 * The same for TorchScript, whose modules are objects of classes under {@code __torch__}:
	 * their attributes are read, their code, which lies elsewhere in the archive, is not.
	 */
	static Object findScript(final String module, final String name) {
		if (module.equals("__torch__") || module.startsWith("__torch__.")) return Unpickler.CLASS;
		if (module.equals("torch.jit._pickle") && name.matches("build_(int|double|bool|tensor)list|restore_type_tag")) {
			return (PickledFunction) TorchGlobals::first;
		}
		return find(module, name);
	}

	private static Object first(final List<Object> args) throws IOException {
		if (args.isEmpty()) throw new IOException("a list is made of nothing");
		return args.get(0);
	}

	/** The storage that a persistent id names: ('storage', type, key, location, number of elements[, view]). */
	static PickledTensor.TensorStorage storage(final Object id) throws IOException {
		if (!(id instanceof Unpickler.Tuple tuple) || tuple.items().size() < 5 ||
			!"storage".equals(tuple.items().get(0)) || !(tuple.items().get(1) instanceof StorageType type) ||
			!(tuple.items().get(2) instanceof String key))
		{
			throw new IOException("a persistent id is not a storage's");
		}
		if (tuple.items().size() > 5 && tuple.items().get(5) != null) {
			throw new IOException("a storage is a view of another, as PyTorch 0.3 wrote them");
		}
		if (key.length() > 256) throw new IOException("the key of a storage has more than 256 letters");
		final long elements = PickledTensor.integer(tuple.items().get(4), "storage");
		// An untyped storage counts bytes.
		final int size = type.type() == null ? 1 : type.type().bytes();
		if (elements > Long.MAX_VALUE / size)
			throw new IOException("storage " + key + " can't have " + elements + " elements");
		return new PickledTensor.TensorStorage(key, type.name(), type.type(), elements * size);
	}

	private static Object tensor(final List<Object> args) throws IOException {
		final WeightType type = !args.isEmpty() && args.get(0) instanceof PickledTensor.TensorStorage s ? s.type()
			: null;
		return PickledTensor.of(args, type);
	}

	/** (storage, offset, size, stride, requires_grad, hooks, dtype): a type that has no storage class of its own. */
	private static Object typedTensor(final List<Object> args) throws IOException {
		if (args.size() < 7 || !(args.get(6) instanceof StorageType dtype))
			throw new IOException("a tensor has no element type");
		return PickledTensor.of(args, dtype.type());
	}

	/** (data, requires_grad, hooks): the data themselves. */
	private static Object parameter(final List<Object> args) throws IOException {
		if (args.isEmpty() || !(args.get(0) instanceof PickledTensor))
			throw new IOException("a parameter has no tensor");
		return args.get(0);
	}

	private static Object size(final List<Object> args) throws IOException {
		if (args.size() == 1 && args.get(0) instanceof Unpickler.Tuple) return args.get(0);
		throw new IOException("a torch.Size is no tuple");
	}

	private static Object set(final List<Object> args) throws IOException {
		final Set<Object> set = new LinkedHashSet<>(0);
		for (final Object item : items(args)) set.add(Unpickler.key(item));
		return set;
	}

	private static Object dict(final List<Object> args) throws IOException {
		final Map<Object, Object> map = new LinkedHashMap<>(0);
		for (final Object pair : items(args)) {
			final List<
				?> two = pair instanceof Unpickler.Tuple t ? t.items() : pair instanceof ArrayList<?> l ? l : List.of();
			if (two.size() != 2) throw new IOException("an OrderedDict is not made of pairs");
			map.put(Unpickler.key(two.get(0)), two.get(1));
		}
		return map;
	}

	private static List<?> items(final List<Object> args) throws IOException {
		if (args.isEmpty()) return List.of();
		if (args.size() == 1 && args.get(0) instanceof ArrayList<?> list) return list;
		throw new IOException("a container is not made of a list");
	}
}
