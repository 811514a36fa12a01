// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.IntConsumer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Products of float32 matrices by the engine's BLAS on the CPU, for work on tables that are in
 * Java arrays. Each product is computed by the one thread that asks for it, and several threads
 * ask at a time, so that a sum's order, and with it every bit, doesn't depend on how many
 * processors there are. (On another model of processor the BLAS may add in another order.)
 */
public final class MatrixWorkers implements AutoCloseable {

	private final Workers workers;
	private final NDManager manager;

	/**
	 * Starts the engine, if it isn't, and threads.
	 *
	 * @param size how many threads
	 * @throws EngineException if the engine can't be had
	 */
	public MatrixWorkers(final int size) {
		workers = new Workers(size);
		manager = Engines.newManager("cpu");
	}

	/** Does the tasks 0 to n - 1 on these threads; see {@link Workers#run}. */
	public void run(final int n, final IntConsumer task) {
		workers.run(n, task);
	}

	/**
	 * c = a b, or a' b. Call it inside a task.
	 *
	 * @param a [m, inner]; transposed: [inner, m]
	 * @param transposed whether a is to be transposed
	 * @param b [inner, n]
	 * @param c is set to the product, [m, n]; arrays may be longer than they need to be
	 */
	public void multiply(final float[] a, final boolean transposed, final float[] b, final float[] c, final int m,
		final int inner, final int n)
	{
		try (NDManager step = manager.newSubManager()) {
			final NDArray left = Tensors.create(step, FloatBuffer.wrap(a, 0, m * inner), transposed ? inner : m,
				transposed ? m : inner);
			final NDArray right = Tensors.create(step, FloatBuffer.wrap(b, 0, inner * n), inner, n);
			final NDArray product = (transposed ? left.transpose() : left).matMul(right);
			product.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer().get(c, 0, m * n);
		}
	}

	/** Ends the threads. */
	@Override
	public void close() {
		workers.close();
		manager.close();
	}
}
