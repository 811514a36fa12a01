// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.progress;

/** Progress of a part of some work, as a range of the progress of the whole. */
class PartOfProgress implements Progress {

	private final Progress whole;
	private final String prefix;
	private final double from;
	private final double to;

	/**
	 * @param from share of the whole work at the part's begin, 0 to 1
	 * @param to share at its end
	 */
	PartOfProgress(final Progress whole, final String prefix, final double from, final double to) {
		this.whole = whole;
		this.prefix = prefix;
		this.from = from;
		this.to = to;
	}

	@Override
	public void report(final String message, final long done, final long total) {
		if (total <= 0 || from == to) whole.report(prefix + message);
		else whole.at(prefix + message, from + (to - from) * Math.min(1, (double) done / total));
	}

	@Override
	public void info(final String sentence) {
		whole.info(prefix + sentence);
	}

	@Override
	public void warn(final String sentence) {
		whole.warn(prefix + sentence);
	}

	@Override
	public boolean isCanceled() {
		return whole.isCanceled();
	}
}
