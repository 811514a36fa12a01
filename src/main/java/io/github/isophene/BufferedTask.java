// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import java.util.concurrent.ExecutionException;

import org.scijava.task.Task;

/**
 * Task as its worker sees it: what the worker reports is kept until another thread passes it on. SciJava
 * publishes every report as an
 * event and waits for Swing to receive it, which would slow the worker down, and fail in it when it is interrupted.
 */
final class BufferedTask implements Task {

	private final Task task;
	private volatile String status = "";
	private volatile long value;
	private volatile long maximum;
	private String passedStatus = "";
	private long passedValue;
	private long passedMaximum;

	BufferedTask(final Task task) {
		this.task = task;
	}

	/** Passes on what has changed; not for the worker's thread. */
	void flush() {
		if (maximum != passedMaximum) task.setProgressMaximum(passedMaximum = maximum);
		if (value != passedValue) task.setProgressValue(passedValue = value);
		if (!status.equals(passedStatus)) task.setStatusMessage(passedStatus = status);
	}

	@Override
	public void run(final Runnable r) {
		r.run();
	}

	@Override
	public void waitFor() throws InterruptedException, ExecutionException {
		task.waitFor();
	}

	@Override
	public void start() {
		// Started by the thread that waits for the worker.
	}

	@Override
	public void finish() {
		// Finished by the thread that waits for the worker.
	}

	@Override
	public boolean isDone() {
		return task.isDone();
	}

	@Override
	public boolean isCanceled() {
		return task.isCanceled();
	}

	@Override
	public void cancel(final String reason) {
		task.cancel(reason);
	}

	@Override
	public String getCancelReason() {
		return task.getCancelReason();
	}

	@Override
	public String getStatusMessage() {
		return status;
	}

	@Override
	public void setStatusMessage(final String message) {
		status = message == null ? "" : message;
	}

	@Override
	public long getProgressValue() {
		return value;
	}

	@Override
	public void setProgressValue(final long now) {
		value = now;
	}

	@Override
	public long getProgressMaximum() {
		return maximum;
	}

	@Override
	public void setProgressMaximum(final long max) {
		maximum = max;
	}

	@Override
	public void setCancelCallBack(final Runnable r) {
		task.setCancelCallBack(r);
	}

	@Override
	public Runnable getCancelCallBack() {
		return task.getCancelCallBack();
	}

	@Override
	public String getName() {
		return task.getName();
	}

	@Override
	public void setName(final String name) {
		task.setName(name);
	}
}
