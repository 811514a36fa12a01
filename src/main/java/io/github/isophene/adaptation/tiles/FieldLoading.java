// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.tiles;

import java.io.IOException;

import io.github.isophene.engine.Workers;
import io.github.isophene.pixels.CachedTiles;

/** Decodes fields into a cache, several at a time; one that can't be read doesn't stop the others. */
public final class FieldLoading {

	private FieldLoading() {}

	/**
	 * Loads some fields.
	 *
	 * @param fields their indices in the cache
	 * @return for each why it can't be read; {@code null} if it was
	 * @throws java.util.concurrent.CancellationException if the thread is interrupted
	 */
	public static Exception[] load(final CachedTiles cache, final int[] fields, final Workers workers) {
		final Exception[] failures = new Exception[fields.length];
		workers.run(fields.length, i -> {
			try {
				cache.load(fields[i]);
			}
			catch (final IOException | RuntimeException exc) {
				failures[i] = exc;
			}
		});
		return failures;
	}

	/** Returns the reason of a failure as the user reads it. */
	public static String reason(final Exception failure) {
		return failure.getMessage() == null ? failure.toString() : failure.getMessage();
	}
}
