// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.isophene.run.FieldCount;
import io.github.isophene.screen.Field;

/**
 * A field and where its image comes; runs many on several threads.
 *
 * @param target the image's group
 */
record FieldTask(Field field, Path target) {

	/**
	 * Outcome of a field.
	 *
	 * @param resumed whether it was done before
	 * @param failure why it could not be read; {@code null}: it is written
	 */
	record FieldResult(boolean resumed, String failure) {}

	/**
	 * Runs all; several fields are in memory at once, one per thread.
	 *
	 * @return how each went, in order
	 * @throws CancellationException if the run was canceled; no thread works on then
	 */
	static List<FieldResult> all(final FieldExport export, final List<FieldTask> tasks, final FieldCount count)
		throws IOException
	{
		final int threads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
		final ExecutorService pool = Executors.newFixedThreadPool(threads, work -> {
			final Thread thread = new Thread(work, "isophene-export");
			thread.setDaemon(true);
			return thread;
		});
		try {
			final List<Future<FieldResult>> futures = new ArrayList<>();
			for (final FieldTask task : tasks) futures.add(pool.submit(() -> task.run(export)));
			final List<FieldResult> outcomes = new ArrayList<>();
			for (final Future<FieldResult> future : futures) {
				count.check();
				outcomes.add(future.get());
				count.field();
			}
			return outcomes;
		}
		catch (final InterruptedException exc) {
			Thread.currentThread().interrupt();
			count.check();
			throw new CancellationException("Canceled");
		}
		catch (final ExecutionException exc) {
			if (exc.getCause() instanceof IOException io) throw io;
			if (exc.getCause() instanceof RuntimeException runtime) throw runtime;
			if (exc.getCause() instanceof Error error) throw error;
			throw new IOException(exc.getCause());
		}
		finally {
			stop(pool);
		}
	}

	private FieldResult run(final FieldExport export) throws IOException {
		return export.write(field, target);
	}

	/** Waits until threads have finished or deleted what they are writing. */
	private static void stop(final ExecutorService pool) {
		pool.shutdownNow();
		boolean interrupted = false;
		while (true) {
			try {
				if (pool.awaitTermination(1, TimeUnit.MINUTES)) break;
			}
			catch (final InterruptedException exc) {
				interrupted = true;
			}
		}
		if (interrupted) Thread.currentThread().interrupt();
	}
}
