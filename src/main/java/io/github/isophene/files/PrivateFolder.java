// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Folder of files that are trusted without being read again, such as caches: it belongs to the user, with mode 0700.
 * In one that somebody else can write to, images, libraries and serialized objects could be replaced. Where a file
 * system has no such rights (Windows), it is the user's own profile that protects a folder, and nothing is checked.
 */
public final class PrivateFolder {

	private static final Set<
		PosixFilePermission> WRITE = Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
	private static final Set<PosixFilePermission> OWNERS = Set.copyOf(PosixFilePermissions.fromString("rwx------"));
	private static final Map<Path, UserPrincipal> USERS = new ConcurrentHashMap<>();

	private PrivateFolder() {}

	/**
	 * Makes a folder with mode 0700, or checks the one that is there; to be called before each use.
	 *
	 * @return the folder
	 * @throws IOException naming the folder and the remedy, if it is somebody else's, is a link or a file, others can
	 *           write to it, or it can't be made
	 */
	public static Path require(final Path folder) throws IOException {
		if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) make(folder);
		if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
			throw new IOException(folder + " is a link or a file: delete it, or name another folder");
		final PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class,
			LinkOption.NOFOLLOW_LINKS);
		if (view == null) return folder;
		final PosixFileAttributes attributes = view.readAttributes();
		final UserPrincipal user = user(folder, attributes);
		if (!attributes.owner().equals(user))
			throw new IOException(folder + " belongs to " + attributes.owner().getName() +
				", who could change what is read from it: name a folder of your own");
		if (attributes.permissions().stream().anyMatch(WRITE::contains))
			throw new IOException("Others can write to " + folder +
				", and could change what is read from it: delete it, or empty it and take their right away (chmod " +
					"700)");
		if (!OWNERS.equals(attributes.permissions())) view.setPermissions(OWNERS);
		return folder;
	}

	/**
	 * Checks a folder that is there and need not be private, such as one of libraries that an administrator has
	 * installed: nobody but its owner may write to it. A group's right to write, which some systems give to all that
	 * a user makes, is taken away.
	 *
	 * @throws IOException naming the folder and the remedy, if others can write to it
	 */
	public static void requireUnwritable(final Path folder) throws IOException {
		final PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
		if (view == null || !Files.isDirectory(folder)) return;
		final Set<PosixFilePermission> rights = EnumSet.copyOf(view.readAttributes().permissions());
		boolean closed = !rights.contains(PosixFilePermission.OTHERS_WRITE);
		if (closed && rights.remove(PosixFilePermission.GROUP_WRITE)) {
			try {
				view.setPermissions(rights);
			}
			catch (final FileSystemException exc) {
				closed = false;
			}
		}
		if (!closed)
			throw new IOException("Others can write to " + folder +
				", and could change what is loaded from it: delete it, or empty it and take their right away " +
				"(chmod go-w)");
	}

	private static void make(final Path folder) throws IOException {
		final Path parent = folder.toAbsolutePath().getParent();
		Files.createDirectories(parent);
		try {
			if (Files.getFileAttributeView(parent, PosixFileAttributeView.class) == null) Files.createDirectory(folder);
			else
				Files.createDirectory(folder,
					PosixFilePermissions.asFileAttribute(OWNERS));
		}
		catch (final FileAlreadyExistsException exc) {
			// Another process has just made it, and it is checked like any other.
			return;
		}
	}

	/** Owner of what this process makes here: a server of files may have another name for the user. */
	private static UserPrincipal user(final Path folder, final PosixFileAttributes attributes) throws IOException {
		final UserPrincipal known = USERS.get(folder);
		if (known != null && known.equals(attributes.owner())) return known;
		try {
			final Path probe = Files.createTempFile(folder, ".isophene-", ".tmp");
			try {
				final UserPrincipal user = Files.getOwner(probe);
				USERS.put(folder, user);
				return user;
			}
			finally {
				Files.deleteIfExists(probe);
			}
		}
		catch (final IOException exc) {
			throw new IOException(folder + " can't be written to (" + exc.getMessage() + "), and belongs to " +
				attributes.owner().getName() + ": name a folder of your own", exc);
		}
	}
}
