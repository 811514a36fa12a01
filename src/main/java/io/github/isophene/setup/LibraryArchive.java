// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.setup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

import io.github.isophene.progress.Progress;

/**
 * Unpacks the libraries of PyTorch's own zip (libtorch) as it comes in, and nothing else of
 * it: no headers, no static libraries, nothing whose name leads elsewhere.
 */
final class LibraryArchive {

	/** More than any build has; what is written is limited by this whatever the zip says of itself. */
	static final long MAX_BYTES = 16L << 30;

	private static final Pattern LIBRARY = Pattern.compile("libtorch/lib/([A-Za-z0-9_+-][A-Za-z0-9_.+-]*)");
	private static final int MAX_ENTRIES = 100_000;

	private LibraryArchive() {}

	/**
	 * Looks for libraries among the names in a zip.
	 *
	 * @throws IOException if it is no zip, or holds none
	 */
	static void check(final Path file) throws IOException {
		try (ZipFile zip = new ZipFile(file.toFile())) {
			if (zip.stream().noneMatch(entry -> LIBRARY.matcher(entry.getName()).matches()))
				throw none(file.toString());
		}
		catch (final ZipException e) {
			throw broken(file.toString(), e);
		}
	}

	/**
	 * Unpacks into a folder.
	 *
	 * @param in the zip; read to its end
	 * @param source what to call it in messages
	 * @param folder there, and empty; gets {@code libtorch/lib} and {@code libtorch/build-version}
	 * @param limit how many bytes may be written
	 * @throws IOException if it is broken, holds no libraries or is made to harm; what was written is left to
	 * the caller to delete
	 */
	static void unpack(final InputStream in, final String source, final Path folder, final long limit,
		final Progress progress) throws IOException
	{
		final Path lib = Files.createDirectories(folder.resolve("libtorch/lib"));
		final Set<String> seen = new HashSet<>();
		long left = limit;
		int libraries = 0;
		try {
			final ZipInputStream zip = new ZipInputStream(in);
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				final String name = entry.getName();
				progress.check(GpuLibrarySetup.CANCELED);
				if (leadsElsewhere(name))
					throw new IOException(source + " holds an entry '" + name +
						"', which leads out of its folder: it is made to harm, and nothing of it is kept");
				if (!seen.add(name))
					throw new IOException(source + " holds '" + name + "' twice: it is broken or made to harm");
				if (seen.size() > MAX_ENTRIES)
					throw new IOException(source + " has more than " + MAX_ENTRIES + " entries");
				final Matcher library = LIBRARY.matcher(name);
				final boolean wanted = library.matches() && !name.endsWith(".a") && !name.endsWith(".lib");
				if (!wanted && !name.equals("libtorch/build-version")) continue;
				final Path file = wanted ? lib.resolve(library.group(1)) : folder.resolve("libtorch/build-version");
				left = write(zip, file, left, source, limit, progress);
				if (wanted) libraries++;
			}
			// To the end, so that a checksum of the whole is one.
			in.transferTo(OutputStream.nullOutputStream());
		}
		catch (final ZipException | IllegalArgumentException e) {
			throw broken(source, e);
		}
		if (libraries == 0) throw none(source);
	}

	private static IOException broken(final String source, final Exception e) {
		return new IOException(
			source + " is no zip file, or is broken (" + e.getMessage() + "): fetch or copy it again", e);
	}

	private static IOException none(final String source) {
		return new IOException(source + " holds no folder libtorch/lib: it is not PyTorch's libtorch zip");
	}

	private static boolean leadsElsewhere(final String name) {
		if (name.startsWith("/") || name.contains("\\") || name.contains(":") || name.indexOf('\0') >= 0) return true;
		for (final String part : name.split("/")) if (part.equals("..")) return true;
		return false;
	}

	private static long write(final InputStream in, final Path file, final long most, final String source,
		final long limit, final Progress progress) throws IOException
	{
		long left = most;
		try (OutputStream out = Files.newOutputStream(file)) {
			final byte[] buffer = new byte[1 << 18];
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
				progress.check(GpuLibrarySetup.CANCELED);
				if (n > left)
					throw new IOException(source + " unfolds to more than " + (limit >> 20) +
						" MB, which is more than a PyTorch has or the disk has free");
				out.write(buffer, 0, n);
				left -= n;
			}
		}
		return left;
	}
}
