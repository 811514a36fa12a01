// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.InvalidPathException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import javax.script.ScriptException;

import io.github.isophene.engine.EngineException;
import io.github.isophene.files.PathNames;
import io.github.isophene.storage.Addresses;

/**
 * Turns what was thrown into the one line that a user reads. Through a future, a
 * script engine and a module runner the same mistake arrives wrapped several times;
 * only the innermost message names the file, the row or the key.
 */
public final class UserErrors {

	/** Letters in a line of a box with a message. */
	private static final int LINE = 100;

	private UserErrors() {}

	/** The innermost cause that is not a mere wrapper. */
	static Throwable cause(final Throwable thrown) {
		Throwable t = thrown;
		while (t.getCause() != null &&
			(isWrapper(t) || t.getMessage() == null || t.getMessage().equals(t.getCause().toString())))
		{
			t = t.getCause();
		}
		return t;
	}

	/** One line (the cause's message; its type too, where that is no mistake of the user's). */
	public static String message(final Throwable thrown) {
		return Addresses.hidden(open(thrown));
	}

	private static String open(final Throwable thrown) {
		final Throwable cause = cause(thrown);
		if (cause instanceof CancellationException) {
			return cause.getMessage() == null ? "Canceled" : cause.getMessage();
		}
		if (cause instanceof InvalidPathException invalid) return PathNames.problem(invalid);
		if (cause instanceof OutOfMemoryError) return outOfMemory();
		final String message = cause.getMessage();
		return isExpected(cause) && message != null ? message : cause.toString();
	}

	/** Java's own message says neither how much there was nor what to do. */
	private static String outOfMemory() {
		return "Java's memory is used up (it may take " + (Runtime.getRuntime().maxMemory() >> 20) +
			" MB): allow more (-Xmx, for example ISOPHENE_JAVA_OPTS=-Xmx8g; in Fiji Edit > Options > Memory & " +
				"Threads), or work on fewer images, rows or features at once";
	}

	/** The same text with line breaks, for boxes that would become wider than the screen. */
	public static String lines(final String message) {
		return message.lines()
			.map(line -> line.replaceAll("(.{1," + LINE + "})( +|$)", "$1\n").stripTrailing())
			.collect(Collectors.joining("\n"));
	}

	/** Returns whether the cause is bad input or a failing disk, not a fault of the program. */
	public static boolean isExpected(final Throwable thrown) {
		final Throwable cause = cause(thrown);
		return cause instanceof java.io.IOException || cause instanceof java.io.UncheckedIOException ||
			cause instanceof IllegalArgumentException || cause instanceof IllegalStateException ||
			cause instanceof CancellationException || cause instanceof UnsupportedOperationException ||
			cause instanceof EngineException || cause instanceof ScriptFailure;
	}

	/** Returns whether the user canceled what was running. */
	public static boolean isCancellation(final Throwable thrown) {
		return cause(thrown) instanceof CancellationException;
	}

	private static boolean isWrapper(final Throwable t) {
		return t instanceof InvocationTargetException || t instanceof ExecutionException ||
			t instanceof ScriptException || t.getClass() == RuntimeException.class ||
			t instanceof java.io.UncheckedIOException;
	}
}
