// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.function.Consumer;

/**
 * Choices of a user about a source besides its place.
 *
 * @param pattern for {@code format=pattern}: a regular expression on the path
 *          relative to the source, with the named groups {@code plate},
 *          {@code well} (or {@code row} and {@code column}), {@code site},
 *          {@code channel}, {@code time}, {@code plane} (see {@code PatternFormat});
 *          {@code null} or empty otherwise
 * @param remote whether images that a file on this machine lists may lie on the network; otherwise the user's
 *          {@link io.github.isophene.storage.RemoteConsent} decides
 * @param warnings receives one sentence each on what a user has to know of the screen
 */
public record ScreenOptions(String pattern, boolean remote, Consumer<String> warnings) {

	/** Options with a pattern, without images on the network. */
	public ScreenOptions(final String pattern) {
		this(pattern, false, warning -> {});
	}

	/** Options with a pattern and a receiver of warnings, without images on the network. */
	public ScreenOptions(final String pattern, final Consumer<String> warnings) {
		this(pattern, false, warnings);
	}

	/** Returns options without any choice. */
	public static ScreenOptions none() {
		return new ScreenOptions("");
	}
}
