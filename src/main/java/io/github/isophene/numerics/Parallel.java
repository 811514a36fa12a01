// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Independent pieces of work on all processors. A piece writes to places of its own only,
 * so that nothing depends on how many threads there are or who came first.
 */
public final class Parallel {

	/** Threads are kept for a minute, as there are many calls of few milliseconds. */
	private static final ExecutorService HELPERS = Executors.newCachedThreadPool(work -> {
		final Thread thread = new Thread(work, "isophene-assessment");
		thread.setDaemon(true);
		return thread;
	});

	private Parallel() {}

	/**
	 * Does the tasks 0 to n - 1, in any order, and returns when all are done. The calling thread works, too, and waits
	 * for no helper that has not begun: on a busy machine a short call is not held up by the scheduler.
	 *
	 * @throws RuntimeException what a task threw first; tasks not yet begun are left out
	 * @throws CancellationException if this thread was interrupted
	 */
	public static void run(final int n, final IntConsumer task) {
		if (Thread.currentThread().isInterrupted()) throw canceled();
		final Work work = new Work(n, task);
		final int helpers = Math.min(Runtime.getRuntime().availableProcessors(), n) - 1;
		for (int i = 0; i < helpers; i++) HELPERS.execute(work::help);
		work.finish();
	}

	/** Tasks of one call, and who works on them. */
	private static final class Work {

		private final int n;
		private final IntConsumer task;
		private final AtomicInteger next = new AtomicInteger();
		private final AtomicReference<Throwable> failure = new AtomicReference<>();
		private int helping;
		private boolean closed;

		Work(final int n, final IntConsumer task) {
			this.n = n;
			this.task = task;
		}

		void help() {
			synchronized (this) {
				if (closed) return;
				helping++;
			}
			try {
				drain(() -> false);
			}
			finally {
				synchronized (this) {
					helping--;
					notifyAll();
				}
			}
		}

		/** Works on the calling thread, then waits for the helpers that have begun. */
		void finish() {
			drain(Thread.currentThread()::isInterrupted);
			synchronized (this) {
				closed = true;
				try {
					while (helping > 0) wait();
				}
				catch (final InterruptedException e) {
					next.set(n);
					Thread.currentThread().interrupt();
				}
			}
			if (failure.get() instanceof RuntimeException cause) throw cause;
			if (failure.get() instanceof Error cause) throw cause;
			if (Thread.currentThread().isInterrupted()) throw canceled();
		}

		private void drain(final BooleanSupplier stop) {
			try {
				for (int t = next.getAndIncrement(); t < n; t = next.getAndIncrement()) {
					if (stop.getAsBoolean()) {
						next.set(n);
						return;
					}
					task.accept(t);
				}
			}
			catch (final RuntimeException | Error e) {
				failure.compareAndSet(null, e);
				next.set(n);
			}
		}
	}

	private static CancellationException canceled() {
		return new CancellationException("Canceled");
	}
}
