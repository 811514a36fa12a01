// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.function.IntConsumer;
import java.util.function.Supplier;

import io.github.isophene.engine.EngineException;
import io.github.isophene.progress.Progress;

/**
 * Products of float32 matrices, row by row in arrays, and the threads that compute them: in Java,
 * or, where there is much to do, by the tensor engine, which is several times as fast. The two
 * round differently. Neither's result depends on the number of threads.
 */
public interface MatrixProducts extends AutoCloseable {

	/** Beyond so many multiplications in one pass over the rows, starting the engine pays. */
	double MANY = 5e7;

	/**
	 * The faster of the two; Java, with a warning, if the engine can't be started.
	 *
	 * @param multiplications in one pass over the rows, of which there will be dozens
	 */
	static MatrixProducts of(final double multiplications, final Progress progress) {
		return of(multiplications, progress, EngineProducts::new);
	}

	/** The same with what starts the engine. */
	static MatrixProducts of(final double multiplications, final Progress progress,
		final Supplier<MatrixProducts> engine)
	{
		if (multiplications < MANY) return new JavaProducts();
		try {
			return engine.get();
		}
		catch (final EngineException e) {
			progress.warn(
				"The tensor engine is not there, so this is computed in Java, which takes several times as long, " +
					"with the same result but for rounding (" + e.getMessage() + ")");
			return new JavaProducts();
		}
	}

	/**
	 * c = a b. Call it inside {@link #run}.
	 *
	 * @param a [m, inner]
	 * @param b [inner, n]
	 * @param c is set, [m, n]; arrays may be longer than they need to be
	 */
	void multiply(float[] a, float[] b, float[] c, int m, int inner, int n);

	/**
	 * c = a' b. Call it inside {@link #run}.
	 *
	 * @param a [inner, m]
	 * @param b [inner, n]
	 * @param c is set, [m, n]
	 */
	void multiplyTransposed(float[] a, float[] b, float[] c, int m, int inner, int n);

	/** Does the tasks 0 to n - 1, several at a time. */
	void run(int n, IntConsumer task);

	@Override
	void close();
}
