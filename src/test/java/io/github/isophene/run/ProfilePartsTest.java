// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.isophene.files.AtomicFile;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilePartsTest {

	private static final Map<String, String> SETTINGS = Map.of("model", "sha256:1f", "tile", "224");
	private static final List<
		String> PLATES = List.of("P1", "a/b\\c: d", "Plätte 細胞", "x".repeat(300), ".hidden", "p1");

	@TempDir
	private Path folder;

	@ParameterizedTest
	@ValueSource(strings = {"p.parquet", "p.csv", "p.csv.gz"})
	void theResultIsTheSameWhetherInterruptedOrNotAndAsOfTheWholeTable(final String name) throws IOException {
		final Path straight = folder.resolve("straight/" + name);
		final ProfileParts parts = ProfileParts.open(straight, SETTINGS);
		for (final String plate : PLATES) parts.write(plate, table(plate));
		parts.mergeInto(straight, PLATES);

		final Path interrupted = folder.resolve("interrupted/" + name);
		ProfileParts.open(interrupted, SETTINGS).write(PLATES.get(3), table(PLATES.get(3)));
		ProfileParts.open(interrupted, new TreeMap<>(SETTINGS)).write(PLATES.get(0), table(PLATES.get(0)));
		final ProfileParts resumed = ProfileParts.open(interrupted, SETTINGS);
		final List<String> done = new ArrayList<>();
		for (final String plate : PLATES) {
			if (resumed.has(plate)) done.add(plate);
			else resumed.write(plate, table(plate));
		}
		assertEquals(List.of(PLATES.get(0), PLATES.get(3)), done);
		resumed.mergeInto(interrupted, PLATES);
		assertEquals(-1, Files.mismatch(straight, interrupted));

		final Path whole = folder.resolve("whole/" + name);
		ProfileFile.write(ProfileTable.concat(PLATES.stream().map(ProfilePartsTest::table).toList()), whole);
		assertEquals(-1, Files.mismatch(whole, interrupted));
		assertFalse(Files.exists(resumed.folder()));
	}

	@ParameterizedTest
	@ValueSource(strings = {"p.parquet", "p.csv"})
	void aSinglePlateIsTheWholeTableWhetherWrittenNowOrBefore(final String name) throws IOException {
		final Path whole = folder.resolve("whole/" + name);
		ProfileFile.write(table("P1"), whole);
		final Path now = folder.resolve("now/" + name);
		final ProfileParts parts = ProfileParts.open(now, SETTINGS);
		parts.write("P1", table("P1"));
		assertEquals(table("P1").rowCount(), parts.mergeInto(now, List.of("P1")));
		final Path before = folder.resolve("before/" + name);
		ProfileParts.open(before, SETTINGS).write("P1", table("P1"));
		assertEquals(table("P1").rowCount(), ProfileParts.open(before, SETTINGS).mergeInto(before, List.of("P1")));
		assertEquals(-1, Files.mismatch(whole, now));
		assertEquals(-1, Files.mismatch(whole, before));
		assertFalse(Files.exists(parts.folder()));
	}

	@Test
	void aMergeThatWasKilledIsDoneAgain() throws IOException {
		final Path output = folder.resolve("p.parquet");
		final ProfileParts parts = ProfileParts.open(output, SETTINGS);
		parts.write("P1", table("P1"));
		parts.write("P2", table("P2"));
		parts.mergeInto(folder.resolve("expected.parquet"), List.of("P1", "P2"));

		// Killed while merging (its temporary file left) and while deleting (one part gone already).
		ProfileParts.open(output, SETTINGS).write("P2", table("P2"));
		final Path half = Files.writeString(AtomicFile.temporaryBeside(output), "half");
		final Path another = Files.writeString(AtomicFile.temporaryBeside(folder.resolve("q.parquet")), "in work");
		final ProfileParts again = ProfileParts.open(output, SETTINGS);
		assertFalse(Files.exists(half));
		assertTrue(Files.exists(another));
		assertFalse(again.has("P1"));
		assertTrue(again.has("P2"));
		again.write("P1", table("P1"));
		again.mergeInto(output, List.of("P1", "P2"));
		assertEquals(-1, Files.mismatch(folder.resolve("expected.parquet"), output));
		assertFalse(Files.exists(parts.folder()));
	}

	@Test
	void aRunThatIsKilledIsTakenUpAgain() throws Exception {
		final Path straight = folder.resolve("straight.parquet");
		EndlessRun.parts(straight, PLATES.size()).mergeInto(straight, PLATES);
		final Path killed = folder.resolve("killed.parquet");
		final String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		final Process process = new ProcessBuilder(java, "-Xmx128m", "-Djava.io.tmpdir=" + folder, "-cp",
			System.getProperty("java.class.path"), EndlessRun.class.getName(), killed.toString()).inheritIO().start();
		final Path parts = folder.resolve("killed.parquet.parts");
		while (process.isAlive() && count(parts) < 3) Thread.sleep(5);
		process.destroyForcibly().waitFor();
		assertTrue(count(parts) >= 3);
		EndlessRun.parts(killed, PLATES.size()).mergeInto(killed, PLATES);
		assertEquals(-1, Files.mismatch(straight, killed));
	}

	private static long count(final Path parts) throws IOException {
		if (!Files.exists(parts)) return 0;
		try (Stream<Path> files = Files.list(parts)) {
			return files.filter(file -> file.toString().endsWith(".parquet")).count();
		}
	}

	/** Writes the parts that are missing, then the last one over and over until it is killed. */
	static final class EndlessRun {

		public static void main(final String... args) throws IOException {
			final ProfileParts parts = parts(Path.of(args[0]), 3);
			for (int i = 0; i < 10_000; i++) parts.write(PLATES.get(2), table(PLATES.get(2)));
		}

		static ProfileParts parts(final Path output, final int plates) throws IOException {
			final ProfileParts parts = ProfileParts.open(output, SETTINGS);
			for (final String plate : PLATES.subList(0, plates)) {
				if (!parts.has(plate)) parts.write(plate, table(plate));
			}
			return parts;
		}
	}

	@Test
	void aFailedMergeKeepsThePartsAndTheOldOutput() throws IOException {
		final Path output = folder.resolve("p.csv");
		Files.writeString(output, "old");
		final ProfileParts parts = ProfileParts.open(output, SETTINGS);
		parts.write("P1", table("P1"));
		parts.write("P2", Tables.plate("P2", 10, 4, 1));
		final String message = assertThrows(IOException.class, () -> parts.mergeInto(output, List.of("P1", "P2")))
			.getMessage();
		assertTrue(message.contains("'P1' and 'P2' have different columns (5 and 4 features)"), message);
		assertEquals("old", Files.readString(output));
		assertTrue(parts.has("P1") && parts.has("P2"));
		final String missing = assertThrows(IOException.class, () -> parts.mergeInto(output, List.of("P1", "P3")))
			.getMessage();
		assertTrue(missing.contains("'P3'"), missing);
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(2, files.count());
		}
	}

	@Test
	void halfWrittenAndCutOffPartsAreNotDone() throws IOException {
		final Path output = folder.resolve("p.parquet");
		final ProfileParts parts = ProfileParts.open(output, SETTINGS);
		parts.write("P1", table("P1"));
		final Path part;
		try (Stream<Path> files = Files.list(parts.folder())) {
			part = files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
		}
		assertTrue(part.getFileName().toString().startsWith("P1-"), part.toString());
		final byte[] bytes = Files.readAllBytes(part);
		Files.write(part, Arrays.copyOf(bytes, bytes.length - 1));
		final Path temporary = Files.writeString(AtomicFile.temporaryBeside(part), "half");
		final Path own = Files.writeString(parts.folder().resolve("notes.txt"), "mine");
		final ProfileParts again = ProfileParts.open(output, SETTINGS);
		assertFalse(again.has("P1"));
		assertFalse(Files.exists(temporary));
		again.delete();
		assertFalse(Files.exists(part));
		assertTrue(Files.exists(own));
	}

	@Test
	void platesWithoutRowsAreDoneAndLeftOut() throws IOException {
		final Path output = folder.resolve("p.parquet");
		final ProfileParts parts = ProfileParts.open(output, SETTINGS);
		final ProfileTable empty = table("P1").selectRows(new int[0]);
		parts.write("P0", empty);
		parts.write("P2", empty);
		assertTrue(parts.has("P0"));
		assertTrue(assertThrows(IOException.class, () -> parts.mergeInto(output, List.of("P0", "P2"))).getMessage()
			.contains("nothing to write"));
		parts.write("P1", table("P1"));
		parts.mergeInto(output, List.of("P0", "P1", "P2"));
		assertTrue(table("P1").contentEquals(ProfileFile.read(output)));
	}

	@Test
	void partsOfAnotherRunAreRefused() throws IOException {
		final Path output = folder.resolve("p.parquet");
		final ProfileParts parts = ProfileParts.open(output, SETTINGS);
		parts.write("P1", table("P1"));
		assertRefused(output, Map.of("model", "sha256:2e", "tile", "224"), "model was sha256:1f and is now sha256:2e");
		assertRefused(output, Map.of("model", "sha256:1f"), "tile was 224 and is now null");
		Files.writeString(parts.folder().resolve("run.json"), "{\"version\": 1, ");
		assertRefused(output, SETTINGS, "run.json is damaged");
		Files.writeString(parts.folder().resolve("run.json"), "{\"version\": 2, \"settings\": {}}");
		assertRefused(output, SETTINGS, "version 2");
		Files.delete(parts.folder().resolve("run.json"));
		assertRefused(output, SETTINGS, "cannot be told");
	}

	private static void assertRefused(final Path output, final Map<String, String> settings, final String part) {
		final String message = assertThrows(IOException.class, () -> ProfileParts.open(output, settings)).getMessage();
		assertTrue(message.contains(part) && message.contains("p.parquet.parts") && message.contains("resume=false") &&
			message.contains("another output name"), message);
	}

	private static ProfileTable table(final String plate) {
		return Tables.plate(plate, 1500 + plate.length(), 5, plate.hashCode());
	}
}
