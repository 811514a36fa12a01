// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Results of other threads, with their exceptions rethrown in this thread. */
final class Futures {

	private Futures() {}

	/**
	 * Waits for a result.
	 *
	 * @throws CancellationException if this thread was interrupted
	 */
	static <T> T of(final Future<T> future) {
		try {
			return future.get();
		}
		catch (final InterruptedException exc) {
			Thread.currentThread().interrupt();
			throw new CancellationException("Interrupted");
		}
		catch (final ExecutionException exc) {
			if (exc.getCause() instanceof RuntimeException runtime) throw runtime;
			if (exc.getCause() instanceof Error error) throw error;
			throw new IllegalStateException(exc.getCause());
		}
	}
}
