// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import io.github.isophene.progress.Progress;
import java.util.Locale;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Listener of Spark that reports how many plates are done, and how long the others will take. */
final class PlateCounter extends SparkListener {

	private final Progress progress;
	private final int total;
	private final long start = System.nanoTime();
	private int done;

	PlateCounter(final Progress progress, final int total) {
		this.progress = progress;
		this.total = total;
	}

	@Override
	public synchronized void onTaskEnd(final SparkListenerTaskEnd end) {
		if (!end.taskInfo().successful() || done >= total) return;
		done++;
		final double seconds = (System.nanoTime() - start) * 1e-9;
		progress.report(String.format(Locale.ROOT, "%d of %d plates, %.0f s, about %.0f s left", done, total, seconds,
			seconds / done * (total - done)), done, total);
	}
}
