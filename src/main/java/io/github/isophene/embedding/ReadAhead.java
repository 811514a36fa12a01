// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Runs one task per item on several threads and hands the results out in the
 * items' order, never more than a window ahead of the consumer: so much memory and
 * no more, and an order that doesn't depend on which disk was faster.
 *
 * @param <S> what a task is made from
 * @param <T> what it gives
 */
final class ReadAhead<S, T> implements Iterator<T>, AutoCloseable {

	private static final AtomicInteger COUNT = new AtomicInteger();

	private final Iterator<S> items;
	private final Function<S, Callable<T>> task;
	private final int window;
	private final ExecutorService threads;
	private final Deque<Future<T>> ahead = new ArrayDeque<>();

	/**
	 * @param threadCount how many tasks run at once
	 * @param window how many results may wait, at least {@code threadCount}
	 */
	ReadAhead(final Iterable<S> items, final Function<S, Callable<T>> task, final int threadCount, final int window) {
		this.items = items.iterator();
		this.task = task;
		this.window = Math.max(window, threadCount);
		threads = Executors.newFixedThreadPool(threadCount, r -> {
			final Thread thread = new Thread(r, "isophene-reader-" + COUNT.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
		fill();
	}

	@Override
	public boolean hasNext() {
		return !ahead.isEmpty();
	}

	/**
	 * The next item's result.
	 *
	 * @throws CancellationException if this thread was interrupted or this was closed
	 */
	@Override
	public T next() {
		if (ahead.isEmpty()) throw new NoSuchElementException();
		final T result = Futures.of(ahead.peek());
		ahead.poll();
		fill();
		return result;
	}

	private void fill() {
		while (ahead.size() < window && items.hasNext()) ahead.add(threads.submit(task.apply(items.next())));
	}

	/** Stops reading; what is being read is abandoned. */
	@Override
	public void close() {
		threads.shutdownNow();
		ahead.clear();
	}
}
