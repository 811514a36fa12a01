// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.run;

import io.github.isophene.messages.Count;
import io.github.isophene.progress.Durations;
import io.github.isophene.progress.Progress;

/** Count of the fields of a run, and its reports: which plate, how many fields are done, how long the others take. */
public final class FieldCount {

	private final Progress progress;
	private final long total;
	private final long start = System.nanoTime();
	private long done;
	private long skipped;
	private String plate = "";

	/** @param total number of fields of the run */
	public FieldCount(final Progress progress, final long total) {
		this.progress = progress;
		this.total = total;
		progress.report("Looking for finished plates", 0, total);
	}

	/** Counts fields that an earlier run has done. */
	public void skip(final int fields) {
		done += fields;
		skipped += fields;
		progress.report("Resuming after " + done + " of " + Count.of(total, "field"), done, total);
	}

	/** Sets the plate that is being processed. */
	public void plate(final String name) {
		if (name.equals(plate)) return;
		plate = name;
		progress.info("Plate " + name + ", after " + done + " of " + Count.of(total, "field"));
	}

	/** Counts one more field, whether it could be read or not. */
	public void field() {
		done++;
		final double perField = (System.nanoTime() - start) * 1e-9 / Math.max(1, done - skipped);
		progress.report("Plate " + plate + ", " + done + " of " + Count.of(total, "field") + ", " +
			Durations.text(perField * (total - done)) + " left", done, total);
	}

	/** Reports what is being done apart from counting fields. */
	public void status(final String message) {
		progress.report(message);
	}

	/** @throws java.util.concurrent.CancellationException if the run should stop */
	public void check() {
		progress.check(() -> "Canceled after " + done + " of " + Count.of(total, "field") +
			"; run it again to take it up where it stopped (finished plates are kept)");
	}
}
