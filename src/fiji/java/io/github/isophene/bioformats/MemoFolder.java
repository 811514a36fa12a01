// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * Folder for Bio-Formats' memo files, which speed up the next opening: never beside the data, which may be
 * read-only, but in
 * {@code isophene-memo-<user>} among the temporary files, or the folder that the system
 * property {@value #PROPERTY} names; {@code none} keeps nothing. Files that open within
 * a second ({@value #WORTH}: milliseconds) have none: opening them is as quick as reading a memo.
 * <p>
 * A memo is a stream of Java objects, so one that somebody else has put there would run
 * code: only a folder that belongs to the user, and to which nobody else can write, is used.
 * </p>
 */
final class MemoFolder {

	static final String PROPERTY = "isophene.memo";

	static final String WORTH = "isophene.memo.millis";

	private static final Set<
		PosixFilePermission> OTHERS = Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

	private MemoFolder() {}

	/**
	 * The folder for the memo of a file as it is now: another after the file has changed.
	 *
	 * @param file whose memo it is
	 * @param use what the reader is set up for, as differently set up readers don't share memos
	 * @return an existing folder, or {@code null} if nothing can be kept
	 */
	static File of(final Path file, final String use) {
		try {
			final Path root = root();
			if (root == null) return null;
			final FileTime modified = Files.getLastModifiedTime(file);
			final String state = file + "\n" + Files.size(file) + "\n" + modified.toMillis() + "\n" + use;
			final byte[] digest = MessageDigest.getInstance("SHA-256").digest(state.getBytes(StandardCharsets.UTF_8));
			return Files.createDirectories(root.resolve(HexFormat.of().formatHex(digest, 0, 12))).toFile();
		}
		catch (final IOException | SecurityException exc) {
			return null; // a memo only saves time
		}
		catch (final NoSuchAlgorithmException exc) {
			throw new IllegalStateException("Every Java has SHA-256", exc);
		}
	}

	/** Returns the opening time, in milliseconds, from which a memo is worth writing. */
	static long worthMillis() {
		return Long.getLong(WORTH, 1000);
	}

	private static Path root() throws IOException {
		final String given = System.getProperty(PROPERTY, "");
		if (given.equalsIgnoreCase("none")) return null;
		final Path root = given.isBlank()
			? Path.of(System.getProperty("java.io.tmpdir"), "isophene-memo-" + System.getProperty("user.name"))
			: Path.of(given);
		if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) create(root);
		return isPrivate(root) ? root : null;
	}

	private static void create(final Path root) throws IOException {
		final Path parent = root.toAbsolutePath().getParent();
		Files.createDirectories(parent);
		if (Files.getFileAttributeView(parent, PosixFileAttributeView.class) == null) Files.createDirectory(root);
		else
			Files.createDirectory(root,
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
	}

	private static boolean isPrivate(final Path root) throws IOException {
		if (!Files.isDirectory(root) || !Files.isWritable(root)) return false;
		final PosixFileAttributeView view = Files.getFileAttributeView(root, PosixFileAttributeView.class);
		if (view == null) return true; // Windows: the temporary folder is the user's own
		final PosixFileAttributes attributes = view.readAttributes();
		final String user = System.getProperty("user.name");
		return attributes.owner().getName().equals(user) &&
			attributes.permissions().stream().noneMatch(OTHERS::contains);
	}
}
