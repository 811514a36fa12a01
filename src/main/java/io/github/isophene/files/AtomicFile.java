// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Writes a file so that it is either whole or not there: into a temporary file beside
 * it, which then takes its name. What was there before stays until then.
 */
public final class AtomicFile {

	private static final String PREFIX = ".isophene-";
	private static final String SUFFIX = ".tmp";
	private static final AtomicLong COUNTER = new AtomicLong();

	/** Writer of the content. */
	@FunctionalInterface
	public interface Content {

		void writeTo(Path temporary) throws IOException;
	}

	private AtomicFile() {}

	/**
	 * Writes a file; its folder is made if it is missing.
	 *
	 * @throws IOException with a message that names the file, if anything fails; the temporary file is gone then
	 */
	public static void write(final Path target, final Content content) throws IOException {
		final Path temporary = temporaryBeside(target);
		try {
			writeTemporary(target, temporary, content);
			move(temporary, target);
		}
		finally {
			if (Files.exists(temporary)) Files.delete(temporary);
		}
	}

	/** Writes the temporary file of a target, whole and on the disk; its folder is made if it is missing. */
	static void writeTemporary(final Path target, final Path temporary, final Content content) throws IOException {
		requireFile(target);
		try {
			OutputFolder.make(temporary.getParent());
			content.writeTo(temporary);
			try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
				channel.force(true);
			}
		}
		catch (final IOException | UncheckedIOException e) {
			throw failed(target, e);
		}
	}

	/** A pipe or device, such as {@code /dev/stdout}, would be replaced by the file, for all that use it. */
	private static void requireFile(final Path target) throws IOException {
		if (Files.isDirectory(target)) throw new IOException("Cannot write " + target + ": it is a folder");
		if (RegularFile.isSpecial(target))
			throw new IOException("Cannot write " + target + ": it is a device or a pipe; give the name of a file");
	}

	/** Returns the failure to write a file or folder, with its name, which a full disk's own message lacks. */
	public static IOException failed(final Path target, final Exception e) {
		return new IOException("Cannot write " + target + ": " + describe(e) +
			(Files.exists(target) ? " The file that was there is unchanged."
				: " This file has not been written; what was finished before is kept."), e);
	}

	/**
	 * Writes one of many small files that a later, {@linkplain #write forced} file vouches for:
	 * not forced to the disk by itself, which would take longer than the rest.
	 */
	public static void writeSmall(final Path target, final byte[] content) throws IOException {
		requireFile(target);
		final Path temporary = temporaryBeside(target);
		try {
			try {
				Files.write(temporary, content);
			}
			catch (final IOException e) {
				throw failed(target, e);
			}
			move(temporary, target);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

	/** Writes a text in UTF-8, see {@link #write(Path, Content)}. */
	public static void write(final Path target, final String text) throws IOException {
		write(target, temporary -> Files.writeString(temporary, text));
	}

	/** A name, not taken yet, for a temporary file beside the file that it will become. */
	public static Path temporaryBeside(final Path target) {
		return target.toAbsolutePath()
			.resolveSibling(prefix(target) + ProcessHandle.current().pid() + "-" +
				Long.toString(System.nanoTime(), 36) + "-" + COUNTER.incrementAndGet() + SUFFIX);
	}

	/** Returns whether this is the name of a temporary file, of whatever target. */
	public static boolean isTemporary(final Path file) {
		return isTemporary(file, PREFIX);
	}

	/** Deletes the temporary files that killed processes have left beside a target; nobody may be writing it. */
	public static void deleteTemporaries(final Path target) throws IOException {
		final Path folder = target.toAbsolutePath().getParent();
		if (!Files.isDirectory(folder)) return;
		final List<Path> left;
		try (Stream<Path> files = Files.list(folder)) {
			left = files.filter(file -> isTemporary(file, prefix(target))).toList();
		}
		for (final Path file : left) Files.deleteIfExists(file);
	}

	private static boolean isTemporary(final Path file, final String prefix) {
		final String name = file.getFileName().toString();
		return name.startsWith(prefix) && name.endsWith(SUFFIX);
	}

	private static String prefix(final Path target) {
		return PREFIX + Integer.toHexString(target.getFileName().toString().hashCode()) + "-";
	}

	/** Gives a temporary file its name. */
	static void move(final Path temporary, final Path target) throws IOException {
		try {
			try {
				Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
			}
			catch (final AtomicMoveNotSupportedException e) {
				Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
			}
		}
		catch (final IOException e) {
			throw failed(target, e);
		}
	}

	/** Returns the reason of a failure, as a sentence; Java's own file exceptions say little more than a path. */
	private static String describe(final Exception e) {
		final String message = e.getMessage() == null ? "" : e.getMessage().strip();
		if (e instanceof FileSystemException || message.startsWith("IO Error") || message.contains("No space left")) {
			final String kind = e instanceof FileSystemException
				? e.getClass().getSimpleName().replaceAll("Exception$", " ")
				: "";
			return kind + message + ". Is there space on the disk, and may you write into the folder?";
		}
		return message.endsWith(".") ? message : message + ".";
	}
}
