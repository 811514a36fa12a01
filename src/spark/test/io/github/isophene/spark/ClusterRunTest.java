// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import io.github.isophene.run.RunOutline.PlateJob;
import io.github.isophene.run.RunOutline;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.profiles.PlateFiles;
import io.github.isophene.run.ErrorsFile;
import io.github.isophene.run.Failure;
import io.github.isophene.run.PlateRetry;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests which plates a run processes in a folder where two are done: P1 whole, P2 without a field. */
class ClusterRunTest {

	private static final Map<String, String> SETTINGS = Map.of("tile", "64");

	@TempDir
	Path folder;

	private final Map<String, List<Field>> fields = new LinkedHashMap<>();
	private ResultFolder results;
	private boolean mended;

	@BeforeEach
	void finishTwoPlates() throws IOException {
		results = new ResultFolder(folder.resolve("results"));
		results.open(SETTINGS, false);
		for (final String plate : List.of("P1", "P2")) {
			fields.put(plate, List.of(
				new Field(plate, "A01", "1", Map.of(), List.of(Plane.of(Files.createFile(image(plate)).toString())))));
			commit(plate, plate.equals("P1") ? 0 : 1);
		}
	}

	@Test
	void platesThatAreDoneAreNotDoneAgain() throws IOException {
		assertEquals(List.of(), pending(true));
		assertEquals(List.of("P1", "P2"), pending(false));
	}

	@Test
	void aPlateWithANewerImageIsDoneAgainAndKeptUntilThen() throws IOException {
		final byte[] before = Files.readAllBytes(table("P1"));
		Files.setLastModifiedTime(image("P1"), FileTime.fromMillis(System.currentTimeMillis() + 60_000));
		assertEquals(List.of("P1"), pending(true));
		assertArrayEquals(before, Files.readAllBytes(table("P1")));
		assertNotNull(results.done("P1", "part"));
	}

	@Test
	void aPlateWithAMendedFieldIsDoneAgain() throws IOException {
		mended = true;
		assertEquals(List.of("P2"), pending(true));
	}

	@Test
	void aPlateWhoseFilesWerePutInPlaceOnlyInPartIsDoneAgain() throws IOException {
		// The task ended after the errors went, before it could say that the plate is whole.
		results.commitErrors("P2", null);
		assertEquals(List.of("P2"), pending(true));
	}

	@Test
	void aPlateThatCannotBeReadAnyMoreIsNoneOfTheTable() throws IOException {
		results.withdraw("P2");
		assertNull(results.done("P2", "part"));
		assertFalse(Files.exists(table("P2")));
		assertEquals(1, ErrorsFile.read(results.errors("P2")).size());
		assertTrue(Files.exists(table("P1")));
		assertEquals(List.of("P2"), pending(true));
	}

	private List<String> pending(final boolean resume) throws IOException {
		return new ClusterRun(results,
			new RunOutline(SETTINGS, plates(), new PlateRetry(fields, (plate, all) -> field -> mended)), resume)
			.planned()
			.stream()
			.map(PlateJob::name)
			.toList();
	}

	private static List<PlateJob> plates() {
		return List.of(new PlateJob("P1", "part", 1), new PlateJob("P2", "part", 1));
	}

	private Path image(final String plate) {
		return folder.resolve(plate + ".tif");
	}

	private Path table(final String plate) {
		return results.folder().resolve(PlateFiles.name(plate) + ".parquet");
	}

	private void commit(final String plate, final int failed) throws IOException {
		final Path table = Files.writeString(results.attempt(plate).resolve("table"), plate);
		final ErrorsFile errors = new ErrorsFile(table, false);
		if (failed > 0) errors.add(List.of(new Failure(plate, "A01", "1", Failure.Kind.READING, "no image")));
		results.commit(Map.of(table, PlateFiles.name(plate) + ".parquet"), errors.path(), "part",
			new PlateOutcome(plate, 1, failed, 1, 1, 0, "", null));
	}
}
