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

	/** Returns options without any choice. */
	public static ScreenOptions none() {
		return new ScreenOptions("", false, warning -> {});
	}

	/** Returns these options with a pattern. */
	public ScreenOptions withPattern(final String expression) {
		return new ScreenOptions(expression, remote, warnings);
	}

	/** Returns these options with images on the network allowed or not. */
	public ScreenOptions withRemote(final boolean allowed) {
		return new ScreenOptions(pattern, allowed, warnings);
	}

	/** Returns these options with a receiver of warnings. */
	public ScreenOptions withWarnings(final Consumer<String> receiver) {
		return new ScreenOptions(pattern, remote, receiver);
	}
}
