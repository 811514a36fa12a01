// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.isophene.progress.Progress;
import org.scijava.task.Task;

/**
 * Tasks that run now, each on a thread of its own. The caller waits for the end; but if the task is canceled
 * while native code computes,
 * which nothing can interrupt, the caller goes on after {@link #secondsToCancel} and the thread ends by
 * itself, at its next check. No
 * other task begins before that, and the end of the application waits for it: native code that still computes
 * while the process takes
 * itself apart would crash it.
 */
public final class RunningTasks {

	/**
	 * Time that a canceled task has to end in order, which nearly all do. Only tests of what an orderly end keeps
	 * change it, or they would fail on a busy machine.
	 */
	static volatile double secondsToCancel = 0.8;

	private static final String KEPT = "Canceled; what was finished is kept: run it again to resume";
	private static final String NOTHING = "Canceled; nothing has been written: run it again to begin anew";
	private static final long CHECK_MS = 50;

	/** Work of a task. */
	interface Work<T> {

		T in(Progress progress) throws IOException;
	}

	private final Set<Task> tasks = new HashSet<>();
	private final Set<Task> abandoned = new HashSet<>();

	/**
	 * Runs work to its end, after canceled work that still winds down, as both may write the same files.
	 *
	 * @param interrupt whether cancel interrupts the thread, too; work that must write its state when canceled isn't
	 * @throws CancellationException if the task was canceled, also while the work still winds down
	 */
	<T> T run(final TaskProgress progress, final boolean interrupt, final Work<T> work) throws IOException {
		return run(progress, true, interrupt, true, work);
	}

	/**
	 * @param waits {@code false} for work that neither writes nor computes, and so need not wait for what winds
	 * down
	 * @param keeps whether what canceled work has finished is kept, for the message
	 */
	<T> T run(final TaskProgress progress, final boolean waits, final boolean interrupt, final boolean keeps,
		final Work<T> work) throws IOException
	{
		final Task task = progress.task();
		if (waits) awaitAbandoned(task);
		final FutureTask<T> future = new FutureTask<>(() -> {
			try {
				return work.in(progress);
			}
			finally {
				task.setCancelCallBack(() -> {});
				remove(task);
			}
		});
		final Thread worker = new Thread(future, "Isophene " + task.getName());
		worker.setDaemon(true);
		worker.setContextClassLoader(Thread.currentThread().getContextClassLoader());
		if (interrupt) task.setCancelCallBack(worker::interrupt);
		add(task);
		worker.start();
		return result(progress, future, keeps ? KEPT : NOTHING);
	}

	private <T> T result(final TaskProgress progress, final FutureTask<T> future, final String message)
		throws IOException
	{
		final Task task = progress.task();
		long canceled = 0;
		while (true) {
			try {
				progress.flush();
				return future.get(CHECK_MS, TimeUnit.MILLISECONDS);
			}
			catch (final TimeoutException exc) {
				if (!task.isCanceled()) continue;
				if (canceled == 0) canceled = System.nanoTime();
				if ((System.nanoTime() - canceled) * 1e-9 > secondsToCancel && abandon(task))
					throw new CancellationException(message);
			}
			catch (final InterruptedException exc) {
				// Whoever interrupts the caller means the work.
				task.cancel("Interrupted");
			}
			catch (final ExecutionException exc) {
				throw rethrown(task, exc.getCause(), message);
			}
		}
	}

	private static IOException rethrown(final Task task, final Throwable cause, final String message) {
		if (task.isCanceled() && !(cause instanceof CancellationException) && !(cause instanceof Error)) {
			// An interrupted thread can't read or write: what fails then is no fault of a file.
			throw (CancellationException) new CancellationException(message).initCause(cause);
		}
		if (cause instanceof IOException io) return io;
		if (cause instanceof RuntimeException runtime) throw runtime;
		if (cause instanceof Error error) throw error;
		throw new IllegalStateException(cause);
	}

	private void awaitAbandoned(final Task task) {
		boolean interrupted = false;
		while (anyAbandoned()) {
			task.setStatusMessage("Waiting for the last computation of the canceled run");
			if (interrupted || task.isCanceled()) throw new CancellationException("Canceled before it began");
			interrupted = pause();
		}
	}

	private synchronized boolean anyAbandoned() {
		return !abandoned.isEmpty();
	}

	private synchronized boolean pause() {
		try {
			wait(CHECK_MS);
			return false;
		}
		catch (final InterruptedException exc) {
			return true;
		}
	}

	private synchronized void add(final Task task) {
		tasks.add(task);
	}

	/** Lets a task wind down on its own; {@code false} if it has just ended. */
	private synchronized boolean abandon(final Task task) {
		return tasks.contains(task) && abandoned.add(task);
	}

	private synchronized void remove(final Task task) {
		tasks.remove(task);
		abandoned.remove(task);
		notifyAll();
	}

	/** Cancels all tasks, and waits until they have ended, but no longer than so many seconds. */
	synchronized void stop(final int seconds) {
		tasks.forEach(task -> task.cancel("Isophene is being closed"));
		final long end = System.nanoTime() + seconds * 1_000_000_000L;
		while (!tasks.isEmpty()) {
			final long left = (end - System.nanoTime()) / 1_000_000;
			if (left <= 0) return;
			try {
				wait(left);
			}
			catch (final InterruptedException exc) {
				Thread.currentThread().interrupt();
				return;
			}
		}
	}
}
