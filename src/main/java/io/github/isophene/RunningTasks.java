// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import java.util.HashSet;
import java.util.Set;

import org.scijava.task.Task;

/**
 * The tasks that run now, so that the end of the application can stop them and wait: native
 * code that still computes while the process takes itself apart would crash it.
 */
public final class RunningTasks {

	private final Set<Task> tasks = new HashSet<>();

	synchronized void add(final Task task) {
		tasks.add(task);
	}

	synchronized void remove(final Task task) {
		tasks.remove(task);
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
