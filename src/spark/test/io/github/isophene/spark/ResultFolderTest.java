// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.profiles.PlateFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFolderTest {

	private static final Map<String, String> SETTINGS = Map.of("tile", "64");
	private static final Map<String, String> OTHERS = Map.of("tile", "32");

	@TempDir
	Path folder;

	private ResultFolder results;

	@BeforeEach
	void claim() throws IOException {
		results = new ResultFolder(folder);
		results.open(SETTINGS, false);
	}

	@Test
	void aRunThatMadeNothingBindsNobody() throws IOException {
		results.check(OTHERS, false);
		results.open(OTHERS, false);
		results.open(SETTINGS, false);
		commit("P1", "fields/%s.parquet");
		final String refused = assertThrows(IOException.class, () -> results.check(OTHERS, false)).getMessage();
		assertTrue(refused.contains("tile was 64 and is now 32") && refused.contains("resume=false"), refused);
		results.open(SETTINGS, false);
		assertNotNull(results.done("P1", "part"));
	}

	@Test
	void startingAnewDeletesOnlyWhatRunsHaveMade() throws IOException {
		final Path fields = commit("P1", "fields/%s.parquet");
		final Path plate = commit("P2", "%s.parquet");
		final Path corrected = commit("P3.parquet", "P3.parquet");
		final Path table = Files.writeString(folder.resolve("mine.parquet"), "mine");
		final Path plot = Files.writeString(Files.createDirectories(folder.resolve("plots")).resolve("plate.png"),
			"mine");
		final Path note = Files.writeString(folder.resolve("notes.md"), "mine");
		results.check(OTHERS, true);
		assertTrue(Files.exists(plate));

		results.open(OTHERS, true);
		assertFalse(
			Files.exists(plate) || Files.exists(corrected) || Files.exists(fields) || Files.exists(fields.getParent()));
		assertTrue(Files.exists(table) && Files.exists(plot) && Files.exists(note));
		assertNull(results.done("P1", "part"));
		commit("P1", "fields/%s.parquet");
		assertThrows(IOException.class, () -> results.open(SETTINGS, false));
	}

	@Test
	void platesOfAnotherScreenAreNamed() throws IOException {
		commit("P1", "%s.parquet");
		commit("P2", "%s.parquet");
		assertEquals(List.of(), results.others(Map.of("P1", "part", "P2", "part", "P3", "part")));
		assertEquals(List.of("P2"), results.others(Map.of("P1", "part")));
		assertEquals(List.of("P1"), results.others(Map.of("P1", "changed", "P2", "part")));
	}

	@Test
	void whatIsNoFolderOfResultsIsLeftAlone() throws IOException {
		final Path file = Files.writeString(folder.resolve("notes.txt"), "mine");
		final String refused = assertThrows(IOException.class, () -> new ResultFolder(file).open(SETTINGS, true))
			.getMessage();
		assertTrue(refused.startsWith(file + " is a file: "), refused);
		final Path other = Files.createDirectories(folder.resolve("other"));
		Files.writeString(other.resolve("profiles.parquet"), "mine");
		assertThrows(IOException.class, () -> new ResultFolder(other).open(SETTINGS, true));
		assertTrue(Files.exists(other.resolve("profiles.parquet")));
	}

	/** Commits a plate with one table, and gives the table's place. */
	private Path commit(final String plate, final String place) throws IOException {
		final Path table = Files.writeString(results.attempt(plate).resolve("table"), plate);
		final String name = String.format(place, PlateFiles.name(plate));
		results.commit(new LinkedHashMap<>(Map.of(table, name)), null, "part",
			new PlateOutcome(plate, 1, 0, 1, 1, 0, "", null));
		return folder.resolve(name);
	}
}
