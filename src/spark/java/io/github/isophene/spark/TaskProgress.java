// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import java.util.Locale;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Tells on the driver's console how many plates are done, and how long the others will take. */
final class TaskProgress extends SparkListener {

	private final int total;
	private final long start = System.nanoTime();
	private int done;

	TaskProgress(final int total) {
		this.total = total;
	}

	@Override
	public synchronized void onTaskEnd(final SparkListenerTaskEnd end) {
		if (!end.taskInfo().successful() || done >= total) return;
		done++;
		final double seconds = (System.nanoTime() - start) * 1e-9;
		System.out.printf(Locale.ROOT, "%d of %d plates, %.0f s, about %.0f s left%n", done, total, seconds,
			seconds / done * (total - done));
	}
}
