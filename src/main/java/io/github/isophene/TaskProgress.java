// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import io.github.isophene.progress.Progress;
import io.github.isophene.storage.Addresses;
import org.scijava.log.Logger;
import org.scijava.task.Task;

/**
 * Progress as SciJava shows it: of a task, which Fiji's windows, the status line and the terminal follow, and of a log.
 * What the worker reports is kept until another thread passes it on: SciJava publishes every report as an event and
 * waits for Swing to receive it, which would slow the worker down, and fail in it when it is interrupted.
 */
final class TaskProgress implements Progress {

	private final Task task;
	private final Logger log;
	private volatile ProgressState state = new ProgressState("", 0, 0);
	private ProgressState passed = state;

	/** Latest report. */
	private record ProgressState(String message, long done, long total) {}

	TaskProgress(final Task task, final Logger log) {
		this.task = task;
		this.log = log;
	}

	Task task() {
		return task;
	}

	/** Passes on what has changed; not for the worker's thread. */
	void flush() {
		final ProgressState now = state;
		if (now.total != passed.total) task.setProgressMaximum(now.total);
		if (now.done != passed.done) task.setProgressValue(now.done);
		if (!now.message.equals(passed.message)) task.setStatusMessage(now.message);
		passed = now;
	}

	@Override
	public void report(final String message, final long done, final long total) {
		final ProgressState before = state;
		final String shown = Addresses.hidden(message);
		state = total > 0 ? new ProgressState(shown, done, total)
			: new ProgressState(shown, before.done, before.total);
	}

	@Override
	public void info(final String sentence) {
		log.info(Addresses.hidden(sentence));
	}

	@Override
	public void warn(final String sentence) {
		log.warn(Addresses.hidden(sentence));
	}

	@Override
	public boolean isCanceled() {
		return task.isCanceled() || Thread.currentThread().isInterrupted();
	}
}
