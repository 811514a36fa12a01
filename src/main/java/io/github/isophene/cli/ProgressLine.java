// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.task.Task;
import org.scijava.task.event.TaskEvent;

/**
 * Shows how far the running task is: on a terminal one line that is drawn again in place, elsewhere (a log file, a
 * batch system) a plain line every half minute. Everything else that is printed appears above the line.
 */
final class ProgressLine implements AutoCloseable {

	private static final long DRAW_MS = 500;
	private static final long LOG_MS = 30_000;
	private static final String CLEAR = "\r\u001b[K";

	private final boolean terminal;
	private final int columns;
	private final PrintStream out = System.out;
	private final PrintStream err = System.err;
	private final ScheduledExecutorService clock;
	/** Kept here, as the event service holds subscribers weakly. */
	private Object subscribers;
	private Task task;
	private TimeLeft left;
	private boolean drawn;
	/** False while another text's line isn't complete. */
	private boolean atLineStart = true;

	/**
	 * @param terminal whether standard error is a terminal
	 * @param columns width of the terminal in characters
	 */
	ProgressLine(final boolean terminal, final int columns) {
		this.terminal = terminal;
		this.columns = columns;
		clock = Executors.newSingleThreadScheduledExecutor(run -> {
			final Thread thread = new Thread(run, "isophene-progress");
			thread.setDaemon(true);
			return thread;
		});
		if (terminal) {
			System.setOut(new PrintStream(new Above(out), true));
			System.setErr(new PrintStream(new Above(err), true));
		}
		final long every = terminal ? DRAW_MS : LOG_MS;
		clock.scheduleAtFixedRate(this::draw, every, every, TimeUnit.MILLISECONDS);
	}

	/** Follows the tasks of a context. */
	void follow(final EventService events) {
		subscribers = events.subscribe(this);
	}

	@EventHandler
	private synchronized void onEvent(final TaskEvent event) {
		final Task changed = event.getTask();
		if (changed.isDone()) {
			if (changed == task) {
				clear();
				task = null;
			}
		}
		else if (task == null) {
			task = changed;
			left = new TimeLeft(System.nanoTime() * 1e-9);
		}
		if (task != null) left.at(task.getProgressValue(), task.getProgressMaximum(), System.nanoTime() * 1e-9);
	}

	private synchronized void draw() {
		if (task == null || !atLineStart) return;
		final String text = text(task.getName(), left.text(System.nanoTime() * 1e-9), task.getStatusMessage());
		if (!terminal) {
			err.println(text);
			return;
		}
		err.print(CLEAR + (text.length() < columns ? text : text.substring(0, Math.max(0, columns - 1))));
		err.flush();
		drawn = true;
	}

	/** Returns the line: the task, how far it is, and what it does. */
	static String text(final String name, final String progress, final String status) {
		// The time that a status names is that of a part.
		final String doing = status == null ? "" : status.replaceFirst(", [^,]+ left$", "");
		return name + ": " + progress + (doing.isBlank() ? "" : "  " + doing);
	}

	private void clear() {
		if (!drawn) return;
		err.print(CLEAR);
		err.flush();
		drawn = false;
	}

	@Override
	public void close() {
		clock.shutdownNow();
		synchronized (this) {
			clear();
			task = null;
			subscribers = null;
		}
		System.setOut(out);
		System.setErr(err);
	}

	/** Stream that takes the line away before something else is printed. */
	private final class Above extends FilterOutputStream {

		Above(final OutputStream stream) {
			super(stream);
		}

		@Override
		public void write(final byte[] bytes, final int offset, final int length) throws IOException {
			if (length == 0) return;
			synchronized (ProgressLine.this) {
				clear();
				out.write(bytes, offset, length);
				out.flush();
				atLineStart = bytes[offset + length - 1] == '\n';
			}
		}

		@Override
		public void write(final int b) throws IOException {
			write(new byte[]{(byte) b}, 0, 1);
		}
	}
}
