// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.doors;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.isophene.cli.Main;

/** The project's main class in a JVM of its own, as a user's shell starts it. */
final class OwnProcess {

	private final Process process;
	private final Path log;

	private OwnProcess(final Process process, final Path log) {
		this.process = process;
		this.log = log;
	}

	/** @param folder where its log is kept */
	static OwnProcess start(final Path folder, final String... args) throws IOException {
		final List<
			String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				// Starting fast counts more than running fast.
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				Main.class.getName()));
		line.addAll(List.of(args));
		final Path log = Files.createTempFile(folder, "run", ".log");
		return new OwnProcess(new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start(),
			log);
	}

	/** Waits for its end, ten minutes at most (a busy machine is slow), and gives its exit status. */
	int waitFor() throws IOException, InterruptedException {
		final boolean ended = process.waitFor(600, TimeUnit.SECONDS);
		if (!ended) process.destroyForcibly();
		assertTrue(ended, () -> "the run hangs:\n" + output());
		return process.exitValue();
	}

	boolean isAlive() {
		return process.isAlive();
	}

	/** Ends it at once, as kill -9 does. */
	void kill() throws InterruptedException {
		process.destroyForcibly().waitFor();
	}

	/** Asks it to end, as Ctrl-C and kill do. */
	void terminate() {
		process.destroy();
	}

	/** Returns the output of the process. */
	String output() {
		try {
			return Files.readString(log);
		}
		catch (final IOException exc) {
			return "(no output: " + exc + ")";
		}
	}

	static String slashes(final Path path) {
		return path.toString().replace('\\', '/');
	}
}
