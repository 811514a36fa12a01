// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.setup;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import io.github.isophene.engine.EngineProbe;
import io.github.isophene.engine.EngineSetting;
import io.github.isophene.progress.Progress;

/** Tries a library in a process of its own: whether the engine starts with it and computes right. */
final class LibraryProbe {

	private static final int SECONDS = 300;

	/** A class or a file of everything that the engine needs on the class path. */
	private static final List<String> NEEDED = List.of("io/github/isophene/engine/EngineProbe.class",
		"ai/djl/Device.class", "ai/djl/pytorch/engine/PtEngine.class", "jnilib/pytorch.properties",
		"com/google/gson/Gson.class", "com/sun/jna/Native.class", "org/slf4j/Logger.class",
		"org/apache/commons/compress/archivers/ArchiveEntry.class", "org/apache/commons/io/IOUtils.class",
		"net/imglib2/RandomAccessibleInterval.class");

	/** The program that runs this; an application may bring a Java without it. */
	private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin",
		System.getProperty("os.name").startsWith("Windows") ? "java.exe" : "java");

	private LibraryProbe() {}

	/** Returns whether a process of its own can be started here. */
	static boolean isPossible() {
		return Files.isExecutable(JAVA);
	}

	/**
	 * @return the device that it computed on, {@code cpu} or {@code gpu:0}
	 * @throws IOException that says why it doesn't work
	 */
	static String run(final LibraryFolder folder, final Progress progress) throws IOException {
		final File output = File.createTempFile("isophene-probe", ".txt");
		try {
			final Process process = start(folder, output);
			try {
				for (int s = 0; process.isAlive(); s++) {
					progress.report("Trying " + folder.path());
					progress.check(GpuLibrarySetup.CANCELED);
					if (s >= SECONDS)
						throw new IOException(
							folder.path() + " was tried, but the engine didn't start within " + SECONDS + " seconds");
					process.waitFor(1, TimeUnit.SECONDS);
				}
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
				progress.check(GpuLibrarySetup.CANCELED);
				throw new IOException("Interrupted while trying " + folder.path(), e);
			}
			finally {
				process.destroyForcibly();
			}
			return verdict(folder, output.toPath(), process);
		}
		finally {
			Files.deleteIfExists(output.toPath());
		}
	}

	private static Process start(final LibraryFolder folder, final File output) throws IOException {
		final EngineSetting setting = folder.setting(null);
		final List<String> command = new ArrayList<>();
		command.add(JAVA.toString());
		command.add("-Xmx512m");
		command.add("-Djava.awt.headless=true");
		command.add("-DPYTORCH_LIBRARY_PATH=" + setting.library());
		command.add("-DPYTORCH_VERSION=" + setting.version());
		command.add("-DPYTORCH_FLAVOR=" + setting.flavor());
		final String cache = System.getProperty("ENGINE_CACHE_DIR");
		if (cache != null) command.add("-DENGINE_CACHE_DIR=" + cache);
		command.add("-cp");
		command.add(String.join(File.pathSeparator, classPath()));
		command.add(EngineProbe.class.getName());
		final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
		builder.environment().keySet().removeIf(key -> key.startsWith("PYTORCH_"));
		return builder.start();
	}

	private static String verdict(final LibraryFolder folder, final Path output, final Process process)
		throws IOException
	{
		String last = "";
		try (BufferedReader lines = Files.newBufferedReader(output, StandardCharsets.ISO_8859_1)) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (line.startsWith(EngineProbe.WORKS) && process.exitValue() == 0)
					return line.substring(EngineProbe.WORKS.length()).strip();
				if (line.startsWith(EngineProbe.FAILS)) {
					throw new IOException(
						folder.path() + " was tried and doesn't work: " + line.substring(EngineProbe.FAILS.length()));
				}
				if (!line.isBlank()) last = line.strip();
			}
		}
		throw new IOException(folder.path() + " was tried, and the process ended with status " + process.exitValue() +
			(last.isEmpty() ? "" : " (" + last + ")") + ": it doesn't fit this machine");
	}

	/** Only what is needed: a Fiji's whole class path is too long for a command line of Windows. */
	private static Set<String> classPath() {
		final Set<String> places = new TreeSet<>();
		final ClassLoader loader = LibraryProbe.class.getClassLoader();
		for (final String file : NEEDED) {
			final URL url = loader.getResource(file);
			if (url != null) places.add(place(url.toString(), file));
		}
		return places;
	}

	private static String place(final String url, final String file) {
		final String place = url.startsWith("jar:") ? url.substring("jar:".length(), url.indexOf("!/"))
			: url.substring(0, url.length() - file.length());
		try {
			return Path.of(new URI(place)).toString();
		}
		catch (final URISyntaxException e) {
			throw new IllegalStateException("The class path has " + url, e);
		}
	}
}
