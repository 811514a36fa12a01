// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.spark.launcher.JavaModuleOptions;

/** A process of a cluster, or one that submits to it, with the class path of the tests. */
final class SparkProcess implements AutoCloseable {

	private final Process process;
	private final Path log;

	private SparkProcess(final Process process, final Path log) {
		this.process = process;
		this.log = log;
	}

	/**
	 * Starts a class.
	 *
	 * @param home what stands for Spark's own folder, see {@link #home}
	 * @param settings Spark's, as system properties
	 */
	static SparkProcess start(final Path home, final Map<String, String> settings, final Class<?> main,
		final String... args) throws IOException
	{
		final List<String> line = new ArrayList<>(
			List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g", "-XX:+UseSerialGC"));
		line.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
		settings.forEach((key, value) -> line.add("-D" + key + "=" + value));
		line.addAll(List.of("-cp", String.join(File.pathSeparator, classPath()), main.getName()));
		line.addAll(List.of(args));
		final Path log = Files.createTempFile(home, main.getSimpleName(), ".log");
		final ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
		builder.environment()
			.putAll(
				Map.of("SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.13", "SPARK_LOCAL_IP", "127.0.0.1"));
		return new SparkProcess(builder.start(), log);
	}

	/** A folder as a downloaded Spark has it, with our class path as its jars, so that workers can start executors. */
	static Path home(final Path folder) throws IOException {
		final Path jars = Files.createDirectories(folder.resolve("jars"));
		for (final String entry : classPath()) {
			final Path path = Path.of(entry).toAbsolutePath();
			try {
				if (entry.endsWith(".jar")) link(jars.resolve(path.getFileName()), path);
			}
			catch (final FileAlreadyExistsException e) {
				// Two artifacts of one file name: the first counts, as on a class path.
			}
		}
		return folder;
	}

	private static void link(final Path link, final Path file) throws IOException {
		try {
			Files.createLink(link, file);
		}
		catch (final FileAlreadyExistsException e) {
			throw e;
		}
		catch (final FileSystemException e) {
			// On another disk.
			Files.createSymbolicLink(link, file);
		}
	}

	/** Of our own classes: under <code>mvn exec:java</code> the property tells only Maven's. */
	private static List<String> classPath() {
		if (SparkProcess.class.getClassLoader() instanceof URLClassLoader loader)
			return Arrays.stream(loader.getURLs()).map(url -> Path.of(URI.create(url.toString())).toString()).toList();
		return List.of(System.getProperty("java.class.path").split(File.pathSeparator));
	}

	/** The folders of the class path, which are no jars. */
	static String folders() {
		final List<String> folders = new ArrayList<>();
		for (final String entry : classPath()) {
			if (!entry.endsWith(".jar")) folders.add(Path.of(entry).toAbsolutePath().toString());
		}
		return String.join(File.pathSeparator, folders);
	}

	/** Waits for its end, ten minutes at most (a busy machine is slow), and gives its exit status. */
	int waitFor() throws InterruptedException {
		final boolean ended = process.waitFor(600, TimeUnit.SECONDS);
		if (!ended) close();
		assertTrue(ended, () -> "it hangs:\n" + output());
		return process.exitValue();
	}

	/** Processor time that it has taken so far, seconds; 0 when it has ended, or where the system doesn't tell. */
	double processorSeconds() {
		return process.toHandle().info().totalCpuDuration().map(time -> time.toMillis() * 1e-3).orElse(0.0);
	}

	/** Holds it, and what it will start, to one processor of a Linux machine. */
	void holdTo(final int processor) throws IOException, InterruptedException {
		final int status = new ProcessBuilder("taskset", "-a", "-p", "-c", "" + processor, "" + process.pid()).start()
			.waitFor();
		assertTrue(status == 0, "taskset is missing");
	}

	/** Lets it and what it has started run for a tenth of the time, until the result is closed; not on Windows. */
	Closeable slowDown() {
		final AtomicBoolean slow = new AtomicBoolean(true);
		final Thread thread = new Thread(() -> {
			while (slow.get() && process.isAlive()) {
				signal("STOP");
				sleep(450);
				signal("CONT");
				sleep(50);
			}
		}, "slow worker");
		thread.start();
		return () -> {
			slow.set(false);
			try {
				thread.join();
			}
			catch (final InterruptedException exc) {
				Thread.currentThread().interrupt();
			}
		};
	}

	private void signal(final String name) {
		final List<String> line = new ArrayList<>(List.of("kill", "-" + name, "" + process.pid()));
		process.descendants().forEach(child -> line.add("" + child.pid()));
		try {
			new ProcessBuilder(line).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor();
		}
		catch (final IOException exc) {
			throw new UncheckedIOException(exc);
		}
		catch (final InterruptedException exc) {
			Thread.currentThread().interrupt();
		}
	}

	private static void sleep(final long milliseconds) {
		try {
			Thread.sleep(milliseconds);
		}
		catch (final InterruptedException exc) {
			Thread.currentThread().interrupt();
		}
	}

	boolean isAlive() {
		return process.isAlive();
	}

	/** Ends it and the executors that it has started, at once, as a machine that loses its power. */
	void kill() {
		final List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
		all.add(process.toHandle());
		all.forEach(ProcessHandle::destroyForcibly);
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

	@Override
	public void close() {
		kill();
	}
}
