// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.run;

import java.util.Locale;
import java.util.concurrent.CancellationException;

import io.github.isophene.messages.Count;
import org.scijava.log.Logger;
import org.scijava.task.Task;

/** Counts fields, tells how long the rest will take, and stops the run when it is cancelled. */
public final class RunProgress {

	private final Task task;
	private final Logger log;
	private final long total;
	private final long start = System.nanoTime();
	private long done;
	private long skipped;
	private String plate = "";
	private long lastShown;

	/** @param total how many fields there are */
	public RunProgress(final Task task, final Logger log, final long total) {
		this.task = task;
		this.log = log;
		this.total = total;
		task.setProgressMaximum(total);
	}

	/** Fields that an earlier run has done. */
	public void skip(final int fields) {
		done += fields;
		skipped += fields;
		task.setProgressValue(done);
	}

	/** Sets the plate that is being processed. */
	public void plate(final String name) {
		if (name.equals(plate)) return;
		plate = name;
		log.info("Plate " + name + ", after " + done + " of " + Count.of(total, "field"));
	}

	/** One more field is done, well or badly. */
	public void field() {
		done++;
		task.setProgressValue(done);
		final long now = System.nanoTime();
		if (now - lastShown < 200_000_000L && done < total) return;
		lastShown = now;
		final double perField = (now - start) * 1e-9 / Math.max(1, done - skipped);
		task.setStatusMessage(String.format(Locale.ROOT, "Plate %s, %d of %s, %s left", plate, done,
			Count.of(total, "field"), duration(perField * (total - done))));
	}

	/** Tells what is being done apart from counting fields. */
	public void status(final String what) {
		task.setStatusMessage(what);
	}

	/** @throws CancellationException if the task or the thread was told to stop */
	public void checkCanceled() {
		if (task.isCanceled() || Thread.currentThread().isInterrupted()) {
			throw new CancellationException("Canceled after " + done + " of " + Count.of(total, "field") +
				"; run it again to take it up where it stopped (finished plates are kept)");
		}
	}

	private static String duration(final double seconds) {
		if (seconds < 90) return Math.round(seconds) + " s";
		if (seconds < 5400) return Math.round(seconds / 60) + " min";
		return String.format(Locale.ROOT, "%.1f h", seconds / 3600);
	}
}
