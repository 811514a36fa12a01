// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.progress;

import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * Progress of long work, its sentences for the log, and the request to stop it. Every long operation takes one and
 * gives parts of it to the operations that it is made of:
 *
 * <pre>
 * for (int i = 0; i &lt; files.size(); i++) {
 * 	progress.check();
 * 	convert(files.get(i), progress.part(files.get(i) + ": ", i, i + 1, files.size()));
 * }
 * </pre>
 *
 * Called by the thread that does the work; implementations return at once.
 */
@FunctionalInterface
public interface Progress {

	/** Steps in which {@link #at} counts. */
	long RESOLUTION = 10_000;

	/** Shows nothing; stops when the thread is interrupted. */
	Progress NONE = (message, done, total) -> {};

	/**
	 * Reports how much of the work is done.
	 *
	 * @param message what is being done
	 * @param done units of work that are done
	 * @param total units of the whole work; 0 if the message is all that changes
	 */
	void report(String message, long done, long total);

	/** Reports what is being done; how much of the work is done stays as it was. */
	default void report(final String message) {
		report(message, 0, 0);
	}

	/**
	 * Reports the share of the work that is done.
	 *
	 * @param message what is being done
	 * @param share of the whole work that is done, 0 to 1
	 */
	default void at(final String message, final double share) {
		report(message, Math.round(RESOLUTION * share), RESOLUTION);
	}

	/**
	 * Reports a fact for the log.
	 *
	 * @param sentence without a full stop
	 */
	default void info(final String sentence) {
		// for those who listen
	}

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
		check(() -> "Canceled; nothing has been written");
	}

	/**
	 * Ends the work if it should stop.
	 *
	 * @param message what becomes of what is done
	 * @throws CancellationException with this message if the work should stop
	 */
	default void check(final Supplier<String> message) {
		if (isCanceled()) throw new CancellationException(message.get());
	}

	/**
	 * Returns the progress of a part of the work. Its sentences and the request to stop are those of the whole.
	 *
	 * @param prefix of the part's messages and warnings
	 * @param from units of the whole work that are done when the part begins
	 * @param to units that are done when it ends; as many as when it begins for a part that moves nothing
	 * @param total units of the whole work
	 */
	default Progress part(final String prefix, final double from, final double to, final double total) {
		return new PartOfProgress(this, prefix, from / total, to / total);
	}

	/** Returns this progress without its sentences for the log. */
	default Progress quiet() {
		return new PartOfProgress(this, "", 0, 1) {

			@Override
			public void info(final String sentence) {
				// quiet
			}

			@Override
			public void warn(final String sentence) {
				// quiet
			}
		};
	}
}
