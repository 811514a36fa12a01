// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Properties;

import io.github.isophene.files.AtomicFile;

/**
 * Native library that the engine starts with, where it isn't the one that is shipped: what
 * <em>GPU Setup</em> has written for this user. The engine reads it when it is started, once
 * per process; environment variables go before it.
 *
 * @param library folder that holds PyTorch's libraries
 * @param version of PyTorch, {@code 2.7.1}
 * @param flavor build of the bridge to it: {@code cpu} or {@code cu128}
 * @param unpacked folder that GPU Setup itself has made and may delete; {@code null} if none
 */
public record EngineSetting(Path library, String version, String flavor, Path unpacked) {

	/** System property, or environment variable, that moves the file of the setting. */
	public static final String FILE = "ISOPHENE_ENGINE_SETTING";

	/** Returns the file that holds the setting. */
	public static Path file() {
		final String elsewhere = NativeLibrary.setting(FILE);
		return elsewhere == null ? home().resolve("engine.properties") : Path.of(elsewhere);
	}

	/** The folder of this user for what the engine needs: {@code .isophene} in the home folder. */
	public static Path home() {
		return Path.of(System.getProperty("user.home", "."), ".isophene");
	}

	/**
	 * The setting; {@code null} if there is none.
	 *
	 * @throws IOException naming the file, if it can't be read or says nothing sensible
	 */
	public static EngineSetting read() throws IOException {
		final Path file = file();
		if (!Files.exists(file)) return null;
		final Properties properties = new Properties();
		try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
			properties.load(in);
			final String unpacked = properties.getProperty("unpacked", "");
			return new EngineSetting(Path.of(value(properties, "library")), value(properties, "version"),
				value(properties, "flavor"), unpacked.isBlank() ? null : Path.of(unpacked));
		}
		catch (final IOException | IllegalArgumentException e) {
			throw new IOException("The engine's setting " + file + " can't be read (" +
				(e instanceof InvalidPathException ? "no path: " : "") + e.getMessage() +
				"): run GPU Setup again, or delete the file", e);
		}
	}

	private static String value(final Properties properties, final String key) {
		final String value = properties.getProperty(key, "").strip();
		if (value.isEmpty()) throw new IllegalArgumentException(key + " is missing");
		return value;
	}

	/** Writes it for the next start, whole or not at all. */
	public void write() throws IOException {
		final Properties properties = new Properties();
		properties.setProperty("library", library.toString());
		properties.setProperty("version", version);
		properties.setProperty("flavor", flavor);
		properties.setProperty("unpacked", unpacked == null ? "" : unpacked.toString());
		final StringWriter text = new StringWriter();
		properties.store(text, "Written by Isophene's GPU Setup. Delete this file to use the library that is shipped.");
		AtomicFile.write(file(), text.toString());
	}

	/** Takes it back; the engine starts with the library that is shipped again. */
	public static void remove() throws IOException {
		Files.deleteIfExists(file());
	}

	/** Returns whether it is a build for NVIDIA GPUs. */
	public boolean isCuda() {
		return flavor.startsWith("cu");
	}

	@Override
	public String toString() {
		return library + " (PyTorch " + version + ", " + flavor + ")";
	}

	/**
	 * Tells the engine, which must not have been started.
	 *
	 * @return a sentence on what became of it, for the status; empty if there is no setting
	 * @throws EngineException if it can't be followed
	 */
	static String apply() {
		final EngineSetting setting;
		try {
			setting = read();
		}
		catch (final IOException e) {
			throw new EngineException(e.getMessage(), "", e);
		}
		if (setting == null) return "";
		if (NativeLibrary.setting("PYTORCH_LIBRARY_PATH") != null) {
			return setting + " is set but not used, as the environment has PYTORCH_LIBRARY_PATH";
		}
		if (setting.isCuda() && !NvidiaDriver.isPresent()) {
			return setting + " is set but not used, as this machine has no NVIDIA driver";
		}
		System.setProperty("PYTORCH_LIBRARY_PATH", setting.library().toString());
		System.setProperty("PYTORCH_VERSION", setting.version());
		System.setProperty("PYTORCH_FLAVOR", setting.flavor());
		return setting.toString();
	}
}
