// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Independent pieces of work on all processors. A piece writes to places of its own only,
 * so that nothing depends on how many threads there are or who came first.
 */
public final class Parallel {

	private Parallel() {}

	/**
	 * Does the tasks 0 to n - 1, in any order, and returns when all are done.
	 *
	 * @throws RuntimeException what a task threw first; tasks not yet begun are left out
	 * @throws CancellationException if this thread was interrupted
	 */
	public static void run(final int n, final IntConsumer task) {
		if (Thread.currentThread().isInterrupted()) throw canceled();
		final AtomicInteger next = new AtomicInteger();
		final int threads = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), n));
		final ExecutorService pool = Executors.newFixedThreadPool(threads, work -> {
			final Thread thread = new Thread(work, "isophene-assessment");
			thread.setDaemon(true);
			return thread;
		});
		try {
			final List<Future<?>> runners = new ArrayList<>();
			for (int i = 0; i < threads; i++) runners.add(pool.submit(() -> drain(next, n, task)));
			for (final Future<?> runner : runners) runner.get();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw canceled();
		}
		catch (final ExecutionException e) {
			if (e.getCause() instanceof RuntimeException cause) throw cause;
			if (e.getCause() instanceof Error cause) throw cause;
			throw new IllegalStateException(e.getCause());
		}
		finally {
			next.set(n);
			pool.shutdown();
		}
	}

	private static void drain(final AtomicInteger next, final int n, final IntConsumer task) {
		try {
			for (int t = next.getAndIncrement(); t < n; t = next.getAndIncrement()) task.accept(t);
		}
		catch (final RuntimeException | Error e) {
			next.set(n);
			throw e;
		}
	}

	private static CancellationException canceled() {
		return new CancellationException("Canceled");
	}
}
