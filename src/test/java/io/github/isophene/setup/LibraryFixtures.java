// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.setup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.github.isophene.progress.Progress;

/** Folders and zips that look like PyTorch's, without its gigabytes. */
final class LibraryFixtures {

	private LibraryFixtures() {}

	/** A zip of entries: name, content, name, content... */
	static byte[] zip(final String... entries) throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			for (int i = 0; i < entries.length; i += 2) {
				zip.putNextEntry(new ZipEntry(entries[i]));
				zip.write(entries[i + 1].getBytes(StandardCharsets.ISO_8859_1));
				zip.closeEntry();
			}
		}
		return bytes.toByteArray();
	}

	/** Returns a small libtorch zip for CUDA. */
	static byte[] cudaZip() throws IOException {
		final String[] libraries = {"torch", "torch_cpu", "c10", "torch_cuda", "c10_cuda"};
		final String[] entries = new String[2 * libraries.length + 2];
		for (int i = 0; i < libraries.length; i++) {
			entries[2 * i] = "libtorch/lib/" + System.mapLibraryName(libraries[i]);
			entries[2 * i + 1] = "no library at all".repeat(20_000);
		}
		entries[entries.length - 2] = "libtorch/build-version";
		entries[entries.length - 1] = "2.7.1+cu128\n";
		return zip(entries);
	}

	/** A folder {@code torch} as Python's wheel has it, in small. */
	static Path wheel(final Path site, final String version, final String... libraries) throws IOException {
		final Path lib = Files.createDirectories(site.resolve("torch/lib"));
		for (final String library : libraries)
			Files.writeString(lib.resolve(System.mapLibraryName(library)), "no library at all");
		Files.writeString(site.resolve("torch/version.py"), "__version__ = '" + version + "'\ndebug = False\n");
		return site;
	}

	static Progress progress(final boolean canceled) {
		return new Progress() {

			@Override
			public void report(final String what, final long done, final long total) {}

			@Override
			public boolean isCanceled() {
				return canceled;
			}
		};
	}
}
