// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.feedback;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

import javax.swing.SwingUtilities;

/**
 * Work in the background of which only the last that was begun counts: a beginning ends the work before, whose result
 * is not delivered, even if it comes later. Used on Swing's thread.
 */
public final class LatestTask {

	private final String name;
	private Thread running;

	/** @param name of the thread */
	public LatestTask(final String name) {
		this.name = name;
	}

	/**
	 * Begins work, and interrupts the work before.
	 *
	 * @param done takes the result, on Swing's thread
	 * @param failed takes what was thrown instead, on Swing's thread
	 */
	public <T> void begin(final Callable<T> work, final Consumer<T> done, final Consumer<Throwable> failed) {
		end();
		running = new Thread(() -> {
			final Thread self = Thread.currentThread();
			try {
				final T result = work.call();
				deliver(self, () -> done.accept(result));
			}
			// Whoever waits for the result would wait for ever.
			catch (final Exception | Error exc) {
				deliver(self, () -> failed.accept(exc));
			}
		}, name);
		running.setDaemon(true);
		running.start();
	}

	private void deliver(final Thread from, final Runnable result) {
		SwingUtilities.invokeLater(() -> {
			if (running != from) return;
			running = null;
			result.run();
		});
	}

	/** Returns whether work is going on. */
	public boolean isRunning() {
		return running != null;
	}

	/** Interrupts the work that is going on, if any; its result is not delivered. */
	public void end() {
		if (running == null) return;
		running.interrupt();
		running = null;
	}
}
