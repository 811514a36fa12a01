// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import io.github.isophene.correction.Corrections;
import io.github.isophene.metrics.ColumnRoles;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.Metrics;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.plugin.PluginService;

/** Tables as they come: every metric gives a number or says why it has none, and the report is written. */
class FuzzTest {

	private static Context context;
	private static List<Metric> metrics;

	@TempDir
	Path folder;

	/** A row of a table: what metadata it has. */
	private record Row(String batch, String plate, String well, String compound, String label, String type) {}

	@BeforeAll
	static void findMetrics() {
		context = new Context(PluginService.class);
		metrics = Metrics.all(context.service(PluginService.class));
		assertEquals(17, metrics.size());
	}

	@AfterAll
	static void dispose() {
		context.dispose();
	}

	@Test
	void aWholesomeTableHasEveryNumber() throws IOException {
		final AssessedMethod method = assess(table(rows(3, 2), 6, 1));
		for (final MetricInfo metric : metrics.stream().map(Metric::info).toList()) {
			final MetricResult result = method.results().get(metric.name());
			// Every treatment is in every batch, so that none has a batch of its own.
			if (metric.name().equals("nscb")) continue;
			assertTrue(result.isDefined(), () -> metric.name() + " is not defined: " + result.undefined());
			assertTrue(Double.isFinite(result.chance()), metric.name());
			if (metric.overall()) assertTrue(result.value() >= 0 && result.value() <= 1, metric.name());
		}
		undefined(method, "nscb", "two batches");
		assertTrue(method.score().overall() > 0);
	}

	@Test
	void wellsToLookAtAreNamed() throws IOException {
		final ProfileTable table = spoil(table(rows(3, 2), 6, 1), values -> {
			// A control and a treated well that are ten times as strong as their replicates; a compound that always is.
			for (int i = 0; i < 6; i++) values[2][i] *= 10;
			for (int i = 0; i < 6; i++) values[17][i] *= 10;
			for (int row = 0; row < values.length; row++) {
				if (row % 12 == 6 || row % 12 == 10) for (int i = 0; i < 6; i++) values[row][i] *= 8;
			}
		});
		final List<FlaggedWell> worst = assess(table).worst();
		final List<Integer> lengths = worst.stream()
			.filter(w -> w.reason().contains("longer or shorter"))
			.map(FlaggedWell::row)
			.toList();
		assertTrue(lengths.subList(0, 2).containsAll(List.of(2, 17)), lengths.toString());
		assertFalse(lengths.contains(6), lengths.toString());
		assertEquals(2,
			worst.stream().filter(w -> w.reason().contains("a control far")).findFirst().orElseThrow().row());
	}

	@Test
	void oneBatch() throws IOException {
		final AssessedMethod method = assess(table(rows(1, 2), 6, 1));
		undefined(method, "ilisi", "only one batch");
		undefined(method, "batch-probe", "one batch only");
		undefined(method, "nscb", "only one batch");
		undefined(method, "label-probe", "only one batch");
		assertTrue(method.results().get("map-activity").isDefined());
		assertTrue(method.driftUndefined().contains("one batch only"), method.driftUndefined());
	}

	@Test
	void oneClass() throws IOException {
		final AssessedMethod method = assess(table(rows(2, 2).stream()
			.map(r -> r.type.equals("trt") ? new Row(r.batch, r.plate, r.well, "c", "l", "trt") : r)
			.toList(), 6, 1));
		undefined(method, "silhouette-label", "only one label");
		undefined(method, "clisi", "only one label");
		undefined(method, "map-replicability", "only one treatment");
		undefined(method, "nsc", "fewer than two treatments");
		undefined(method, "replicate-correlation", "only one treatment");
		assertTrue(Double.isNaN(method.score().biology()) || method.score().biology() > 0);
	}

	@Test
	void noControls() throws IOException {
		final AssessedMethod method = assess(
			table(rows(2, 2).stream().filter(r -> r.type.equals("trt")).toList(), 6, 1));
		undefined(method, "batch-probe", "no row has Metadata_Type = negcon");
		undefined(method, "map-activity", "no row has Metadata_Type = negcon");
		assertTrue(method.results().get("ilisi").isDefined());
	}

	@Test
	void controlsOnly() throws IOException {
		final AssessedMethod method = assess(
			table(rows(2, 2).stream().filter(r -> r.type.equals("negcon")).toList(), 6, 1));
		assertTrue(method.results().get("batch-probe").isDefined());
		undefined(method, "map-activity", "");
		undefined(method, "silhouette-label", "");
	}

