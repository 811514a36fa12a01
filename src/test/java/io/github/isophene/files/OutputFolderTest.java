// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {

	@TempDir
	Path folder;

	@Test
	void noFolderIsMadeInPlaceOfAnAddress() throws IOException {
		for (final String address : List.of("s3://bucket/profiles.parquet", "https://host/plate/profiles.parquet",
			"hdfs://node:9000/profiles.parquet", "s3a://bucket/profiles.parquet"))
		{
			final Path output = folder.resolve(address);
			for (final String message : List.of(
				assertThrows(IOException.class, () -> RunLock.of(output)).getMessage(),
				assertThrows(IOException.class, () -> RunLock.ofFolder(output)).getMessage(),
				assertThrows(IOException.class, () -> AtomicFile.write(output, "text")).getMessage()))
				assertTrue(message.contains("can't be written to " + address.replaceAll("/[^/]*$", "")), message);
			assertFalse(Files.exists(folder.resolve(address.replaceAll("//.*", ""))));
		}
	}

	@Test
	void aFolderOfSuchANameThatIsThereIsOne() throws IOException {
		final Path own = Files.createDirectory(folder.resolve("data:"));
		AtomicFile.write(own.resolve("deeper/a.txt"), "text");
		assertTrue(Files.exists(own.resolve("deeper/a.txt")));
		AtomicFile.write(folder.resolve("C:/b.txt"), "text");
	}
}
