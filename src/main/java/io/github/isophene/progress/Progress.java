// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.progress;

import java.util.concurrent.CancellationException;

/** Progress of long work, its warnings, and the request to stop it. */
@FunctionalInterface
public interface Progress {

	/** Shows nothing; stops when the thread is interrupted. */
	Progress NONE = (message, share) -> {};

	/**
	 * Reports how much of the work is done.
	 *
	 * @param message what is being done
	 * @param share of the whole work that is done, 0 to 1
	 */
	void at(String message, double share);

	/**
	 * Reports something that does not stop the work, but that the user should know.
	 *
	 * @param sentence without a full stop
	 */
	default void warn(final String sentence) {
		// for those who listen
	}

	/** Returns whether the work should stop. */
	default boolean isCanceled() {
		return Thread.currentThread().isInterrupted();
	}

	/** @throws CancellationException if the work should stop */
	default void check() {
		if (isCanceled()) throw new CancellationException("Canceled; nothing has been written");
	}
}
