// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import io.github.isophene.files.TinyDisk;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import io.github.isophene.storage.RemoteSettings;
import io.github.isophene.storage.SizeLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a fitted chain, stored and read again, applies to the same and to new plates. */
class FittedFileTest {

	private static final CorrectionContext CONTEXT = CorrectionContext.standard()
		.withControls("Metadata_pert_type=negcon");

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(
		strings = {"standardize", "mad_robustize:batch:all", "center:plate:controls:median", "sphering:zca-cor:0.1",
			"center,tvn", "center:plate,tvn:coral:plate", "combat", "combat:covariate=Metadata_Label", "pca:3",
			"wellpos", "mad_robustize,clip:3,variance,correlation:0.5,outlier:100", "drop_missing_rows,variant"})
	void theFileCorrectsTheSameRowsToTheSameBits(final String method) throws IOException {
		final ProfileTable table = GoldenCorrectionsTest.input("simulated");
		final CorrectionChain.Result result = Corrections.installed().parse(method).fit(table, CONTEXT);
		final FittedChain read = throughFile(result.fitted());
		assertTrue(result.table().contentEquals(read.apply(table, CONTEXT)), method);
		assertEquals(result.fitted().method(), read.method());
	}

	@ParameterizedTest
	@ValueSource(strings = {"standardize", "mad_robustize", "center,sphering:zca:0.1", "center,tvn", "combat"})
	void newPlatesComeOutAsIfTheyBelonged(final String method) throws IOException {
		final ProfileTable table = GoldenCorrectionsTest.input("simulated");
		final ProfileTable known = rows(table, "B[0-3]");
		final ProfileTable fresh = rows(table, "B4");
		final FittedChain fitted = throughFile(Corrections.installed().parse(method).fit(known, CONTEXT).fitted());
		final ProfileTable corrected = fitted.apply(fresh, CONTEXT);
		// The controls of the new batch lie where those of the others lie.
		final ProfileTable others = fitted.apply(known, CONTEXT);
		for (int i = 0; i < corrected.featureCount(); i++) {
			assertEquals(controlMean(others, i), controlMean(corrected, i), .75, method + " " + i);
		}
		if (method.equals("standardize")) {
			assertTrue(corrected.contentEquals(Corrections.installed().parse(method).fit(fresh, CONTEXT).table()),
				"by its own controls");
		}
	}

	@Test
	void harmonyBringsANewBatchToTheOthers() throws IOException {
		final ProfileTable table = Corrections.installed()
			.parse("standardize:table")
			.fit(GoldenCorrectionsTest.input("simulated"), CONTEXT)
			.table();
		final ProfileTable known = rows(table, "B[0-3]");
		final CorrectionChain.Result result = Corrections.installed().parse("harmony:nclust=4").fit(known, CONTEXT);
		final FittedChain fitted = throughFile(result.fitted());
		final ProfileTable fresh = rows(table, "B4");
		final ProfileTable corrected = fitted.apply(fresh, CONTEXT);
		assertTrue(distance(corrected, result.table()) < .5 * distance(fresh, known),
			"the batch's mean comes to the others' mean");
		// Rows that it was fitted on: close, not the same.
		final ProfileTable again = fitted.apply(known, CONTEXT);
		double rest = 0;
		double moved = 0;
		for (int row = 0; row < known.rowCount(); row++) {
			for (int i = 0; i < known.featureCount(); i++) {
				rest += Math.pow(again.feature(row, i) - result.table().feature(row, i), 2);
				moved += Math.pow(known.feature(row, i) - result.table().feature(row, i), 2);
			}
		}
		assertTrue(Math.sqrt(rest / moved) < .25, "differs by " + Math.sqrt(rest / moved) + " of what was moved");
	}

	@Test
	void ranksOfNewRowsAreInterpolated() throws IOException {
		final ProfileTable table = GoldenCorrectionsTest.input("simulated");
		final CorrectionChain.Result result = Corrections.installed().parse("int").fit(table, CONTEXT);
		// 200 rows are all kept, so that the rows themselves get their own scores.
		CorrectionsFuzzTest.assertClose(result.table(), throughFile(result.fitted()).apply(table, CONTEXT), 1e-6);
	}

