// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.progress;

/** Progress that cancels the work from a report on, as a user does who presses the button then. */
public final class StoppingProgress implements Progress {

	/** Condition on a report. */
	@FunctionalInterface
	public interface StopCondition {

		/** Returns whether a report is the last one before the work is canceled. */
		boolean isMet(String message, long done, long total);
	}

	private final StopCondition condition;
	private volatile boolean canceled;
	private volatile long done;

	/** Cancels only when {@link #cancel()} is called. */
	public StoppingProgress() {
		this((message, done, total) -> false);
	}

	public StoppingProgress(final StopCondition condition) {
		this.condition = condition;
	}

	/** Cancels when so many units are done. */
	public static StoppingProgress after(final double units) {
		return new StoppingProgress((message, done, total) -> done >= units);
	}

	/** Cancels at a report, counted from 1; never for a smaller number. */
	public static StoppingProgress atReport(final int number) {
		final int[] seen = {0};
		return new StoppingProgress((message, done, total) -> ++seen[0] == number);
	}

	@Override
	public void report(final String message, final long units, final long total) {
		if (total > 0) done = units;
		if (condition.isMet(message, units, total)) canceled = true;
	}

	/** Cancels the work now. */
	public void cancel() {
		canceled = true;
	}

	/** Returns the number of units that were done at the last report. */
	public long done() {
		return done;
	}

	@Override
	public boolean isCanceled() {
		return canceled;
	}
}
