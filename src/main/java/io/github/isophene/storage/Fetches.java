// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
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
		if (items.size() < 2 || !Storages.isRemote(location)) {
			for (final S item : items) results.add(fetch.of(item));
			return results;
		}
		final List<Future<T>> futures = new ArrayList<>();
		try {
			for (final S item : items) futures.add(Threads.POOL.submit(() -> fetch.of(item)));
			for (final Future<T> future : futures) results.add(future.get());
			return results;
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
			futures.forEach(future -> future.cancel(true));
		}
	}
}
