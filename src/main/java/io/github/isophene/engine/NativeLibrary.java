// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.isophene.files.PrivateFolder;

/**
 * Looks for the engine's native library before the engine is started, because the engine
 * itself would try to download a missing one and fail with a message about the network.
 */
public final class NativeLibrary {

	/** The version of the native library that the engine's bridge was built for. */
	public static final String VERSION = "2.7.1";

	/** Flavor of the CUDA build that the bridge was built for. */
	public static final String CUDA_FLAVOR = "cu128";

	/** Platforms that have a native library. */
	static final List<String> PLATFORMS = List.of("linux-x86_64", "linux-aarch64", "osx-aarch64", "win-x86_64");

	static final String CUDA_REMEDY = "To compute on an NVIDIA GPU (Linux or Windows on x86-64), run Plugins > " +
		"Isophene > Setup > GPU" + " Setup... with a PyTorch " + VERSION + " for CUDA 12.8 (its Python wheel will do)";

	/** Message for commands that need no engine. */
	static final String WITHOUT = "Opening screens, correcting profiles, their assessment and the report don't need " +
		"it;" + " embedding, training and prediction must run on such a machine";

	private NativeLibrary() {}

	/** This machine as the libraries name it: {@code linux-x86_64}, {@code osx-aarch64}... */
	public static String platform() {
		final String platform = platform(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
		return platform.startsWith("linux-") && isMusl(Path.of("/")) ? platform.replaceFirst("-", "-musl-") : platform;
	}

	/** Returns whether a Linux has only the C library musl, as Alpine has, while the native libraries need glibc. */
	static boolean isMusl(final Path root) {
		boolean musl = false;
		for (final String folder : List.of("lib", "lib64", "usr/lib", "usr/lib64", "lib/x86_64-linux-gnu",
			"lib/aarch64-linux-gnu", "usr/lib/x86_64-linux-gnu", "usr/lib/aarch64-linux-gnu"))
		{
			if (Files.exists(root.resolve(folder).resolve("libc.so.6"))) return false;
			for (final String arch : List.of("x86_64", "aarch64")) {
				musl |= Files.exists(root.resolve(folder).resolve("ld-musl-" + arch + ".so.1"));
			}
		}
		return musl;
	}

	static String platform(final String osName, final String osArch) {
		final String os = osName.toLowerCase(Locale.ROOT);
		final String arch = osArch.toLowerCase(Locale.ROOT);
		final String system = os.startsWith("win") ? "win" : os.startsWith("mac") ? "osx"
			: os.startsWith("linux") ? "linux"
			: os.replace(' ', '-');
		return system + "-" + (arch.equals("amd64") ? "x86_64" : arch.equals("arm64") ? "aarch64" : arch);
	}

	/**
	 * @return the build that the engine would load: {@code cpu}, {@code cu128}...
	 * @throws EngineException if there is none for this platform
	 */
	static String require() {
		requireSupported(platform());
		requireVersion(setting("PYTORCH_VERSION"));
		final String path = setting("PYTORCH_LIBRARY_PATH");
		return path == null ? requireOnClassPath(platform(), onClassPath(NativeLibrary.class.getClassLoader()))
			: requireInFolder(path);
	}

	/** @param found classifiers of the libraries on the class path, each with its flavor: {@code linux-x86_64 cpu} */
	static String requireOnClassPath(final String platform, final Set<String> found) {
		requireSupported(platform);
		return found.stream()
			.filter(f -> f.startsWith(platform + " "))
			.map(f -> f.substring(platform.length() + 1))
			.sorted(Collections.reverseOrder())
			.findFirst()
			.orElseThrow(() -> new EngineException(
				"The tensor engine's native library for this platform, " + platform + ", is missing" +
					(found.isEmpty() ? "" : " (found only: " + String.join(", ", found) + ")"),
				"Add the file pytorch-native-cpu-" + VERSION + "-" + platform +
					".jar to the jars (in Fiji: Help > Update), or choose the folder of a PyTorch " + VERSION +
					" in GPU Setup",
				null));
	}

	/** The folder that the engine unpacks its libraries into. */
	static Path cache() {
		final String own = setting("ENGINE_CACHE_DIR");
		final String given = own == null ? setting("DJL_CACHE_DIR") : own;
		return given == null ? Path.of(System.getProperty("user.home", "."), ".djl.ai") : Path.of(given);
	}

	/**
	 * Checks the folders that libraries are loaded from: what others put there would run as this user.
	 *
	 * @throws EngineException naming the folder, if others can write to it
	 */
	static void requireTrusted(final Path cache) {
		try {
			if (!Files.isDirectory(cache)) return;
			PrivateFolder.requireUnwritable(cache);
			try (Stream<Path> folders = Files.find(cache.resolve("pytorch"), 2,
				(path, attributes) -> attributes.isDirectory()))
			{
				for (final Path folder : folders.toList()) PrivateFolder.requireUnwritable(folder);
			}
			catch (final NoSuchFileException exc) {
				// Nothing is unpacked yet.
				return;
			}
		}
		catch (final IOException | UncheckedIOException exc) {
			throw new EngineException("The engine's libraries aren't loaded: " + exc.getMessage(),
				"The environment variable ENGINE_CACHE_DIR names another folder", exc);
		}
	}

	/** With another version the engine would go and download. */
	private static void requireVersion(final String version) {
		if (version == null || version.equals(VERSION)) return;
		throw new EngineException("PYTORCH_VERSION is " + version + ", but the engine's bridge is built for " + VERSION,
			"Remove the environment variable PYTORCH_VERSION, and choose a PyTorch " + VERSION + " in GPU Setup", null);
	}

	/** @throws EngineException that says what is supported, and what works without */
	static void requireSupported(final String platform) {
		if (PLATFORMS.contains(platform)) return;
		String hint = "";
		if (platform.startsWith("osx-")) hint = " (on a Mac with Apple silicon use the Fiji, or the Java, for it)";
		else if (platform.contains("-musl-")) hint = " (this Linux has musl instead of glibc)";
		else
			if (platform.matches(".*-(x86|i[3-6]86|arm|aarch32)"))
				hint = " (it is 32 bit; if only the Java is, use one of 64 bit)";
		throw new EngineException(
			"There is no build of the tensor engine (PyTorch " + VERSION + ") for this platform, " + platform + hint,
			"It exists for " + String.join(", ", PLATFORMS) + ". " + WITHOUT, null);
	}

	/** Returns the flavor of the build in a folder, because the engine picks a wrong one if it isn't told. */
	private static String requireInFolder(final String path) {
		final String name = System.mapLibraryName("torch");
		for (final String part : path.split(File.pathSeparator)) {
			final File file = new File(part);
			if (file.isFile() && file.getName().equals(name) || new File(file, name).isFile()) {
				final File folder = file.isFile() ? file.getAbsoluteFile().getParentFile() : file;
				if (setting("PYTORCH_FLAVOR") == null)
					System.setProperty("PYTORCH_FLAVOR",
						new File(folder, System.mapLibraryName("torch_cuda")).isFile() ? CUDA_FLAVOR : "cpu");
				if (setting("PYTORCH_VERSION") == null) System.setProperty("PYTORCH_VERSION", VERSION);
				return setting("PYTORCH_FLAVOR");
			}
		}
		throw new EngineException("PYTORCH_LIBRARY_PATH is " + path + ", but there is no " + name + " in it",
			"Set it to the lib folder of a PyTorch " + VERSION +
				", or remove it (if GPU Setup has set it: run that again, with" +
				" action = undo) to use the library that is shipped",
			null);
	}

	/** Returns the native libraries on the class path, as {@code platform flavor}. */
	static Set<String> onClassPath(final ClassLoader loader) {
		final Set<String> found = new TreeSet<>();
		try {
			for (final URL url : new ArrayList<>(
				Collections.list(loader.getResources("native/lib/pytorch.properties"))))
			{
				final Properties properties = new Properties();
				try (InputStream in = url.openStream()) {
					properties.load(in);
				}
				final String classifier = properties.getProperty("classifier", "");
				final String flavor = properties.getProperty("flavor", "");
				if (properties.getProperty("placeholder") == null && !classifier.isEmpty()) {
					found.add(flavor.isEmpty() ? classifier.replaceFirst("^([^-]+)-(.*)$", "$2 $1")
						: classifier + " " + flavor);
				}
			}
		}
		catch (final IOException e) {
			throw new EngineException("The list of native libraries on the class path can't be read: " + e.getMessage(),
				"Look for a damaged pytorch-native jar", e);
		}
		return found;
	}

	/** An environment variable, or the system property of the same name; {@code null} if neither is set. */
	static String setting(final String name) {
		final String variable = System.getenv(name);
		final String value = variable == null || variable.isBlank() ? System.getProperty(name) : variable;
		return value == null || value.isBlank() ? null : value;
	}
}
