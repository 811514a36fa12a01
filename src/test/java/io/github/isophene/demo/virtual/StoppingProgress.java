// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo.virtual;

import java.util.List;

import io.github.isophene.progress.Progress;

/** Progress that asks to stop as soon as a message has come. */
final class StoppingProgress implements Progress {

	private final String last;
	private final List<Double> shares;
	private volatile boolean stop;

	/**
	 * @param last begin of the message
	 * @param shares receives all shares
	 */
	StoppingProgress(final String last, final List<Double> shares) {
		this.last = last;
		this.shares = shares;
	}

	@Override
	public void report(final String message, final long done, final long total) {
		shares.add((double) done / total);
		if (message.startsWith(last)) stop = true;
	}

	@Override
	public boolean isCanceled() {
		return stop;
	}
}
