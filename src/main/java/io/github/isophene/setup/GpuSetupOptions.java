// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.github.isophene.engine.EngineSetting;
import io.github.isophene.engine.NativeLibrary;

/**
 * Options of <em>GPU Setup</em>.
 *
 * @param action one of {@link #ACTIONS}
 * @param library for {@code use}: a folder with PyTorch's libraries, or its zip (libtorch); else {@code null}
 * @param url for {@code download}: where the zip is
 * @param sha256 checksum that the zip must have, in hexadecimal digits; empty: not checked
 * @param folder where a zip is unpacked to
 */
public record GpuSetupOptions(String action, Path library, String url, String sha256, Path folder) {

	/** Tell what is set, take a library that is there, download one, go back to the one that is shipped. */
	public static final List<String> ACTIONS = List.of("status", "use", "download", "undo");

	/** Only tells what is set. */
	public static GpuSetupOptions of(final String action) {
		return new GpuSetupOptions(action, null, "", "", null);
	}

	/** Takes a library that is there. */
	public static GpuSetupOptions use(final Path library) {
		return of("status").withLibrary(library).withAction("use");
	}

	/** Downloads a zip; empty: that of PyTorch's makers for this platform. */
	public static GpuSetupOptions download(final String url) {
		return of("status").withUrl(url).withAction("download");
	}

	/** @throws IllegalArgumentException naming the key that is missing or wrong for the action */
	public GpuSetupOptions {
		action = action == null || action.isBlank() ? "status" : action.strip().toLowerCase(Locale.ROOT);
		if (!ACTIONS.contains(action))
			throw new IllegalArgumentException(
				"action is '" + action + "': choose one of " + String.join(", ", ACTIONS));
		if (action.equals("use") && library == null)
			throw new IllegalArgumentException(
				"library is missing: give a folder with PyTorch " + NativeLibrary.VERSION + ", or its libtorch zip");
		url = url == null || url.isBlank() ? defaultUrl(NativeLibrary.platform()) : url.strip();
		if (action.equals("download") && url.isEmpty())
			throw new IllegalArgumentException(
				"There is no PyTorch for NVIDIA GPUs to download for this platform, " + NativeLibrary.platform());
		if (action.equals("download") && !url.matches("https?://.+"))
			throw new IllegalArgumentException("url is '" + url + "': it must begin with https:// or http://");
		sha256 = sha256 == null ? "" : sha256.strip().toLowerCase(Locale.ROOT);
		if (!sha256.isEmpty() && !sha256.matches("[0-9a-f]{64}"))
			throw new IllegalArgumentException("sha256 is '" + sha256 + "': it has 64 hexadecimal digits");
		if (folder == null)
			folder = EngineSetting.home().resolve("pytorch-" + NativeLibrary.VERSION + "-" + NativeLibrary.CUDA_FLAVOR);
	}

	/** Returns these options with another action, for which all that it needs must be there. */
	public GpuSetupOptions withAction(final String value) {
		return new GpuSetupOptions(value, library, url, sha256, folder);
	}

	/** Returns these options with a folder or zip of a library. */
	public GpuSetupOptions withLibrary(final Path value) {
		return new GpuSetupOptions(action, value, url, sha256, folder);
	}

	/** Returns these options with the address of a zip; empty: that of PyTorch's makers for this platform. */
	public GpuSetupOptions withUrl(final String value) {
		return new GpuSetupOptions(action, library, value, sha256, folder);
	}

	/** Returns these options with the checksum that the zip must have; empty: not checked. */
	public GpuSetupOptions withSha256(final String value) {
		return new GpuSetupOptions(action, library, url, value, folder);
	}

	/** Returns these options with the folder where a zip is unpacked to; {@code null}: in the home folder. */
	public GpuSetupOptions withFolder(final Path value) {
		return new GpuSetupOptions(action, library, url, sha256, value);
	}

	/**
	 * For {@code use}: looks at the library's names and versions, or at the names in its zip; nothing is loaded
	 * or unpacked.
	 *
	 * @throws IOException that says what doesn't fit, and what to do
	 */
	public void requireLibrary() throws IOException {
		if (!action.equals("use")) return;
		if (isZip()) LibraryArchive.check(library);
		else LibraryFolder.find(library).check();
	}

	/** Returns whether the library must be unpacked. */
	boolean isZip() {
		return Files.isRegularFile(library) && library.toString().endsWith(".zip");
	}

	/** Returns the address of the zip at PyTorch's makers; empty where there is none. */
	static String defaultUrl(final String platform) {
		final String system = switch (platform) {
			case "linux-x86_64" -> "cxx11-abi";
			case "win-x86_64" -> "win";
			default -> "";
		};
		return system.isEmpty() ? ""
			: "https://download.pytorch.org/libtorch/" + NativeLibrary.CUDA_FLAVOR + "/libtorch-" + system +
				"-shared-with-deps-" + NativeLibrary.VERSION + "%2B" + NativeLibrary.CUDA_FLAVOR + ".zip";
	}
}
