// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.isophene.IsopheneService;
import io.github.isophene.adaptation.ScreenPredictionOptions;
import io.github.isophene.adaptation.TinyModels;
import io.github.isophene.correction.CorrectionOptions;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelFile;
import io.github.isophene.profiles.PlateFiles;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.Field;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;

/** Jobs in one process with two tasks at once, against the desktop's files. */
class LocalJobsTest {

	@TempDir
	static Path folder;

	private static Context context;
	private static IsopheneService desktop;
	private static Path table;

	@BeforeAll
	static void makeScreen() throws IOException {
		context = new Context();
		desktop = context.service(IsopheneService.class);
		desktop.makeDemoScreen(folder.resolve("screen"), DemoOptions.defaults()
			.withBatches(3)
			.withWells(6)
			.withSize(96)
			.withClasses(3)
			.withSeed(5));
		table = folder.resolve("screen/screen.csv");
		// A field that can't be read, and a plate without any that can.
		Files.writeString(image("B1_P1"), "no image");
		try (Stream<Path> images = Files.list(folder.resolve("screen/B2_P2"))) {
			for (final Path image : images.toList()) Files.writeString(image, "no image");
		}
	}

	@AfterAll
	static void end() {
		context.dispose();
	}

	@Test
	void oneFileHasTheDesktopsBytesAndItsErrors() throws Exception {
		final Path here = folder.resolve("desktop.parquet");
		desktop.embedScreen(desktop.openScreen(table), EmbeddingOptions.into(here).withTile(64));
		final Path there = folder.resolve("one.parquet");
		final String said = job(0, "embed", "screen=" + table, "tile=64", "profiles=" + there);
		assertTrue(said.contains("from 5 of 6 plates"), said);
		assertArrayEquals(Files.readAllBytes(here), Files.readAllBytes(there));
		assertEquals(Files.readAllLines(folder.resolve("desktop.parquet.errors.csv")),
			Files.readAllLines(folder.resolve("one.parquet.plates.errors.csv")));
	}

	@Test
	void aFolderIsOneTableAndIsTakenUp() throws Exception {
		final Path here = folder.resolve("desktop2.parquet");
		desktop.embedScreen(desktop.openScreen(table), EmbeddingOptions.into(here).withTile(64));
		final Path there = folder.resolve("plates");
		final String dry = job(0, "embed", "screen=" + table, "tile=64", "profiles=" + there, "--dry-run");
		assertTrue(dry.contains("to do: 6 plates") && dry.contains("with 2 tasks of 1 processors at once"), dry);
		assertFalse(Files.exists(there));

		job(0, "embed", "screen=" + table, "tile=64", "profiles=" + there);
		assertSameRows(ProfileFile.read(here), ProfileFile.read(there));

		// A plate that is lost is done again, and only it: besides the one that never could be.
		try (Stream<Path> files = Files.list(there.resolve("_isophene/done"))) {
			Files.delete(
				files.filter(file -> file.getFileName().toString().startsWith("B3_P1")).findFirst().orElseThrow());
		}
		final String again = job(0, "embed", "screen=" + table, "tile=64", "profiles=" + there);
		assertTrue(again.contains("plates done already: 4"), again);
		assertSameRows(ProfileFile.read(here), ProfileFile.read(there));

		final String refused = job(1, "embed", "screen=" + table, "tile=32", "profiles=" + there, "--dry-run");
		assertTrue(refused.contains("tiling was grid:64 and is now grid:32"), refused);
		final String other = job(1, "embed", "screen=" + table, "tile=32", "profiles=" + there);
		assertTrue(other.contains("holds plates of a run with other settings: ") && other.contains("resume=false"),
			other);
	}

