// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSetTest {

	@TempDir
	Path folder;

	@Test
	void allFilesAreWrittenOrNone() throws IOException {
		final Path a = Files.writeString(folder.resolve("a"), "old");
		final Path b = Files.writeString(folder.resolve("b"), "old");
		final Path last = Files.writeString(folder.resolve("last"), "old");
		final IOException exc = assertThrows(IOException.class, () -> new FileSet().with(a, "new")
			.with(b, "new")
			.with(last, temporary -> {
				Files.writeString(temporary, "half");
				throw new IOException("No space left on device");
			})
			.write());
		assertTrue(exc.getMessage().contains(last.toString()) && exc.getMessage().contains("unchanged"),
			exc.getMessage());
		for (final Path file : List.of(a, b, last)) assertEquals("old", Files.readString(file));
		assertFiles("a", "b", "last");
		new FileSet().with(a, "new").with(b, "new").with(last, "new").write();
		for (final Path file : List.of(a, b, last)) assertEquals("new", Files.readString(file));
		assertFiles("a", "b", "last");
	}

	@Test
	void aFullDiskChangesNoFile() throws IOException {
		try (TinyDisk disk = TinyDisk.of(folder, 64)) {
			final Path a = Files.writeString(disk.folder().resolve("a"), "old");
			final Path b = Files.writeString(disk.folder().resolve("b"), "old");
			final IOException exc = assertThrows(IOException.class,
				() -> new FileSet().with(a, "x".repeat(20_000)).with(b, "x".repeat(90_000)).write());
			assertTrue(exc.getMessage().contains(b.toString()), exc.getMessage());
			assertEquals("old", Files.readString(a));
			assertEquals("old", Files.readString(b));
			disk.assertHolds("a", "b");
		}
	}

	private void assertFiles(final String... names) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(List.of(names), files.map(f -> f.getFileName().toString()).sorted().toList());
		}
	}
}
