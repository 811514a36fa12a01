// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.function.IntConsumer;

import io.github.isophene.engine.MatrixWorkers;

/** By the tensor engine. */
final class EngineProducts implements MatrixProducts {

	private final MatrixWorkers workers;

	/** @throws io.github.isophene.engine.EngineException if the engine can't be started */
	EngineProducts() {
		this(Runtime.getRuntime().availableProcessors());
	}

	EngineProducts(final int threads) {
		workers = new MatrixWorkers(threads);
	}

	@Override
	public void multiply(final float[] a, final float[] b, final float[] c, final int m, final int inner, final int n) {
		workers.multiply(a, false, b, c, m, inner, n);
	}

	@Override
	public void multiplyTransposed(final float[] a, final float[] b, final float[] c, final int m, final int inner,
		final int n)
	{
		workers.multiply(a, true, b, c, m, inner, n);
	}

	@Override
	public void run(final int n, final IntConsumer task) {
		workers.run(n, task);
	}

	@Override
	public void close() {
		workers.close();
	}
}
