// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlateFilesTest {

	@TempDir
	Path folder;

	/** Readers of folders pass over names that begin with an underscore or a dot: no plate may get one. */
	@Test
	void everyPlateIsInTheTable() throws IOException {
		final List<String> plates = List.of("P1", "\u00c4rzte 1", "_2", ".3", "../4", "/5", " ", "\u6771\u4eac");
		for (final String plate : plates) Files.writeString(folder.resolve(PlateFiles.name(plate) + ".parquet"), plate);
		Files.writeString(folder.resolve("_isophene.parquet"), "no plate");
		assertEquals(plates.size(), PlateFiles.in(folder).size());
		for (final String plate : plates)
			assertTrue(PlateFiles.name(plate).matches("[A-Za-z0-9][A-Za-z0-9._-]*"), plate);
		assertNotEquals(PlateFiles.name("_2"), PlateFiles.name(".2"));
	}

	@Test
	void platesInFoldersOfTheirOwnAreFound() throws IOException {
		final Path plate = Files.createDirectories(folder.resolve("source_4/workspace/profiles/Batch1/P1"));
		Files.writeString(plate.resolve("P1.parquet"), "");
		for (final String hidden : List.of("_isophene", ".cache", "run.parquet.parts")) {
			Files.writeString(Files.createDirectories(folder.resolve("source_4").resolve(hidden)).resolve("P2.parquet"),
				"");
		}
		assertEquals(List.of(plate.resolve("P1.parquet")), PlateFiles.below(folder));
		Files.writeString(folder.resolve("all.parquet"), "");
		assertEquals(List.of(folder.resolve("all.parquet")), PlateFiles.below(folder));
	}
}