	@Test
	void noReplicates() throws IOException {
		int n = 0;
		final List<Row> rows = new ArrayList<>();
		for (final Row r : rows(2, 2)) {
			rows.add(r.type.equals("trt") ? new Row(r.batch, r.plate, r.well, "c" + n, "l" + n++, "trt") : r);
		}
		final AssessedMethod method = assess(table(rows, 6, 1));
		undefined(method, "map-activity", "no replicates");
		undefined(method, "replicate-correlation", "no treatment has replicates");
		undefined(method, "silhouette-label", "no replicates");
		undefined(method, "clisi", "no replicates");
		undefined(method, "nsc", "no treatment has another");
		assertTrue(Double.isNaN(method.score().overall()), "no overall score without replicates");
	}

	@Test
	void fewRows() throws IOException {
		for (final int n : new int[]{1, 2, 3}) {
			final AssessedMethod method = assess(table(rows(2, 2).subList(0, n), 6, 1));
			undefined(method, "ilisi", "");
			assertEquals(n, method.rows());
		}
	}

	@Test
	void missingAndInfiniteValues() throws IOException {
		final ProfileTable table = spoil(table(rows(2, 2), 6, 1), values -> {
			for (int i = 0; i < 20; i++) {
				values[i][1] = Float.NaN;
				values[i + 10][4] = Float.POSITIVE_INFINITY;
			}
			java.util.Arrays.fill(values[7], Float.NaN);
		});
		final AssessedMethod method = assess(table);
		assertEquals(table.rowCount() - 1, method.rows());
		assertEquals(4, method.features());
		assertEquals(2, method.notes().size());
		assertTrue(method.notes().get(1).contains("emb_0002, emb_0005"), method.notes().get(1));
		assertTrue(method.results().get("ilisi").isDefined());
		// One row of gaps costs a row, no features.
		final AssessedMethod gaps = assess(spoil(table(rows(2, 2), 6, 1), values -> {
			values[3][1] = Float.NaN;
			values[3][4] = Float.NaN;
		}));
		assertEquals(List.of(table.rowCount() - 1, 6), List.of(gaps.rows(), gaps.features()));
		assertTrue(gaps.notes().get(0).startsWith("1 of " + table.rowCount() + " rows are left out"),
			gaps.notes().get(0));
		// Scattered over all rows and features: neither axis alone keeps anything.
		final java.util.Random random = new java.util.Random(3);
		final AssessedMethod scattered = assess(spoil(table(rows(6, 2), 40, 1), values -> {
			for (int i = 0; i < values.length; i++) {
				for (int c = 0; c < 40; c++) if (random.nextInt(100) < 3 || c == i % 40) values[i][c] = Float.NaN;
			}
		}));
		assertTrue(scattered.rows() > 10 && scattered.features() > 10, scattered.rows() + " x " + scattered.features());
		assertEquals(2, scattered.notes().size());
		final ProfileTable nothing = spoil(table(rows(2, 2), 3, 1), values -> {
			for (final float[] row : values) java.util.Arrays.fill(row, Float.NaN);
		});
		fails(nothing, "missing or infinite");
	}

	@Test
	void constantFeaturesAndDuplicates() throws IOException {
		allNumbersAreNumbers(assess(spoil(table(rows(3, 2), 6, 1), values -> {
			for (final float[] row : values) row[2] = 7;
		})));
		allNumbersAreNumbers(assess(spoil(table(rows(3, 2), 6, 1), values -> {
			for (int i = 1; i < values.length; i += 2) values[i] = values[i - 1].clone();
		})));
		final AssessedMethod same = assess(spoil(table(rows(3, 2), 6, 1), values -> {
			for (final float[] row : values) java.util.Arrays.fill(row, 3);
		}));
		allNumbersAreNumbers(same);
		final AssessedMethod zero = assess(spoil(table(rows(3, 2), 6, 1), values -> {
			for (final float[] row : values) java.util.Arrays.fill(row, 0);
		}));
		allNumbersAreNumbers(zero);
		allNumbersAreNumbers(assess(table(rows(3, 2), 1, 1)));
	}

	@Test
	void hugeValues() throws IOException {
		allNumbersAreNumbers(assess(spoil(table(rows(3, 2), 6, 1), values -> {
			for (final float[] row : values) row[0] *= 1e30f;
		})));
	}

