// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

/** Watches a screen being made. Called from the thread that makes it. */
@FunctionalInterface
public interface DemoProgress {

	/**
	 * Called after every field, and once before the first.
	 *
	 * @param done fields written so far
	 * @param total fields of the whole screen
	 */
	void fields(int done, int total);

	/** Returns whether to stop; asked after every field. */
	default boolean isCanceled() {
		return false;
	}

	/** Watches nothing and never stops. */
	static DemoProgress none() {
		return (done, total) -> {};
	}
}
