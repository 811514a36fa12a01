// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {

	@TempDir
	Path folder;

	@Test
	void oneRunAtATime() throws IOException {
		final Path output = folder.resolve("new").resolve("profiles.parquet");
		try (RunLock lock = RunLock.of(output)) {
			final IOException exc = assertThrows(IOException.class, () -> RunLock.of(output));
			assertTrue(exc.getMessage().contains("profiles.parquet"), exc.getMessage());
			RunLock.of(folder.resolve("other.parquet")).close();
		}
		RunLock.of(output).close();
		try (Stream<Path> left = Files.list(folder.resolve("new"))) {
			assertEquals(0, left.count());
		}
	}
}
