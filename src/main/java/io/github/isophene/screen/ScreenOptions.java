// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.function.Consumer;

/**
 * What a user may say about a source besides its place.
 *
 * @param pattern for {@code format=pattern}: a regular expression on the path
 *          relative to the source, with the named groups {@code plate},
 *          {@code well} (or {@code row} and {@code column}), {@code site},
 *          {@code channel}, {@code time}, {@code plane} (see {@link PatternFormat});
 *          {@code null} or empty otherwise
 * @param warnings takes a sentence on each thing of the source that is left out or not applied
 */
public record ScreenOptions(String pattern, Consumer<String> warnings) {

	/** A pattern, and nobody who takes warnings. */
	public ScreenOptions(final String pattern) {
		this(pattern, warning -> {});
	}

	/** Nothing chosen. */
	public static ScreenOptions none() {
		return new ScreenOptions("");
	}
}
