// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.feedback;

import java.awt.Dialog;
import java.awt.KeyEventDispatcher;
import java.awt.KeyboardFocusManager;
import java.awt.event.KeyEvent;

import javax.swing.SwingUtilities;
import javax.swing.Timer;

import ij.IJ;
import io.github.isophene.progress.Durations;
import org.scijava.app.StatusService;
import org.scijava.task.Task;

/**
 * Feedback of one run on the screen: moves ImageJ's status line and progress bar, shows a {@link RunWindow} if
 * the run takes longer than a
 * moment, and cancels the task when Escape is pressed in ImageJ.
 */
public final class RunFeedback implements AutoCloseable {

	private static final int PERIOD_MS = 100;
	private static final double SECONDS_TO_WINDOW = 0.6;
	/** An estimate of the first moments would jump about. */
	private static final double SECONDS_TO_ESTIMATE = 4;

	private final Task task;
	private final StatusService status;
	private final Timer timer = new Timer(PERIOD_MS, event -> refresh());
	private final KeyEventDispatcher escape = this::escape;
	private final long start = System.nanoTime();
	private RunWindow window;
	private String shown = "";
	private boolean canceling;
	private double firstShare = -1;
	private double firstSeconds;

	private RunFeedback(final Task task, final StatusService status) {
		this.task = task;
		this.status = status;
	}

	/** Starts the feedback of a task; returns at once. */
	public static RunFeedback of(final Task task, final StatusService status) {
		final RunFeedback feedback = new RunFeedback(task, status);
		IJ.resetEscape();
		KeyboardFocusManager.getCurrentKeyboardFocusManager().addKeyEventDispatcher(feedback.escape);
		SwingUtilities.invokeLater(feedback.timer::start);
		return feedback;
	}

	/**
	 * Takes Escape before ImageJ does, which would block Swing for two seconds to abort a macro. A dialog keeps
	 * its Escape.
	 */
	private boolean escape(final KeyEvent event) {
		final boolean taken = event.getID() == KeyEvent.KEY_PRESSED && event.getKeyCode() == KeyEvent.VK_ESCAPE &&
			!(KeyboardFocusManager.getCurrentKeyboardFocusManager().getFocusedWindow() instanceof Dialog);
		if (taken) cancel();
		return taken;
	}

	private void refresh() {
		if (IJ.escapePressed() && !task.isCanceled()) cancel();
		if (window == null && seconds() > SECONDS_TO_WINDOW) {
			window = new RunWindow(task.getName(), this::cancel);
			window.open();
		}
		if (task.isCanceled() && !canceling) {
			canceling = true;
			if (window != null) window.canceling();
		}
		final double share = task.getProgressMaximum() <= 0 || task.getProgressValue() <= 0 ? -1
			: Math.min(1, (double) task.getProgressValue() / task.getProgressMaximum());
		final String text = text(task.getStatusMessage(), share);
		if (window != null) window.show(text, share);
		if (text.equals(shown)) return;
		shown = text;
		if (share < 0) status.showStatus(task.getName() + ": " + text);
		else status.showStatus((int) Math.round(1000 * share), 1000, task.getName() + ": " + text);
	}

	private void cancel() {
		if (task.isCanceled()) return;
		task.cancel("Canceled");
		refresh();
	}

	private String text(final String message, final double share) {
		if (task.isCanceled()) return "Canceling...";
		final String text = message == null || message.isBlank() ? "Starting" : message;
		if (share <= 0 || text.contains(" left")) return text;
		final double now = seconds();
		if (firstShare < 0) {
			firstShare = share;
			firstSeconds = now;
		}
		if (now - firstSeconds < SECONDS_TO_ESTIMATE || share <= firstShare) return text;
		return text + ", " + Durations.text((now - firstSeconds) * (1 - share) / (share - firstShare)) + " left";
	}

	private double seconds() {
		return (System.nanoTime() - start) * 1e-9;
	}

	/** Ends the feedback: closes the window and clears the status line. */
	@Override
	public void close() {
		KeyboardFocusManager.getCurrentKeyboardFocusManager().removeKeyEventDispatcher(escape);
		final boolean canceled = task.isCanceled();
		SwingUtilities.invokeLater(() -> {
			timer.stop();
			if (window != null) window.close();
			status.showStatus(1, 1, task.getName() + (canceled ? ": canceled" : ": done"));
			IJ.resetEscape();
		});
	}
}
