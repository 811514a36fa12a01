// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The modules of a TorchScript archive as a state dict: the names on the way to a tensor, with dots between. */
final class ModuleTree {

	private static final int MAX_DEPTH = 64;
	private static final int MAX_ATTRIBUTES = 200_000;
	private static final int MAX_NAME = 1024;

	private final Map<String, PickledTensor> tensors = new LinkedHashMap<>();
	private final String file;
	private int attributes;

	private ModuleTree(final String file) {
		this.file = file;
	}

	/**
	 * All tensors of a module and of those in it.
	 *
	 * @param file what to call the file in messages
	 * @throws IOException if there are none, or the modules contain each other
	 */
	static Map<String, PickledTensor> flatten(final Unpickler.Attributes module, final String file) throws IOException {
		final ModuleTree tree = new ModuleTree(file);
		tree.visit("", module, 0);
		if (tree.tensors.isEmpty()) {
			throw new IOException(
				file + " is a TorchScript archive without parameters of its own (frozen, perhaps). Remedy: use it as " +
					"an encoder as it is, or " + TorchFile.REMEDY);
		}
		return tree.tensors;
	}

	private void visit(final String prefix, final Unpickler.Attributes module, final int depth) throws IOException {
		// Modules may be shared, and in a file made to harm be shared without end.
		for (final Map.Entry<Object, Object> e : module.entrySet()) {
			if (depth > MAX_DEPTH || ++attributes > MAX_ATTRIBUTES || prefix.length() > MAX_NAME) {
				throw new IOException(file + " has modules within each other without end");
			}
			if (!(e.getKey() instanceof String name)) continue;
			if (e.getValue() instanceof PickledTensor tensor) tensors.put(prefix + name, tensor);
			else if (e.getValue() instanceof Unpickler.Attributes inner) visit(prefix + name + ".", inner, depth + 1);
		}
	}
}
