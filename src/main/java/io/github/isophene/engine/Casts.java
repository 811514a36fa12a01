// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Conversions between the elements of two precisions. An array of {@link Precision#BFLOAT16} may go through
 * convolutions, pooling, additions and activations; whatever asks for its values or the type of its elements ends the
 * process, see {@link ElementTypes}.
 */
final class Casts implements AutoCloseable {

	/** {@code null}: nothing to convert. */
	private final TorchScript script;

	/** @param manager says the device; closes this with itself */
	Casts(final NDManager manager, final Precision precision) {
		script = precision == Precision.BFLOAT16 ? new TorchScript(manager, "Casts") : null;
	}

	/** Returns whether arrays are converted. */
	boolean convert() {
		return script != null;
	}

	/** Returns an array of the precision, or the same one if it needs no conversion; of its manager. */
	NDArray to(final NDArray x) {
		return script == null ? x : script.run(x.getManager(), "to_bfloat16", x);
	}

	/** Returns the array in FLOAT32, or the same one if it needs no conversion; of its manager. */
	NDArray from(final NDArray x) {
		return script == null ? x : script.run(x.getManager(), "to_float32", x);
	}

	/** Frees the program. */
	@Override
	public void close() {
		if (script != null) script.close();
	}
}