	@Test
	void manyLabels() throws IOException {
		final List<Row> rows = new ArrayList<>();
		for (int i = 0; i < 360; i++)
			rows.add(new Row("B" + i / 120, "B" + i / 120 + "P", "", "c" + i % 120, "l" + i % 120, "trt"));
		final MetricResult probe = assess(table(rows, 6, 1)).results().get("label-probe");
		assertEquals(50, probe.groups().size());
		assertEquals("on 150 random rows of 50 of 120 labels", probe.note());
	}

	@Test
	void manyFeatures() throws IOException {
		final AssessedMethod method = assess(table(rows(2, 1), 10_000, 1));
		assertEquals(10_000, method.features());
		assertTrue(method.results().get("batch-probe").isDefined());
	}

	@Test
	void noFeatures() {
		fails(
			ProfileTable.builder(columns(), List.of()).add(List.of("a", "b", "c", "d", "e", "f"), new float[0]).build(),
			"no features");
	}

	@Test
	void noRows() throws IOException {
		final Path file = folder.resolve("empty.csv");
		Files.writeString(file, "Metadata_Batch,Metadata_Plate,emb_0001\n");
		final IOException e = assertThrows(IOException.class,
			() -> run(AssessmentOptions.of(file, folder.resolve("r"))));
		assertTrue(e.getMessage().contains("empty.csv"), e.getMessage());
	}

	@Test
	void textWhereNumbersAreExpected() throws IOException {
		final Path file = folder.resolve("text.csv");
		Files.writeString(file, "Metadata_Batch,Metadata_Plate,emb_0001\nB,P,low\nB,P,high\n");
		final Exception e = assertThrows(Exception.class, () -> run(AssessmentOptions.of(file, folder.resolve("r"))));
		assertTrue(e.getMessage().contains("text.csv"), e.getMessage());
		assertFalse(Files.exists(folder.resolve("r")));
	}

	@Test
	void wrongColumns() throws IOException {
		final Path file = folder.resolve("p.csv");
		ProfileFile.write(table(rows(2, 2), 3, 1), file);
		wrong(AssessmentOptions.of(file, folder).withControls("").withLabel("Metadata_moa"), "key label");
		wrong(AssessmentOptions.of(file, folder).withControls("").withBatch("Metadata_Week"), "key batch");
		wrong(AssessmentOptions.of(file, folder).withControls("Metadata_Role=x"), "key controls");
		wrong(AssessmentOptions.of(file, folder).withControls("").withTreatment("Metadata_Compound,Metadata_Dose"),
			"Metadata_Dose");
		wrong(AssessmentOptions.of(file, folder).withControls("").withMethods("none; sphere"), "sphere");
		assertThrows(IllegalArgumentException.class, () -> AssessmentOptions.of(file, folder).withMethods("none;;pca"));
		assertThrows(IllegalArgumentException.class, () -> AssessmentOptions.of(List.of(), folder));
	}

	@Test
	void aReportOfEverythingUndefined() throws IOException {
		final Path file = folder.resolve("p.csv");
		ProfileFile.write(table(rows(2, 2), 3, 1), file);
		run(AssessmentOptions.of(file, folder.resolve("report")).withControls("").withBatch(""));
		final String page = page(folder.resolve("report"));
		assertTrue(page.contains("not defined: no column was named (key batch)"));
		assertTrue(page.contains("no negative controls were named"));
		assertFalse(page.contains("NaN"), "a number that is none is shown");
	}

	@Test
	void aCanceledRunWritesNothing() throws IOException {
		final Path file = folder.resolve("p.csv");
		ProfileFile.write(table(rows(2, 2), 3, 1), file);
		final AssessmentOptions options = AssessmentOptions.of(file, folder.resolve("report"))
			.withControls("Metadata_Type=negcon");
		assertThrows(CancellationException.class,
			() -> new AssessmentRun(metrics, Corrections.installed()).run(options, (message, done, total) -> {
				if (message.contains("iLISI")) Thread.currentThread().interrupt();
			}));
		assertTrue(Thread.interrupted(), "the interrupt is still there for whoever ends the run");
		assertFalse(Files.exists(folder.resolve("report")));
	}

	@Test
	void namesFromTheTableAreText() throws IOException {
		final Path file = folder.resolve("p.csv");
		ProfileFile.write(table(rows(2, 2).stream()
			.map(r -> new Row(r.batch + "<script>", r.plate + "&\"", "??", r.compound, r.label, r.type))
			.toList(), 3, 1), file);
		run(AssessmentOptions.of(file, folder.resolve("report"))
			.withControls("Metadata_Type=negcon")
			.withLabel("Metadata_Label"));
		final String page = page(folder.resolve("report"));
		assertFalse(page.contains("<script>"));
		assertTrue(page.contains("&lt;script&gt;"));
		assertTrue(page.contains("No plate heat maps"));
	}

