// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.progress;

/** Watches a correction. */
public interface Progress {

	/** Nobody watches. */
	Progress NONE = new Progress() {

		@Override
		public void at(final String message, final double share) {
			// nobody listens
		}

		@Override
		public boolean isCanceled() {
			return Thread.currentThread().isInterrupted();
		}
	};

	/**
	 * How far the work is.
	 *
	 * @param message what is being done
	 * @param share of the whole chain, 0 to 1
	 */
	void at(String message, double share);

	/**
	 * Something that does not stop the work, but that the user should know.
	 *
	 * @param sentence without a full stop
	 */
	default void warn(final String sentence) {
		// for those who listen
	}

	/** Whether the work shall stop. */
	boolean isCanceled();
}
