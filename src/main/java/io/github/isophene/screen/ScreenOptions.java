// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

/**
 * What a user may say about a source besides its place.
 *
 * @param pattern for {@code format=pattern}: a regular expression on the path
 *          relative to the source, with the named groups {@code plate},
 *          {@code well} (or {@code row} and {@code column}), {@code site},
 *          {@code channel}, {@code time}, {@code plane} (see {@code PatternFormat});
 *          {@code null} or empty otherwise
 */
public record ScreenOptions(String pattern) {

	/** Nothing chosen. */
	public static ScreenOptions none() {
		return new ScreenOptions("");
	}
}
