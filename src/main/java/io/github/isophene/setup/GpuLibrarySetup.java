// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.setup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

import io.github.isophene.engine.EngineSetting;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.NvidiaDriver;
import io.github.isophene.files.AtomicFile;
import io.github.isophene.files.FolderDeletion;
import io.github.isophene.files.Sha256;
import io.github.isophene.progress.Progress;

/**
 * Chooses the native library that the engine starts with. A library is looked at and, where
 * this machine can, tried in a process of its own before the setting is written, which is
 * the last step: whatever goes wrong before, or Cancel, leaves everything as it was.
 */
public final class GpuLibrarySetup {

	/** Message of a canceled setup. */
	static final Supplier<String> CANCELED = () -> "GPU Setup was canceled: nothing has been changed";

	private final Progress progress;
	private final int patience;

	public GpuLibrarySetup(final Progress progress) {
		this(progress, Download.PATIENCE);
	}

	/** @param patience how long a server may say nothing, milliseconds */
	GpuLibrarySetup(final Progress progress, final int patience) {
		this.progress = progress;
		this.patience = patience;
	}

	/**
	 * Does what the options say.
	 *
	 * @return what was done, in sentences
	 * @throws IOException if a library doesn't fit or can't be had; nothing is changed then
	 * @throws CancellationException if the user wanted it to end; nothing is changed then
	 */
	public String run(final GpuSetupOptions options) throws IOException {
		return switch (options.action()) {
			case "use" -> options.isZip() ? unpack(options) : use(LibraryFolder.find(options.library()), null);
			case "download" -> download(options);
			case "undo" -> undo();
			default -> status();
		};
	}

	private static String status() throws IOException {
		final EngineSetting setting = EngineSetting.read();
		return setting == null ? "The engine starts with the library that is shipped, for the CPU. Nothing else is set."
			: "The engine starts with " + setting + ", set in " + EngineSetting.file();
	}

	private String use(final LibraryFolder folder, final Path unpacked) throws IOException {
		folder.check();
		final List<String> missing = folder.nvidiaMissing();
		String tried = whyNotTried(folder, missing);
		if (tried.isEmpty()) {
			try {
				final String device = LibraryProbe.run(folder, progress);
				tried = "Tried: it computes on " + device + "." +
					(folder.isCuda() && device.equals("cpu")
						? " It found no GPU on this machine: look whether nvidia-smi lists one."
						: "");
			}
			catch (final IOException e) {
				throw missing.isEmpty() ? e
					: new IOException(e.getMessage() + ". Not found beside it: NVIDIA's " + String.join(", ", missing) +
						"; copy the folder nvidia beside the folder torch, too", e);
			}
		}
		progress.check(CANCELED);
		folder.setting(unpacked).write();
		return "The engine starts with " + folder + when() + tried + " GPU Setup with action = undo takes this back.";
	}

	/** Empty where it can be tried. */
	private static String whyNotTried(final LibraryFolder folder, final List<String> missing) {
		final String absent = missing.isEmpty() ? ""
			: " Of NVIDIA's libraries, those were not found beside it: " + String.join(", ", missing) + ".";
		if (folder.isCuda() && !NvidiaDriver.isPresent())
			return "It was not tried: this machine has no NVIDIA driver, and the engine" +
				" goes on with the library that is shipped wherever there is none." + absent;
		return LibraryProbe.isPossible() ? ""
			: "It was not tried: this Java comes without the program java. See Engine Status after the" +
				" next start." + absent;
	}

	private static String when() {
		return Engines.isSettled() ? " from the next start of Fiji on. " : " from now on. ";
	}

	private String unpack(final GpuSetupOptions options) throws IOException {
		final long size = Files.size(options.library());
		try (InputStream in = new BufferedInputStream(Files.newInputStream(options.library()))) {
			return unpack(in, size, options.library().toString(), options);
		}
	}

	private String download(final GpuSetupOptions options) throws IOException {
		try (Download download = Download.open(options.url(), patience)) {
			return unpack(download.stream(), download.length(), options.url(), options);
		}
	}

	/** Into a folder beside the one that it becomes, which is moved when all is well. */
	private String unpack(final InputStream in, final long size, final String source, final GpuSetupOptions options)
		throws IOException
	{
		final Path target = options.folder().toAbsolutePath();
		if (Files.exists(target))
			throw new IOException(target +
				" is there already: use it as library, give another folder, or run GPU Setup with action = undo first");
		final Path temporary = AtomicFile.temporaryBeside(target);
		boolean kept = false;
		try {
			Files.createDirectories(temporary);
			final long free = Files.getFileStore(temporary).getUsableSpace();
			if (size > free)
				throw new IOException(target.getParent() + " has " + (free >> 20) + " MB free, but " + source +
					" alone has " + (size >> 20) + " MB: free some space, or give another folder");
			final MessageDigest digest = Sha256.digest();
			final InputStream counted = new ProgressInputStream(new DigestInputStream(in, digest), source, size,
				progress);
			LibraryArchive.unpack(counted, source, temporary, Math.min(LibraryArchive.MAX_BYTES, free), progress);
			final String found = Sha256.hex(digest);
			if (!options.sha256().isEmpty() && !options.sha256().equals(found))
				throw new IOException(source + " has the SHA-256 " + found + " instead of " + options.sha256() +
					": it is damaged or another file, and nothing of it is kept");
			LibraryFolder.find(temporary).check();
			Files.move(temporary, target);
			kept = true;
			final String done = use(LibraryFolder.find(target), target);
			return done + " Unpacked to " + target + " (SHA-256 of the zip: " + found + ").";
		}
		catch (final IOException | RuntimeException e) {
			if (kept) FolderDeletion.delete(target);
			// A read that was interrupted by Cancel may say anything.
			progress.check(CANCELED);
			if (e instanceof FileSystemException || String.valueOf(e.getMessage()).contains("No space left")) {
				throw new IOException(source + " can't be unpacked to " + target + " (" +
					e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage() +
					"): is there space on the disk, and may you write there? Nothing is kept of it", e);
			}
			throw e;
		}
		finally {
			FolderDeletion.delete(temporary);
		}
	}

	private static String undo() throws IOException {
		EngineSetting setting = null;
		try {
			setting = EngineSetting.read();
		}
		catch (final IOException e) {
			// A setting that can't be read is taken back all the same.
		}
		final boolean was = Files.exists(EngineSetting.file());
		EngineSetting.remove();
		if (!was) return "Nothing was set: the engine starts with the library that is shipped.";
		String rest = "";
		if (setting != null && setting.unpacked() != null && Files.exists(setting.unpacked())) {
			try {
				FolderDeletion.delete(setting.unpacked());
				rest = " " + setting.unpacked() + " was deleted.";
			}
			catch (final IOException e) {
				rest = " " + setting.unpacked() +
					" couldn't be deleted, perhaps because it is in use: delete it after the next start.";
			}
		}
		return "The engine starts with the library that is shipped" + when() + rest;
	}
}
