// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

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
 * Threads that each compute alone: several independent pieces of work at the same time,
 * one thread per operation, instead of one piece with several threads per operation. The
 * engine's own threads wait for each other actively at the end of every operation, which
 * costs most of their time as soon as anything else (reading images, another program)
 * takes a core away for a moment; these don't wait for each other.
 */
public final class Workers implements AutoCloseable {

	private static final AtomicInteger COUNT = new AtomicInteger();

	private final int size;
	private final ExecutorService pool;

	/** Starts threads; they don't keep the process alive. */
	public Workers(final int size) {
		if (size < 1) throw new IllegalArgumentException("There must be at least 1 worker, not " + size);
		Engines.start();
		this.size = size;
		pool = Executors.newFixedThreadPool(size, work -> {
			final Thread thread = new Thread(() -> {
				Engines.useOneThreadHere();
				work.run();
			}, "isophene-worker-" + COUNT.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
	}

	/** Returns the number of workers. */
	public int size() {
		return size;
	}

	/**
	 * Does the tasks 0 to n - 1, in any order, and returns when all are done.
	 *
	 * @throws RuntimeException what a task threw first; tasks not yet begun are left out
	 * @throws CancellationException if this thread was interrupted
	 */
	public void run(final int n, final IntConsumer task) {
		final AtomicInteger next = new AtomicInteger();
		final List<Future<?>> runners = new ArrayList<>();
		for (int i = 0; i < Math.min(size, n); i++) {
			runners.add(pool.submit(() -> {
				try {
					for (int t = next.getAndIncrement(); t < n; t = next.getAndIncrement()) task.accept(t);
				}
				catch (final RuntimeException | Error e) {
					next.set(n);
					throw e;
				}
			}));
		}
		Throwable failure = null;
		boolean interrupted = false;
		for (final Future<?> runner : runners) {
			for (boolean waiting = true; waiting;) {
				try {
					runner.get();
					waiting = false;
				}
				catch (final InterruptedException e) {
					// The tasks use arrays of the caller: don't go away before they are through.
					interrupted = true;
					next.set(n);
				}
				catch (final ExecutionException e) {
					if (failure == null) failure = e.getCause();
					waiting = false;
				}
			}
		}
		if (interrupted) Thread.currentThread().interrupt();
		if (failure instanceof RuntimeException e) throw e;
		if (failure instanceof Error e) throw e;
		if (interrupted) throw new CancellationException("Interrupted while computing");
	}

	/** Ends the threads. */
	@Override
	public void close() {
		pool.shutdown();
	}
}
