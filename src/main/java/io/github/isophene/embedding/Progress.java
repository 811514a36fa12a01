// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.util.Locale;
import java.util.concurrent.CancellationException;

import org.scijava.log.Logger;
import org.scijava.task.Task;

/** Counts fields, tells how long the rest will take, and stops the run when it is cancelled. */
final class Progress {

	private final Task task;
	private final Logger log;
	private final long total;
	private final long start = System.nanoTime();
	private long done;
	private long skipped;
	private String plate = "";
	private long lastShown;

	Progress(final Task task, final Logger log, final long total) {
		this.task = task;
		this.log = log;
		this.total = total;
		task.setProgressMaximum(total);
	}

	/** Fields that an earlier run has done. */
	void skip(final int fields) {
		done += fields;
		skipped += fields;
		task.setProgressValue(done);
	}

	/** One more field is done, well or badly. */
	void field(final String ofPlate) {
		if (!plate.equals(ofPlate)) {
			plate = ofPlate;
			log.info("Plate " + plate + ", after " + done + " of " + total + " fields");
		}
		done++;
		task.setProgressValue(done);
		final long now = System.nanoTime();
		if (now - lastShown < 200_000_000L && done < total) return;
		lastShown = now;
		final double perField = (now - start) * 1e-9 / Math.max(1, done - skipped);
		task.setStatusMessage(String.format(Locale.ROOT, "Plate %s, %d of %d fields, %s left", plate, done, total, duration(
			perField * (total - done))));
	}

	void merging() {
		task.setStatusMessage("Writing profiles");
		checkCanceled();
	}

	/** @throws CancellationException if the task or the thread was told to stop */
	void checkCanceled() {
		if (task.isCanceled() || Thread.currentThread().isInterrupted()) {
			throw new CancellationException("Canceled after " + done + " of " + total +
				" fields; run it again to take it up where it stopped (finished plates are kept)");
		}
	}

	private static String duration(final double seconds) {
		if (seconds < 90) return Math.round(seconds) + " s";
		if (seconds < 5400) return Math.round(seconds / 60) + " min";
		return String.format(Locale.ROOT, "%.1f h", seconds / 3600);
	}
}
