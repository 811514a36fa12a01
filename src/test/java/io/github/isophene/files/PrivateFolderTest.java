// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders whose files are trusted, on systems that have owners and rights. */
class PrivateFolderTest {

	@TempDir
	Path folder;

	@BeforeEach
	void needsRights() {
		assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
	}

	@Test
	void aNewFolderIsTheUsersOwn() throws IOException {
		final Path made = PrivateFolder.require(folder.resolve("a/b"));
		assertEquals("rwx------", rights(made));
		PrivateFolder.require(made);
	}

	@Test
	void rightsToReadAreTakenAway() throws IOException {
		final Path open = Files.createDirectory(folder.resolve("open"));
		Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
		PrivateFolder.require(open);
		assertEquals("rwx------", rights(open));
	}

	@Test
	void aFolderThatOthersCanWriteToIsRefusedByName() throws IOException {
		for (final String rights : new String[]{"rwxrwxrwx", "rwxrwx---"}) {
			final Path open = Files.createDirectory(folder.resolve(rights));
			Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(rights));
			assertNames(open, "chmod 700", () -> PrivateFolder.require(open));
		}
	}

	@Test
	void aLinkAndAFileAreRefusedByName() throws IOException {
		final Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("to")));
		assertNames(link, "link", () -> PrivateFolder.require(link));
		final Path file = Files.createFile(folder.resolve("file"));
		assertNames(file, "file", () -> PrivateFolder.require(file));
	}

	@Test
	void aFolderOfSomebodyElseIsRefusedByName() throws IOException {
		final Path theirs = Files.createDirectory(folder.resolve("theirs"));
		try {
			Files.setOwner(theirs,
				theirs.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
		}
		catch (final IOException exc) {
			assumeTrue(false, "only an administrator may give a folder away: " + exc);
		}
		assertNames(theirs, "nobody", () -> PrivateFolder.require(theirs));
		assertDoesNotThrow(() -> PrivateFolder.requireUnwritable(theirs));
	}

	@Test
	void librariesMayNotComeFromWhereEverybodyCanWrite() throws IOException {
		final Path group = Files.createDirectory(folder.resolve("group"));
		Files.setPosixFilePermissions(group, PosixFilePermissions.fromString("rwxrwxr-x"));
		PrivateFolder.requireUnwritable(group);
		assertEquals("rwxr-xr-x", rights(group));
		Files.setPosixFilePermissions(group, PosixFilePermissions.fromString("rwxr-xrwx"));
		assertNames(group, "chmod go-w", () -> PrivateFolder.requireUnwritable(group));
	}

	private static String rights(final Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

	private static void assertNames(final Path path, final String word,
		final org.junit.jupiter.api.function.Executable e)
	{
		final IOException exc = assertThrows(IOException.class, e);
		assertTrue(exc.getMessage().contains(path.toString()) && exc.getMessage().contains(word), exc.getMessage());
	}
}
