// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Run of the project's main class within the JVM of the tests: for what doesn't depend on a start of Java, which costs
 * seconds.
 *
 * @param status the exit status
 * @param output standard output and standard error
 */
public record InProcess(int status, String output) {

	/** Runs the arguments to the end. */
	public static InProcess run(final String... args) {
		final PrintStream out = System.out;
		final PrintStream err = System.err;
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		final PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8);
		System.setOut(both);
		System.setErr(both);
		try {
			final int status = Main.run(args);
			return new InProcess(status, bytes.toString(StandardCharsets.UTF_8));
		}
		finally {
			System.setOut(out);
			System.setErr(err);
		}
	}
}
