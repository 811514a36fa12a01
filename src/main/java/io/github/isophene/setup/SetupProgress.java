// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.setup;

import java.util.concurrent.CancellationException;

/** Hears how far a setup is, and can end it. */
public interface SetupProgress {

	/**
	 * @param what is being done
	 * @param done bytes
	 * @param total bytes, -1 if unknown
	 */
	void report(String what, long done, long total);

	/** Returns whether the user wants it to end. */
	boolean isCanceled();

	/** @throws CancellationException if the user wants it to end */
	default void check() {
		if (isCanceled()) throw new CancellationException("GPU Setup was canceled: nothing has been changed");
	}
}