	@Test
	void theSameStateGivesTheSameBytes() throws IOException {
		final ProfileTable table = GoldenCorrectionsTest.input("simulated");
		final FittedChain fitted = Corrections.installed()
			.parse("center,tvn,harmony:nclust=4")
			.fit(table, CONTEXT)
			.fitted();
		FittedFile.write(fitted, folder.resolve("a.npz"));
		FittedFile.write(FittedFile.read(folder.resolve("a.npz"), Corrections.installed()), folder.resolve("b.npz"));
		FittedFile.write(Corrections.installed().parse("center,tvn,harmony:nclust=4").fit(table, CONTEXT).fitted(),
			folder.resolve("c.npz"));
		assertArrayEquals(Files.readAllBytes(folder.resolve("a.npz")), Files.readAllBytes(folder.resolve("b.npz")));
		assertArrayEquals(Files.readAllBytes(folder.resolve("a.npz")), Files.readAllBytes(folder.resolve("c.npz")));
	}

	@Test
	void aDamagedOrForeignFileIsNamed() throws IOException {
		final Path file = folder.resolve("state.npz");
		final FittedChain fitted = Corrections.installed()
			.parse("standardize")
			.fit(GoldenCorrectionsTest.input("simulated"), CONTEXT)
			.fitted();
		FittedFile.write(fitted, file);
		final byte[] whole = Files.readAllBytes(file);
		Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
		assertDamaged(file);
		Files.writeString(file, "no zip");
		assertDamaged(file);
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
			zip.putNextEntry(new ZipEntry("model.json"));
		}
		assertDamaged(file);
		assertThrows(IOException.class, () -> FittedFile.read(folder.resolve("none.npz"), Corrections.installed()));
	}

	/** A zip of a few kilobytes that unfolds to more than Java's memory. */
	@Test
	void entriesThatUnfoldWithoutEndAreRefused() throws IOException {
		final Path whole = folder.resolve("whole.npz");
		FittedFile.write(Corrections.installed()
			.parse("standardize")
			.fit(GoldenCorrectionsTest.input("simulated"), CONTEXT)
			.fitted(), whole);
		try (RemoteSettings settings = new RemoteSettings().set(SizeLimit.PROPERTY, "8")) {
			for (final String bomb : List.of("corrections.json", ".npy")) {
				final Path file = folder.resolve("bomb.npz");
				try (ZipFile from = new ZipFile(whole.toFile());
					ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(file)))
				{
					for (final ZipEntry entry : Collections.list(from.entries())) {
						to.putNextEntry(new ZipEntry(entry.getName()));
						to.write(from.getInputStream(entry).readAllBytes());
						if (entry.getName().endsWith(bomb))
							for (int i = 0; i < 65; i++) to.write(new byte[1 << 20]);
						to.closeEntry();
					}
				}
				assertTrue(Files.size(file) < 1 << 20);
				final String message = assertThrows(IOException.class,
					() -> FittedFile.read(file, Corrections.installed())).getMessage();
				assertTrue(message.startsWith(file + ": ") && message.contains(bomb + " has more than ") &&
					message.contains(bomb.equals(".npy") ? "8 MB" : "64 MB"), message);
			}
		}
	}

	@Test
	void rowsOfNothingAreRefused() {
		final byte[] header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647, 0), }"
			.getBytes(StandardCharsets.US_ASCII);
		final ByteBuffer bytes = ByteBuffer.allocate(10 + header.length).order(ByteOrder.LITTLE_ENDIAN);
		bytes.put(Npy.bytes(new double[1][1]), 0, 8).putShort((short) header.length).put(header);
		assertEquals("a matrix is cut off",
			assertThrows(IllegalArgumentException.class, () -> Npy.matrix(bytes.array())).getMessage());
	}

	@Test
	void profilesWithoutTheFeaturesAreRefused() throws IOException {
		final ProfileTable table = GoldenCorrectionsTest.input("simulated");
		final FittedChain fitted = Corrections.installed().parse("standardize").fit(table, CONTEXT).fitted();
		final String message = assertThrows(IllegalArgumentException.class,
			() -> fitted.apply(table.selectFeatures(List.of("f0", "f3")), CONTEXT)).getMessage();
		assertTrue(message.contains("6 of the 8 features") && message.contains("'f1'"), message);
	}

	@Test
	void aRunWritesBothFilesAndAppliesThem() throws IOException {
		final Path input = GoldenCorrectionsTest.resource("simulated/input.parquet");
		final Path corrected = folder.resolve("corrected.parquet");
		final Path fitted = folder.resolve("fitted.npz");
		final CorrectionRun run = new CorrectionRun(Corrections.installed(), note -> {});
		final String said = run.run(
			CorrectionOptions.of(input, corrected).withMethod("mad_robustize,sphering:zca:0.1").withFitted(fitted),
			Progress.NONE);
		assertTrue(said.contains("200 rows x 8 features"), said);
		final Path again = folder.resolve("again.parquet");
		final String applied = run.run(CorrectionOptions.of(input, again).withApply(fitted), Progress.NONE);
		assertFalse(applied.contains("Left out"), applied);
		assertArrayEquals(Files.readAllBytes(corrected), Files.readAllBytes(again));
		final ProfileTable table = ProfileFile.read(input);
		final List<String> names = table.featureColumns();
		final Path more = folder.resolve("more.parquet");
		final List<String> added = new java.util.ArrayList<>(List.of("g0", "g1"));
		added.addAll(names);
		ProfileFile.write(table.mapRows(added, (row, in, out) -> System.arraycopy(in, 0, out, 2, in.length)), more);
		final String left = run.run(CorrectionOptions.of(more, again).withApply(fitted), Progress.NONE);
		assertTrue(left.contains("again.parquet. Left out: 2 features that the fit doesn't take (g0, g1)"), left);
		assertArrayEquals(Files.readAllBytes(corrected), Files.readAllBytes(again));
		refused(run, CorrectionOptions.of(input, input).withMethod("int"), "overwritten");
		refused(run, CorrectionOptions.of(input, corrected), "method is missing");
		refused(run, CorrectionOptions.of(input, corrected).withMethod("int").withApply(fitted), "both given");
		refused(run, CorrectionOptions.of(input, again).withApply(fitted).withFitted(folder.resolve("x.npz")),
			"nothing is learned");
		assertThrows(IOException.class,
			() -> run.run(CorrectionOptions.of(input, folder.resolve("x.txt")).withMethod("int"), Progress.NONE));
		assertFalse(Files.exists(folder.resolve("x.txt")));
	}

	@Test
	void whereTheTableCannotBeWrittenTheFitOfBeforeStays() throws IOException {
		final Path input = GoldenCorrectionsTest.resource("simulated/input.parquet");
		final Path fitted = folder.resolve("fitted.npz");
		Files.writeString(fitted, "of before");
		final CorrectionRun run = new CorrectionRun(Corrections.installed(), note -> {});
		try (TinyDisk disk = TinyDisk.of(folder, 4)) {
			final Path corrected = disk.folder().resolve("corrected.csv");
			final IOException exc = assertThrows(IOException.class, () -> run
				.run(CorrectionOptions.of(input, corrected).withMethod("standardize").withFitted(fitted),
				Progress.NONE));
			assertTrue(exc.getMessage().contains(corrected.toString()), exc.getMessage());
			assertFalse(Files.exists(corrected));
		}
		assertEquals("of before", Files.readString(fitted));
	}

	@Test
	void aFitKeepsItsControlsAndColumnsUnlessOthersAreNamed() throws IOException {
		final ProfileTable given = GoldenCorrectionsTest.input("simulated");
		final String[] types = given.metadata("Metadata_pert_type");
		final String[] plates = given.metadata("Metadata_Plate");
		// The default of the key names the opposite of what was fitted on.
		final String[] others = java.util.Arrays.stream(types)
			.map(t -> t.equals("negcon") ? "trt" : "negcon")
			.toArray(String[]::new);
		final ProfileTable table = given.withMetadata("Metadata_Role", types)
			.withMetadata("Metadata_pert_type", others)
			.withMetadata("Metadata_Assay_Plate", plates)
			.selectMetadata(List.of("Metadata_Assay_Plate", "Metadata_Role", "Metadata_pert_type"));
		final Path known = folder.resolve("known.parquet");
		final Path fresh = folder.resolve("fresh.parquet");
		final int half = table.rowCount() / 2;
		ProfileFile.write(table.selectRows(IntStream.range(0, half).toArray()), known);
		ProfileFile.write(table.selectRows(IntStream.range(half, table.rowCount()).toArray()), fresh);
		final CorrectionRun run = new CorrectionRun(Corrections.installed(), note -> {});
		final Path fitted = folder.resolve("fit.npz");
		run.run(CorrectionOptions.of(known, folder.resolve("a.parquet"))
			.withMethod("standardize")
			.withPlates("Metadata_Assay_Plate")
			.withControls("Metadata_Role=negcon")
			.withFitted(fitted), Progress.NONE);
		run.run(CorrectionOptions.of(fresh, folder.resolve("b.parquet")).withApply(fitted), Progress.NONE);
		run.run(CorrectionOptions.of(fresh, folder.resolve("c.parquet"))
			.withMethod("standardize")
			.withPlates("Metadata_Assay_Plate")
			.withControls("Metadata_Role=negcon"), Progress.NONE);
		run.run(CorrectionOptions.of(fresh, folder.resolve("d.parquet")).withApply(fitted).withControls(""),
			Progress.NONE);
		final ProfileTable own = ProfileFile.read(folder.resolve("c.parquet"));
		assertTrue(own.contentEquals(ProfileFile.read(folder.resolve("b.parquet"))), "its controls and its plates");
		assertFalse(own.contentEquals(ProfileFile.read(folder.resolve("d.parquet"))), "all rows, as was asked");
	}

	private static void refused(final CorrectionRun run, final CorrectionOptions options, final String message) {
		final String said = assertThrows(IllegalArgumentException.class, () -> run.run(options, Progress.NONE))
			.getMessage();
		assertTrue(said.contains(message), said);
	}

	private void assertDamaged(final Path file) {
		final String message = assertThrows(IOException.class, () -> FittedFile.read(file, Corrections.installed()))
			.getMessage();
		assertTrue(message.contains(file.toString()) && message.contains("fit again"), message);
	}

	private FittedChain throughFile(final FittedChain fitted) throws IOException {
		final Path file = folder.resolve("fitted.npz");
		FittedFile.write(fitted, file);
		return FittedFile.read(file, Corrections.installed());
	}

	private static ProfileTable rows(final ProfileTable table, final String batches) {
		return table.selectRows(IntStream.range(0, table.rowCount())
			.filter(row -> table.metadata("Metadata_Batch", row).matches(batches))
			.toArray());
	}

	private static double controlMean(final ProfileTable table, final int feature) {
		return IntStream.of(CONTEXT.controlRows(table))
			.mapToDouble(row -> table.feature(row, feature))
			.average()
			.orElseThrow();
	}

	private static double distance(final ProfileTable a, final ProfileTable b) {
		double sum = 0;
		for (int i = 0; i < a.featureCount(); i++) {
			final int feature = i;
			final double difference = IntStream.range(0, a.rowCount())
				.mapToDouble(r -> a.feature(r, feature))
				.average()
				.orElseThrow() -
				IntStream.range(0, b.rowCount()).mapToDouble(r -> b.feature(r, feature)).average().orElseThrow();
			sum += difference * difference;
		}
		return Math.sqrt(sum);
	}
}
