// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.isophene.engine.EngineSetting;
import io.github.isophene.engine.NativeLibrary;

/**
 * A folder with PyTorch's native libraries, as Python's wheel, PyTorch's own zip (libtorch)
 * or the engine's cache has them.
 *
 * @param path the folder that holds the libraries themselves
 * @param version {@code 2.7.1}
 * @param build {@code cpu}, {@code cu128}, {@code cu126}...
 */
public record LibraryFolder(Path path, String version, String build) {

	private static final Pattern IN_PYTHON = Pattern.compile("__version__\\s*=\\s*['\"]([^'\"]+)['\"]");
	private static final Pattern IN_CACHE = Pattern.compile("([\\d.]+)-\\d+-(cpu|cu\\d+)-.+");
	private static final int SMALL = 1 << 16;

	/** Libraries of NVIDIA that a build for CUDA needs; their names begin so behind {@code lib}. */
	private static final List<String> NVIDIA = List.of("cudart", "cublas", "cudnn", "cufft", "cusparse");

	/**
	 * Finds the libraries in or below a folder: in itself, or where a virtual environment, its
	 * {@code site-packages}, a package or an unpacked zip has them.
	 *
	 * @throws IOException if there are none, or it can't be told which they are; nothing is loaded
	 */
	public static LibraryFolder find(final Path given) throws IOException {
		if (!Files.exists(given)) throw new IOException("There is no folder " + given);
		if (Files.isRegularFile(given)) return find(given.toAbsolutePath().getParent());
		final String name = System.mapLibraryName("torch");
		for (final Path folder : candidates(given)) {
			if (!Files.isRegularFile(folder.resolve(name))) continue;
			final Path real = folder.toRealPath();
			final String[] version = version(real);
			return new LibraryFolder(real, version[0], version[1]);
		}
		String other = "";
		for (final String foreign : List.of("libtorch.so", "torch.dll", "libtorch.dylib")) {
			for (final Path folder : candidates(given)) {
				if (Files.exists(folder.resolve(foreign))) other = "; the " + foreign + " in it is another system's";
			}
		}
		throw new IOException(
			"There is no " + name + " in " + given + other + ": give the folder torch of an installed PyTorch " +
				NativeLibrary.VERSION + ", the environment it is installed in, or an unpacked libtorch");
	}

	private static List<Path> candidates(final Path given) throws IOException {
		final List<Path> folders = new ArrayList<>();
		folders.add(given);
		for (final String below : List.of("lib", "torch/lib", "libtorch/lib", "Lib/site-packages/torch/lib"))
			folders.add(given.resolve(below));
		if (Files.isDirectory(given.resolve("lib"))) {
			try (DirectoryStream<Path> pythons = Files.newDirectoryStream(given.resolve("lib"), "python3*")) {
				for (final Path python : pythons) folders.add(python.resolve("site-packages/torch/lib"));
			}
		}
		return folders;
	}

	/** Version and build, as the files beside the libraries say. */
	private static String[] version(final Path folder) throws IOException {
		String found = null;
		final Path python = folder.resolveSibling("version.py");
		final Path zip = folder.resolveSibling("build-version");
		final Matcher cache = IN_CACHE.matcher(folder.getFileName().toString());
		if (Files.isRegularFile(python) && Files.size(python) < SMALL) {
			final Matcher m = IN_PYTHON.matcher(Files.readString(python, StandardCharsets.ISO_8859_1));
			if (m.find()) found = m.group(1);
		}
		else
			if (Files.isRegularFile(zip) && Files.size(zip) < SMALL)
				found = Files.readString(zip, StandardCharsets.ISO_8859_1).strip();
			else
				if (cache.matches()) found = cache.group(1) + "+" + cache.group(2);
		if (found == null) {
			throw new IOException(
				"It can't be told which PyTorch is in " + folder + ": the file version.py or build-version is" +
					" missing in the folder above. Copy the whole folder torch (or libtorch), not only its lib");
		}
		final int plus = found.indexOf('+');
		return plus < 0 ? new String[]{found, "cpu"}
			: new String[]{found.substring(0, plus), found.substring(plus + 1)};
	}

	/** Returns whether it is a build for NVIDIA GPUs. */
	public boolean isCuda() {
		return build.matches("cu\\d+");
	}

	/** The build of the bridge that goes with it. */
	public String flavor() {
		return isCuda() ? NativeLibrary.CUDA_FLAVOR : "cpu";
	}

	/**
	 * Looks at names and versions; nothing is loaded.
	 *
	 * @throws IOException that says what doesn't fit, and what to do
	 */
	public void check() throws IOException {
		if (!version.equals(NativeLibrary.VERSION)) {
			throw new IOException(path + " is of PyTorch " + version + ", but the engine's bridge is built for " +
				NativeLibrary.VERSION + ": install torch==" + NativeLibrary.VERSION);
		}
		if (!build.equals("cpu") && !build.startsWith("cu12")) {
			throw new IOException(path + " is PyTorch's build '" + build +
				"', for which there is no bridge: use the one for CUDA 12.8 (" + NativeLibrary.CUDA_FLAVOR + ")");
		}
		final List<String> missing = new ArrayList<>();
		for (final String library : isCuda() ? List.of("c10", "torch_cpu", "c10_cuda", "torch_cuda")
			: List.of("c10", "torch_cpu"))
		{
			final String name = System.mapLibraryName(library);
			if (!Files.isRegularFile(path.resolve(name))) missing.add(name);
		}
		if (!missing.isEmpty())
			throw new IOException(
				path + " is not whole: " + String.join(", ", missing) + " missing. Install or copy it again");
	}

	/** Returns the libraries of NVIDIA that are not beside it; the system may have them elsewhere. */
	public List<String> nvidiaMissing() throws IOException {
		final List<String> missing = new ArrayList<>(isCuda() ? NVIDIA : List.of());
		final List<Path> folders = new ArrayList<>(List.of(path));
		// Python's wheels on Linux have them in packages of their own, beside the package torch.
		final Path packages = path.resolve("../../nvidia").normalize();
		if (Files.isDirectory(packages)) {
			try (Stream<Path> found = Files.list(packages)) {
				found.map(p -> p.resolve("lib")).filter(Files::isDirectory).forEach(folders::add);
			}
		}
		for (final Path folder : folders) {
			try (Stream<Path> files = Files.list(folder)) {
				final List<String> names = files.map(f -> f.getFileName().toString().replaceFirst("^lib", "")).toList();
				missing.removeIf(library -> names.stream().anyMatch(n -> n.startsWith(library)));
			}
		}
		return missing;
	}

	/** The setting that makes the engine start with it. */
	public EngineSetting setting(final Path unpacked) {
		return new EngineSetting(path, version, flavor(), unpacked);
	}

	@Override
	public String toString() {
		return path + " (PyTorch " + version + ", " + build + ")";
	}
}
