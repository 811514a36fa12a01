// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;

/**
 * A module without parameters, from its source text in TorchScript's notation. This is the
 * way to those operations of the engine that its Java side has no method for. The archive
 * that the engine reads is a zip of the text and a few constant bytes, so no binary file
 * has to be shipped.
 */
final class TorchScript implements AutoCloseable {

	/** Pickled: an instance of {@code __torch__.NAME} whose only attribute is {@code training = False}. */
	private static final String OBJECT = "\u0080\u0002c__torch__\nNAME\n)\u0081}X\b\0\0\0training\u0089sb.";
	/** Pickled: an empty tuple. */
	private static final String NO_CONSTANTS = "\u0080\u0002).";

	private final NDManager manager;
	private final PtSymbolBlock module;
	private final Map<String, NDArray> names = new ConcurrentHashMap<>();

	/**
	 * Loads the module of the resource {@code NAME.torchscript} beside this class.
	 *
	 * @param manager closes the module with itself
	 * @throws RuntimeException from the engine, if it doesn't know an operation in the text
	 */
	TorchScript(final NDManager manager, final String name) {
		this.manager = manager;
		try (InputStream text = TorchScript.class.getResourceAsStream(name + ".torchscript")) {
			if (text == null) throw new IllegalStateException("There is no " + name + ".torchscript in the jar");
			final InputStream archive = new ByteArrayInputStream(archive(name, text.readAllBytes()));
			module = JniUtils.loadModule((PtNDManager) manager, archive, true, false);
		}
		catch (final IOException e) {
			throw new IllegalStateException("The module " + name + " can't be read: " + e.getMessage(), e);
		}
	}

	/**
	 * Runs a method that returns one array.
	 *
	 * @param manager that the result will belong to
	 * @param method its name
	 * @param arguments arrays, {@code Integer}, {@code long[]} or {@code String}
	 */
	NDArray run(final NDManager manager, final String method, final Object... arguments) {
		final IValue[] values = new IValue[arguments.length];
		try {
			for (int i = 0; i < values.length; i++) values[i] = value(arguments[i]);
			try (IValue result = IValueUtils.runMethod(module, method, values)) {
				return result.toTensor((PtNDManager) manager);
			}
		}
		finally {
			for (final IValue value : values) if (value != null) value.close();
		}
	}

	/**
	 * Runs a method that changes its arguments and returns nothing. Nothing is recorded.
	 *
	 * @param method its name
	 * @param arguments arrays or lists of arrays, {@code Integer}, {@code Double}, {@code Boolean}, {@code long[]} or
	 *          {@code String}
	 */
	void change(final String method, final Object... arguments) {
		final IValue[] values = new IValue[arguments.length];
		try {
			for (int i = 0; i < values.length; i++) values[i] = value(arguments[i]);
			IValueUtils.runMethod(module, method, values).close();
		}
		finally {
			for (final IValue value : values) if (value != null) value.close();
		}
	}

	/**
	 * Runs a method so that gradients are recorded if the thread records them; {@link #run} never records. The
	 * graph is computed as it is written: a graph that the engine optimizes after its first runs would give other
	 * bits then.
	 *
	 * @param method its name
	 * @param arguments arrays or lists of arrays
	 * @return the array or arrays, of the manager of the first argument's first array
	 */
	NDList recorded(final String method, final Object... arguments) {
		final NDList all = new NDList();
		for (int i = 0; i < arguments.length; i++) {
			if (arguments[i] instanceof NDList list) {
				// The engine's Java side tells lists from single arrays by these names.
				for (final NDArray array : list) array.setName("list" + i + "[]");
				all.addAll(list);
			}
			else all.add((NDArray) arguments[i]);
		}
		all.add(names.computeIfAbsent(method, this::name));
		JniUtils.setGraphExecutorOptimize(false);
		try {
			return IValueUtils.forward(module, all, true);
		}
		finally {
			JniUtils.setGraphExecutorOptimize(true);
			for (final Object argument : arguments)
				if (argument instanceof NDList list) for (final NDArray array : list) array.setName(null);
		}
	}

	/** An array that stands for nothing but the name of a method, which is how the engine's Java side is told it. */
	private NDArray name(final String method) {
		final NDArray name = manager.zeros(new Shape(1));
		name.setName("module_method:" + method);
		return name;
	}

	private static IValue value(final Object argument) {
		if (argument instanceof NDList list)
			return IValue.listFrom(list.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
		if (argument instanceof Double number) return IValue.from(number);
		if (argument instanceof Boolean flag) return IValue.from(flag);
		if (argument instanceof PtNDArray array) return IValue.from(array);
		if (argument instanceof Integer number) return IValue.from((long) number);
		if (argument instanceof long[] numbers) return IValue.listFrom(numbers);
		return IValue.from((String) argument);
	}

	private static byte[] archive(final String name, final byte[] source) throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			put(zip, "data.pkl", OBJECT.replace("NAME", name).getBytes(StandardCharsets.ISO_8859_1));
			put(zip, "code/__torch__.py", source);
			put(zip, "constants.pkl", NO_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
			put(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
		}
		return bytes.toByteArray();
	}

	private static void put(final ZipOutputStream zip, final String name, final byte[] bytes) throws IOException {
		final ZipEntry entry = new ZipEntry("module/" + name);
		entry.setMethod(ZipEntry.STORED);
		entry.setSize(bytes.length);
		final CRC32 crc = new CRC32();
		crc.update(bytes);
		entry.setCrc(crc.getValue());
		zip.putNextEntry(entry);
		zip.write(bytes);
		zip.closeEntry();
	}

	@Override
	public void close() {
		names.values().forEach(NDArray::close);
		module.close();
	}
}