	private void wrong(final AssessmentOptions options, final String message) {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> run(options));
		assertTrue(e.getMessage().contains(message), e.getMessage());
	}

	private static Assessment run(final AssessmentOptions options) throws IOException {
		return new AssessmentRun(metrics, Corrections.installed()).run(options, Progress.NONE);
	}

	/** Assesses a table and writes the report. */
	private AssessedMethod assess(final ProfileTable table) throws IOException {
		final ColumnRoles roles = ColumnRoles.of("Metadata_Label", "Metadata_Batch")
			.withTreatment(List.of("Metadata_Compound"))
			.withControls("Metadata_Type", List.of("negcon"));
		final AssessedMethod method = AssessedMethod.of("none", new AssessedMethod.Origin("table", "none"), table,
			roles, metrics, 1, Progress.NONE);
		AssessmentReport.write(
			new Assessment("", folder, metrics.stream().map(Metric::info).toList(), List.of(method), List.of()),
			folder);
		assertFalse(page(folder).contains("NaN"), "a number that is none is shown");
		return method;
	}

	/** The page without its pictures. */
	private static String page(final Path report) throws IOException {
		return Files.readString(report.resolve("report.html")).replaceAll("data:image/png;base64,[^\"]*", "");
	}

	private void fails(final ProfileTable table, final String message) {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> assess(table));
		assertTrue(e.getMessage().contains(message), e.getMessage());
	}

	private static void undefined(final AssessedMethod method, final String metric, final String because) {
		final MetricResult result = method.results().get(metric);
		assertFalse(result.isDefined(), () -> metric + " is " + result.value());
		assertTrue(result.undefined().contains(because), () -> metric + ": " + result.undefined());
	}

	private static void allNumbersAreNumbers(final AssessedMethod method) {
		method.results().forEach((name, result) -> {
			assertTrue(result.isDefined() ? Double.isFinite(result.value()) : !result.undefined().isBlank(), name);
		});
		assertTrue(java.util.Arrays.stream(method.map().components()[0]).allMatch(Double::isFinite));
		assertTrue(java.util.Arrays.stream(method.map().neighbors()[0]).allMatch(Double::isFinite));
	}

	private static List<String> columns() {
		return List.of("Metadata_Batch", "Metadata_Plate", "Metadata_Well", "Metadata_Compound", "Metadata_Label",
			"Metadata_Type");
	}

	/** Batches of plates with four controls and four compounds of two labels, twice each. */
	private static List<Row> rows(final int batches, final int plates) {
		final List<Row> rows = new ArrayList<>();
		for (int b = 0; b < batches; b++) {
			for (int p = 0; p < plates; p++) {
				final String plate = "B" + b + "P" + p;
				for (int w = 0; w < 4; w++) rows.add(new Row("B" + b, plate, "A0" + (w + 1), "DMSO", "", "negcon"));
				for (int w = 0; w < 8; w++)
					rows.add(new Row("B" + b, plate, "B0" + (w + 1), "c" + w % 4, "l" + w % 2, "trt"));
			}
		}
		return rows;
	}

	private static ProfileTable table(final List<Row> rows, final int features, final long seed) {
		final Random random = new Random(seed);
		final List<String> names = new ArrayList<>();
		for (int i = 1; i <= features; i++) names.add(String.format(Locale.ROOT, "emb_%04d", i));
		final var builder = ProfileTable.builder(columns(), names);
		for (final Row r : rows) {
			final float[] vector = new float[features];
			final Random effect = new Random(r.compound.hashCode());
			for (int i = 0; i < features; i++)
				vector[i] = (float) (effect.nextGaussian() + 0.5 * random.nextGaussian());
			builder.add(List.of(r.batch, r.plate, r.well, r.compound, r.label, r.type), vector);
		}
		return builder.build();
	}

	private static ProfileTable spoil(final ProfileTable table, final Consumer<float[][]> change) {
		final float[][] values = new float[table.rowCount()][];
		for (int row = 0; row < values.length; row++) values[row] = table.row(row);
		change.accept(values);
		return table.mapRows(table.featureColumns(),
			(row, in, out) -> System.arraycopy(values[row], 0, out, 0, out.length));
	}
}
