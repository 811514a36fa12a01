// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads many small things from far away at once, as most of the time is spent waiting. What is near is read one by
 * one. The system property {@code isophene.remote.connections} (16) bounds how many are under way in this process.
 */
public final class Fetches {

	/**
	 * Operation on each item.
	 *
	 * @param <S> the items
	 * @param <T> what comes of them, not {@code null}
	 */
	@FunctionalInterface
	public interface Fetch<S, T> {

		T of(S item) throws IOException;
	}

	/**
	 * Receiver of what came of an item.
	 *
	 * @param <T> what comes of items
	 */
	@FunctionalInterface
	public interface Receiver<T> {

		void accept(T result) throws IOException;
	}

	/** Made when something remote is read first; its threads end when they have nothing to do. */
	private static final class Threads {

		private static final AtomicInteger COUNT = new AtomicInteger();
		private static final ExecutorService POOL = pool();

		private static ExecutorService pool() {
			final int size = Math.max(1, Integer.getInteger("isophene.remote.connections", 16));
			final ThreadPoolExecutor pool = new ThreadPoolExecutor(size, size, 30, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), task -> {
					final Thread thread = new Thread(task, "isophene-fetch-" + COUNT.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
			pool.allowCoreThreadTimeOut(true);
			return pool;
		}
	}

	private Fetches() {}

	/**
	 * Does something for each item.
	 *
	 * @param location tells whether the items are far away. What is done for an item may not call this again,
	 * as it would wait for itself
	 * @return what came of each, in order
	 * @throws IOException the first failure, in the items' order
	 */
	public static <S, T> List<T> all(final String location, final List<S> items, final Fetch<S, T> fetch)
		throws IOException
	{
		final List<T> results = new ArrayList<>(items.size());
		each(location, items, fetch, results::add);
		return results;
	}

	/**
	 * Does something for each item, and hands on what comes of it, in the items' order: of what is near before the next
	 * item is begun, so that only one is in memory.
	 *
	 * @param location as for {@link #all}
	 * @param receiver called by this thread
	 * @throws IOException the first failure, in the items' order
	 */
	public static <S, T> void each(final String location, final List<S> items, final Fetch<S, T> fetch,
		final Receiver<T> receiver) throws IOException
	{
		if (items.size() < 2 || !Storages.isRemote(location)) {
			for (final S item : items) receiver.accept(fetch.of(item));
			return;
		}
		final List<Future<T>> futures = new ArrayList<>();
		try {
			for (final S item : items) futures.add(Threads.POOL.submit(() -> fetch.of(item)));
			for (int i = 0; i < futures.size(); i++) receiver.accept(futures.set(i, null).get());
		}
		catch (final InterruptedException exc) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("Interrupted while reading " + location);
		}
		catch (final ExecutionException exc) {
			if (exc.getCause() instanceof IOException io) throw io;
			if (exc.getCause() instanceof RuntimeException runtime) throw runtime;
			if (exc.getCause() instanceof Error error) throw error;
			throw new IOException(exc.getCause());
		}
		finally {
			futures.stream().filter(Objects::nonNull).forEach(future -> future.cancel(true));
		}
	}
}
