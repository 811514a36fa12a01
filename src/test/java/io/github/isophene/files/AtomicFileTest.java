// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

	@TempDir
	private Path folder;

	@Test
	void aFullDiskLeavesTheOldFileAndNothingElse() throws IOException {
		try (TinyDisk disk = TinyDisk.of(folder, 64)) {
			final Path file = disk.folder().resolve("profiles.csv");
			AtomicFile.write(file, "old");
			final String message = assertThrows(IOException.class, () -> AtomicFile.write(file, "x".repeat(1 << 20)))
				.getMessage();
			assertTrue(message.contains(file.toString()) && message.contains("space on the disk") &&
				message.contains("unchanged"), message);
			assertEquals("old", Files.readString(file));
			disk.assertHolds("profiles.csv");
			final Path other = disk.folder().resolve("new.csv");
			final String fresh = assertThrows(IOException.class, () -> AtomicFile.write(other, "x".repeat(1 << 20)))
				.getMessage();
			assertTrue(fresh.contains("This file has not been written; what was finished before is kept"), fresh);
			disk.assertHolds("profiles.csv");
		}
	}

	@Test
	void pipesAndDevicesStayWhatTheyAre() throws Exception {
		final Path pipe = folder.resolve("pipe");
		assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "there is no mkfifo");
		assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
		for (final Executable write : List.<Executable>of(() -> AtomicFile.write(pipe, "text"),
			() -> AtomicFile.writeSmall(pipe, new byte[]{1}), () -> new FileSet().with(pipe, "text").write()))
		{
			final String message = assertThrows(IOException.class, write).getMessage();
			assertTrue(message.contains(pipe + ": it is a device or a pipe"), message);
			assertTrue(Files.readAttributes(pipe, BasicFileAttributes.class).isOther());
		}
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(List.of(pipe), files.toList());
		}
	}

	/** The same where no disk can be mounted: the stream fails in the middle. */
	@Test
	void aStreamThatFailsInTheMiddleLeavesTheOldFileAndNothingElse() throws IOException {
		final Path file = folder.resolve("profiles.csv");
		AtomicFile.write(file, "old");
		final String message = assertThrows(IOException.class, () -> AtomicFile.write(file, temporary -> {
			try (OutputStream out = Files.newOutputStream(temporary)) {
				out.write(new byte[1000]);
				throw new IOException("No space left on device");
			}
		})).getMessage();
		assertTrue(message.contains(file.toString()) && message.contains("space on the disk"), message);
		assertEquals("old", Files.readString(file));
		assertEquals(List.of("profiles.csv"), names(folder));
	}

	@Test
	void aFolderThatCannotBeWrittenToIsNamed() throws IOException {
		try (TinyDisk disk = TinyDisk.readOnly(folder)) {
			final Path file = disk.folder().resolve("profiles.csv");
			final String message = assertThrows(IOException.class, () -> AtomicFile.write(file, "text")).getMessage();
			assertTrue(message.contains(file.toString()) && message.contains("may you write"), message);
			final String below = assertThrows(IOException.class,
				() -> AtomicFile.write(disk.folder().resolve("a/b/c.csv"), "text")).getMessage();
			assertTrue(below.contains("c.csv") && below.contains("may you write"), below);
			final String lock = assertThrows(IOException.class, () -> RunLock.of(file)).getMessage();
			assertTrue(lock.contains(disk.folder().toString()) && lock.contains("choose another place"), lock);
			disk.assertHolds();
		}
	}

	@Test
	void namesMayHaveSpacesAndAnyLetters() throws IOException {
		for (final String name : List.of("with spaces & more", "Größe µm", "плашка", "プレート 1", "a'b\"c;d")) {
			final Path file = folder.resolve(name).resolve(name + ".csv");
			AtomicFile.write(file, name);
			assertEquals(name, Files.readString(file));
			assertEquals(List.of(name + ".csv"), names(file.getParent()));
		}
	}

	private static List<String> names(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(f -> f.getFileName().toString()).sorted().toList();
		}
	}
}
