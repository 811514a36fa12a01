// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Temporary files, in a folder for temporary files of this test's own. */
class ProcessFolderTest {

	@TempDir
	Path folder;

	private final String before = System.getProperty("java.io.tmpdir");

	@AfterEach
	void restore() throws IOException {
		System.setProperty("java.io.tmpdir", before);
		ProcessFolder.require();
	}

	@Test
	void whatAKilledProcessLeftIsDeletedByTheNext() throws IOException {
		System.setProperty("java.io.tmpdir", folder.toString());
		final Path own = ProcessFolder.require();
		final Path root = own.getParent();
		final Path orphan = Files.createDirectories(root.resolve("4711-1"));
		Files.createFile(orphan.resolve("lock"));
		Files.writeString(orphan.resolve("table-1.tmp"), "x");
		final Path beginning = Files.createDirectories(root.resolve("4711-2"));
		final Path unlocked = Files.createDirectories(root.resolve("4711-3"));
		Files.setLastModifiedTime(unlocked, FileTime.fromMillis(0));
		// As the next process does.
		System.setProperty("java.io.tmpdir", before);
		ProcessFolder.require();
		System.setProperty("java.io.tmpdir", folder.toString());
		final Path next = ProcessFolder.require();
		assertFalse(Files.exists(orphan));
		assertFalse(Files.exists(unlocked));
		assertTrue(Files.exists(beginning));
		assertEquals(next, ProcessFolder.require());
	}

	@Test
	void aTemporaryFolderThatCannotBeUsedIsNamedWithTheRemedy() throws IOException {
		try (TinyDisk disk = TinyDisk.readOnly(folder)) {
			assertRefused(disk.folder());
		}
		try (TinyDisk disk = TinyDisk.of(folder, 8)) {
			assertRefused(disk.folder());
		}
		assertRefused(Files.createFile(folder.resolve("file")).resolve("x"));
	}

	private void assertRefused(final Path temporary) {
		System.setProperty("java.io.tmpdir", temporary.toString());
		final IOException exc = assertThrows(IOException.class, ProcessFolder::require);
		assertTrue(exc.getMessage().contains(temporary.toString()) &&
			exc.getMessage().contains("-Djava.io.tmpdir"), exc.getMessage());
	}
}
