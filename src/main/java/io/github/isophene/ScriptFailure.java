// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script ended with an exception, of which there is only the text that it printed. Where
 * that is a mistake of the user's that our code or the script has told (its message names the remedy),
 * the message alone is this one's; otherwise all of it, as it says the line of the script.
 */
public final class ScriptFailure extends Exception {

	private static final long serialVersionUID = 1L;

	private static final Pattern TOLD = Pattern
		.compile("(?:[\\w.$]+: )*(?:java\\.io\\.IOException|java\\.lang\\.IllegalArgumentException|" +
			"java\\.util\\.concurrent\\.CancellationException|java\\.lang\\.IllegalStateException): (.*)");

	/** Exceptions thrown by a script itself: Groovy's frames of a call of the constructor, then the script's. */
	private static final Pattern BY_SCRIPT = Pattern
		.compile("(?:[\\w.$]+: )*java\\.lang\\.IllegalArgumentException: ([^\\n\\r]*)" +
			"(?:\\R\\s+at org\\.codehaus\\.groovy\\.vmplugin\\.[^\\n\\r]*)*\\R\\s+at [^\\n\\r]*\\.groovy:\\d+\\)");

	public ScriptFailure(final String trace) {
		super(message(trace));
	}

	private static String message(final String trace) {
		// Groovy's first line says it, of Jython's a later one.
		for (final String line : trace.lines().toList()) {
			final Matcher told = TOLD.matcher(line);
			if (told.matches() && trace.contains("io.github.isophene.")) return told.group(1);
		}
		final Matcher thrown = BY_SCRIPT.matcher(trace.strip());
		if (thrown.lookingAt()) return thrown.group(1);
		return "The script failed: " + trace.strip();
	}
}