	@Test
	void whatIsMendedOrExportedAgainIsDoneAgain() throws Exception {
		final Path images = folder.resolve("mended");
		desktop.makeDemoScreen(images, DemoOptions.defaults()
			.withBatches(3)
			.withPlates(1)
			.withWells(6)
			.withSize(96)
			.withClasses(3)
			.withSeed(5));
		final Path screen = images.resolve("screen.csv");
		final Path model = TinyModels.write(folder.resolve("again.zip"), 1);
		final Path broken = image(images, "B1_P1");
		final Path kept = Files.copy(broken, folder.resolve("kept.tif"), StandardCopyOption.COPY_ATTRIBUTES);
		Files.writeString(broken, "no image");
		final Path embedded = folder.resolve("again");
		final Path predicted = folder.resolve("again-predicted");
		final String[] embed = {"embed", "screen=" + screen, "tile=64", "profiles=" + embedded};
		final String[] predict = {"predict", "screen=" + screen, "model=" + model, "statistics=controls",
			"predictions=" + predicted};
		assertTrue(job(0, embed).contains("1 field could not be read"));
		assertTrue(job(0, predict).contains("1 field could not be read"));

		// One is put back with its old time, one of another plate is exported again, the third plate is as it was.
		Files.copy(kept, broken, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
		final Path later = image(images, "B2_P1");
		Files.copy(kept, later, StandardCopyOption.REPLACE_EXISTING);
		Files.setLastModifiedTime(later, FileTime.fromMillis(System.currentTimeMillis()));
		final String again = job(0, embed);
		assertTrue(again.contains("plates done already: 1") && !again.contains("could not be read"), again);
		final String other = job(0, predict);
		assertTrue(other.contains("plates done already: 1") && !other.contains("could not be read"), other);
		final Path here = folder.resolve("here.parquet");
		desktop.embedScreen(desktop.openScreen(screen), EmbeddingOptions.into(here).withTile(64));
		assertSameRows(ProfileFile.read(here), ProfileFile.read(embedded));
		desktop.predictScreen(desktop.openScreen(screen),
			ScreenPredictionOptions.into(here).withModels(List.of(model.toString())).withStatistics("controls"));
		assertSameRows(ProfileFile.read(here), ProfileFile.read(predicted.resolve("fields")));
		assertTrue(job(0, "embed", "screen=" + screen, "tile=64", "profiles=" + embedded, "--dry-run")
			.contains("to do: 0 plates"));

		// A plate that is exported again, and badly, is no longer in the table.
		try (Stream<Path> bad = Files.list(images.resolve("B2_P1"))) {
			for (final Path image : bad.toList()) Files.writeString(image, "no image");
		}
		final String fewer = job(0, embed);
		assertTrue(fewer.contains("from 2 of 3 plates") && fewer.contains("plates done already: 2"), fewer);
		assertFalse(Files.exists(embedded.resolve(PlateFiles.name("B2_P1") + ".parquet")));
	}

	@Test
	void predictionsAreTheDesktops() throws Exception {
		final Path model = folder.resolve("model.zip");
		ModelFile.write(TinyModels.calibrated(Model.load(TinyModels.write(model, 1))), model);
		final ScreenPredictionOptions options = ScreenPredictionOptions.into(folder.resolve("desktop-new.parquet"))
			.withModels(List.of(model.toString()))
			.withStatistics("calibrated");
		// The plate without images has no controls that can be read: the same for both, a reason for each of
		// its fields.
		desktop.predictScreen(desktop.openScreen(table), options);
		final Path there = folder.resolve("new.parquet");
		job(0, "predict", "screen=" + table, "model=" + model, "statistics=calibrated", "predictions=" + there);
		assertArrayEquals(Files.readAllBytes(options.predictions()), Files.readAllBytes(there));
		assertArrayEquals(Files.readAllBytes(options.wells()), Files.readAllBytes(folder.resolve("new.wells.parquet")));
		assertEquals(Files.readAllLines(options.drifts()), Files.readAllLines(folder.resolve("new.parquet.drift.csv")));
		assertFalse(Model.load(model).card().classes().isEmpty());
	}

	@Test
	void correctionsThatLearnFromControlsGoPlateByPlate() throws Exception {
		final Path whole = folder.resolve("whole.parquet");
		desktop.embedScreen(desktop.openScreen(table), EmbeddingOptions.into(whole).withTile(64));
		final Path plates = folder.resolve("for-correction");
		job(0, "embed", "screen=" + table, "tile=64", "profiles=" + plates);

		final String method = "standardize,sphering:zca:1,center:per=batch";
		final Path here = folder.resolve("corrected.parquet");
		desktop.correctProfiles(CorrectionOptions.of(whole, here).withMethod(method));
		final Path there = folder.resolve("corrected");
		final String said = job(0, "correct", "profiles=" + plates, "method=" + method, "corrected=" + there);
		assertTrue(said.contains("from 5 of 5 plates"), said);
		assertSameRows(ProfileFile.read(here), ProfileFile.read(there));

		final String refused = job(1, "correct", "profiles=" + plates, "method=harmony",
			"corrected=" + folder.resolve("h"));
		assertTrue(refused.contains("learns from rows that are no controls"), refused);
		job(0, "correct", "profiles=" + plates, "method=int", "corrected=" + folder.resolve("int.parquet"));
		assertEquals(ProfileFile.read(whole).rowCount(), ProfileFile.read(folder.resolve("int.parquet")).rowCount());
		final String unlearned = job(1, "correct", "profiles=" + plates, "apply=nothing.npz",
			"corrected=" + folder.resolve("a"), "--dry-run");
		assertTrue(unlearned.contains("apply is ") && unlearned.contains("nothing.npz, which doesn't exist"),
			unlearned);

		// What is learned depends on all plates: with one fewer, all are corrected again, and the one that is
		// gone is told.
		assertTrue(job(0, "correct", "profiles=" + plates, "method=" + method, "corrected=" + there)
			.contains("plates done already: 5"));
		Files.delete(plates.resolve(PlateFiles.name("B1_P1") + ".parquet"));
		final String fewer = job(0, "correct", "profiles=" + plates, "method=" + method, "corrected=" + there);
		assertTrue(fewer.contains("from 4 of 4 plates") &&
			fewer.contains("The folder also holds 1 plate that this run hasn't made (B1_P1-"), fewer);
		assertFalse(fewer.contains("done already"), fewer);
	}

	@Test
	void mistakesEndTheJobWithOneLine() throws Exception {
		final String key = job(1, "embed", "screen=" + table, "tyle=64", "profiles=x");
		assertTrue(key.contains("There is no key 'tyle'"), key);
		final String help = job(0, "correct", "--help");
		assertTrue(help.contains("profiles (must be given)") && help.contains("seed=1"), help);
		final String absent = job(1, "assess", "profiles=nothing.parquet", "report=" + folder.resolve("r"),
			"--dry-run");
		assertTrue(absent.contains("nothing.parquet, which doesn't exist"), absent);
		final String none = job(1, "embed", "screen=" + folder.resolve("nothing.csv"),
			"profiles=" + folder.resolve("none"));
		assertTrue(none.contains("nothing.csv"), none);
		assertFalse(none.contains("\tat "), none);
	}

	/** Runs a job in a process of its own with two tasks at once. */
	private static String job(final int status, final String... args) throws Exception {
		final Path home = Files.createDirectories(folder.resolve("home"));
		try (SparkProcess process = SparkProcess.start(home,
			Map.of("spark.master", "local[2]", "spark.ui.enabled", "false", "spark.driver.host", "127.0.0.1"),
			SparkMain.class, args))
		{
			assertEquals(status, process.waitFor(), process.output());
			return process.output();
		}
	}

	private static Path image(final String plate) throws IOException {
		return image(folder.resolve("screen"), plate);
	}

	private static Path image(final Path screen, final String plate) throws IOException {
		try (Stream<Path> images = Files.list(screen.resolve(plate))) {
			return images.sorted().findFirst().orElseThrow();
		}
	}

	/** The same rows, whatever the order of the plates. */
	static void assertSameRows(final ProfileTable expected, final ProfileTable actual) {
		assertEquals(expected.metadataColumns(), actual.metadataColumns());
		assertEquals(expected.featureColumns(), actual.featureColumns());
		assertEquals(rows(expected), rows(actual));
	}

	private static List<String> rows(final ProfileTable table) {
		final List<String> rows = new ArrayList<>();
		IntStream.range(0, table.rowCount())
			.forEach(row -> rows.add(
				String.join("|", table.metadataColumns().stream().map(column -> table.metadata(column, row)).toList()) +
					Arrays.toString(table.row(row))));
		rows.sort(null);
		assertEquals(table.rowCount(), table.rowsBy(List.of(Field.PLATE, Field.WELL, Field.SITE)).size());
		return rows;
	}
}
