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
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.isophene.correction.Corrections;
import io.github.isophene.downstream.ActivityCall;
import io.github.isophene.downstream.DoseCurve;
import io.github.isophene.downstream.Downstream;
import io.github.isophene.downstream.MechanismNeighbor;
import io.github.isophene.downstream.WellDistance;
import io.github.isophene.metrics.builtin.Activity;
import io.github.isophene.metrics.builtin.BatchProbe;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A screen with known EC50s, compounds without an effect and two mechanisms, through the whole run. */
class DownstreamRunTest {

	private static final int FEATURES = 40;
	private static final int CONTROLS = 12;
	private static final double[] DOSES = {.1, .3, 1, 3, 10, 30};
	private static final List<String> COLUMNS = List.of("Metadata_Plate", "Metadata_Well", "Metadata_Batch",
		"Metadata_Compound", "Metadata_Concentration", "Metadata_moa", "Metadata_pert_type");
	/** Compounds without an effect. */
	private static final int INERT = 40;

	@TempDir
	static Path folder;

	private static Downstream none;
	private static Downstream standardized;
	private static Path report;

	@BeforeAll
	static void assess() throws IOException {
		report = folder.resolve("report");
		final Assessment assessment = run(table(""), AssessmentOptions.of(folder.resolve("profiles.parquet"), report)
			.withMethods("none; standardize")
			.withLabel("Metadata_moa")
			.withTreatment("Metadata_Compound,Metadata_Concentration"));
		none = assessment.downstream().get("none");
		standardized = assessment.downstream().values().stream().reduce((a, b) -> b).orElseThrow();
	}

	@Test
	void columnsAreFoundByTheirNames() {
		assertEquals("Metadata_Compound", none.columns().compound());
		assertEquals("Metadata_Concentration", none.columns().dose());
		assertEquals("Metadata_moa", none.columns().mechanism());
		assertEquals("", none.undefined());
	}

	@Test
	void controlsLieAsFarAsWellsOfInertCompounds() {
		for (final Downstream analyses : List.of(none, standardized)) {
			final double controls = mean(analyses.distances().stream().filter(WellDistance::control));
			final double inert = mean(analyses.distances().stream().filter(d -> d.compound().startsWith("inert")));
			assertEquals(1, inert / controls, .08, "controls must be judged by fits that have not seen them");
		}
	}

	@Test
	void ec50sAreWithinTheirIntervals() {
		for (final Downstream analyses : List.of(none, standardized)) {
			for (final DoseCurve curve : analyses.curves()) {
				if (!curve.compound().startsWith("kinase") && !curve.compound().startsWith("tubulin")) continue;
				assertEquals(DoseCurve.Call.RESPONSE, curve.call(), curve.compound());
				assertTrue(curve.fit().low() < curve.fit().ec50() && curve.fit().ec50() < curve.fit().high(),
					curve.compound());
				// The distance bends at low effects, so that its half is a little above the effect's own.
				assertEquals(Math.log(3), Math.log(curve.fit().ec50()), Math.log(2), curve.compound());
				assertTrue(curve.rho() > .7 && curve.rhoP() < 1e-3, curve.compound());
			}
		}
	}

	@Test
	void inertCompoundsHaveNoCurveAndNoCall() {
		final long curves = none.curves()
			.stream()
			.filter(c -> c.compound().startsWith("inert") && c.isResponse())
			.count();
		assertTrue(curves <= 3, curves + " of " + INERT + " curves");
		final List<ActivityCall> calls = none.activity()
			.stream()
			.filter(c -> c.compound().startsWith("inert") && !Double.isNaN(c.dose()))
			.toList();
		assertEquals(INERT * DOSES.length, calls.size());
		final long small = calls.stream().filter(c -> c.p() < .05).count();
		assertTrue(small < .1 * calls.size(), small + " of " + calls.size() + " p-values are below 0.05");
		assertTrue(calls.stream().filter(ActivityCall::isActive).count() <= 3);
	}

	@Test
	void activeCompoundsAreCalledAtTheirHighDoses() {
		for (final String compound : List.of("kinase 1", "tubulin 2")) {
			final List<ActivityCall> calls = none.activity()
				.stream()
				.filter(c -> c.compound().equals(compound))
				.toList();
			assertEquals(1 + DOSES.length, calls.size());
			assertTrue(calls.stream().filter(c -> c.dose() >= 10).allMatch(ActivityCall::isActive), calls::toString);
			assertFalse(calls.stream().filter(c -> c.dose() == .1).anyMatch(ActivityCall::isActive), calls::toString);
		}
	}

	@Test
	void treatmentsThatNoRankingCouldMakeActiveAreNotCalledInactive() throws IOException {
		final ProfileTable table = table("");
		final int[] rows = IntStream.range(0, table.rowCount())
			.filter(i -> "P0".equals(table.metadata("Metadata_Plate", i)))
			.toArray();
		final Downstream few = run(table.selectRows(rows), options("one-plate")).downstream().get("none");
		assertEquals((INERT + 7) * (1 + DOSES.length), few.activity().size());
		for (final ActivityCall call : few.activity()) {
			assertEquals(1.0 / (CONTROLS + 1), call.smallestP(), 1e-12, "one replicate to find among the controls");
			assertEquals("can't be called", call.call());
			assertEquals("can't be called: the smallest possible p is 0.077", call.words());
		}
		assertTrue(none.activity().stream().noneMatch(ActivityCall::isOpen), "four wells and 24 controls");
		assertTrue(Files.readString(folder.resolve("one-plate/activity.csv")).contains(",can't be called"));
		assertTrue(Files.readString(folder.resolve("one-plate/report.html"))
			.contains("0 of 47 compounds are active, 47 can't be called"));
	}

	@Test
	void nearestOfAnotherCompoundHasTheMechanism() {
		final List<MechanismNeighbor> first = none.neighbors()
			.stream()
			.filter(n -> n.rank() == 1 && n.dose() >= 10 && !n.mechanism().isEmpty())
			.toList();
		assertEquals(2 * 3 * 2, first.size());
		assertTrue(first.stream().allMatch(n -> n.same() && !n.nearCompound().equals(n.compound())), first::toString);
		final List<MechanismNeighbor> unknown = none.neighbors()
			.stream()
			.filter(n -> n.compound().equals("kinase unknown") && n.dose() == 30)
			.toList();
		assertEquals(Downstream.NEIGHBORS, unknown.size());
		assertTrue(unknown.stream().allMatch(n -> n.mechanism().isEmpty() && !n.same()));
		assertEquals("kinase inhibitor", unknown.get(0).nearMechanism());
	}

	@Test
	void tablesAndReportHaveThem() throws IOException {
		assertTrue(Files.readAllLines(report.resolve("curves.csv")).get(0).startsWith("method,compound,unit,doses"));
		assertEquals(none.distances().size(),
			Files.readAllLines(report.resolve("distances.csv")).stream().filter(l -> l.startsWith("none,")).count());
		assertTrue(Files.readString(report.resolve("activity.csv")).contains("none,dose,kinase 1,30,"));
		assertTrue(Files.readString(report.resolve("mechanisms.csv")).contains("kinase inhibitor"));
		final String page = Files.readString(report.resolve("report.html"));
		assertTrue(page.contains("<svg class=\"curve\"") && page.contains("Nearest mechanisms"));
	}

	@Test
	void pageOfTheFormatListsTheColumnsOfEveryTable() throws IOException {
		final String page = Files.readString(Path.of("src/site/markdown/formats/report.md"));
		int tables = 0;
		try (Stream<Path> files = Files.list(report)) {
			for (final Path file : files.filter(f -> f.toString().endsWith(".csv")).toList()) {
				final Matcher columns = Pattern.compile("- [*]{2}" + file.getFileName() + "[*]{2}: `([^`]*)`")
					.matcher(page);
				assertTrue(columns.find(), file + " isn't in the page");
				final String listed = columns.group(1).replaceAll(" [(][^)]*[)]", "").replace(", ", ",");
				final String header = Files.readAllLines(file).get(0);
				// Columns of metrics follow in the table of wells.
				if (file.endsWith("wells.csv")) assertTrue(header.startsWith(listed + ","), header);
				else assertEquals(listed, header, file.toString());
				tables++;
			}
		}
		assertEquals(8, tables);
	}

	@Test
	void fewDosesAreRefusedByName() throws IOException {
		final ProfileTable table = table("");
		final int[] rows = IntStream.range(0, table.rowCount())
			.filter(i -> List.of("", "0.1", "1.0", "10.0").contains(table.metadata("Metadata_Concentration", i)))
			.toArray();
		final Downstream few = run(table.selectRows(rows), options("few")).downstream().get("none");
		assertTrue(few.curves().size() > INERT);
		assertTrue(few.curves().stream().allMatch(c -> c.call() == DoseCurve.Call.TOO_FEW_DOSES &&
			Double.isNaN(c.fit().ec50())));
	}

	@Test
	void withoutControlsTheReasonIsSaid() throws IOException {
		final Downstream without = run(table(""), options("without").withControls("")).downstream().get("none");
		assertTrue(without.undefined().contains("key controls"), without.undefined());
		assertTrue(without.distances().isEmpty() && without.activity().isEmpty());
		assertFalse(without.neighbors().isEmpty());
		assertTrue(Files.readString(folder.resolve("without/report.html")).contains("Not defined: no negative"));
	}

	@Test
	void dosesWithUnitsAreReadAndMixedUnitsRefused() throws IOException {
		final Downstream units = run(table(" uM"), options("units")).downstream().get("none");
		assertEquals("uM", units.columns().unit());
		assertEquals(none.curves().size(), units.curves().size());
		final ProfileTable table = table(" uM");
		final String[] doses = table.metadata("Metadata_Concentration").clone();
		doses[doses.length - 1] = "3 nM";
		final ProfileTable mixed = table.withMetadata("Metadata_Mixed", doses);
		final IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
			() -> run(mixed, options("mixed").withDose("Metadata_Mixed")));
		assertTrue(refused.getMessage().contains("nM, uM"), refused.getMessage());
		assertTrue(assertThrows(IllegalArgumentException.class,
			() -> run(table, options("typo").withMechanism("Metadata_mao"))).getMessage().contains("key mechanism"));
	}

	private static AssessmentOptions options(final String name) {
		return AssessmentOptions.of(folder.resolve("profiles.parquet"), folder.resolve(name))
			.withLabel("Metadata_moa")
			.withTreatment("Metadata_Compound,Metadata_Concentration");
	}

	private static Assessment run(final ProfileTable table, final AssessmentOptions options) throws IOException {
		ProfileFile.write(table, options.profiles().get(0));
		return new AssessmentRun(List.of(new BatchProbe(), new Activity()), Corrections.installed()).run(options,
			Progress.NONE);
	}

	private static double mean(final Stream<WellDistance> wells) {
		return wells.mapToDouble(WellDistance::value).average().orElseThrow();
	}

	/** Two plates with offsets, correlated features, one well per compound and dose on each plate, twice. */
	private static ProfileTable table(final String unit) {
		final RandomStream random = RandomStream.of(7, "screen");
		final double[][] loadings = new double[6][FEATURES];
		for (final double[] l : loadings) for (int j = 0; j < FEATURES; j++) l[j] = random.nextGaussian();
		final double[][] effects = new double[2][FEATURES];
		for (final double[] e : effects) for (int j = 0; j < FEATURES; j++) e[j] = 5 * random.nextGaussian();
		final List<String[]> metadata = new ArrayList<>();
		final List<float[]> features = new ArrayList<>();
		for (int plate = 0; plate < 2; plate++) {
			final double[] offset = new double[FEATURES];
			for (int j = 0; j < FEATURES; j++) offset[j] = 5 * random.nextGaussian();
			int well = 0;
			for (int i = 0; i < CONTROLS; i++) {
				metadata.add(row(plate, well++, "DMSO", "", "", "negcon"));
				features.add(profile(random, loadings, offset, effects[0], 0));
			}
			for (int k = 0; k < INERT + 7; k++) {
				final int active = k - INERT;
				final String mechanism = active < 0 || active == 6 ? "" : active % 2 == 0 ? "kinase inhibitor"
					: "tubulin inhibitor";
				final String name = active < 0 ? "inert " + (k + 1) : active == 6 ? "kinase unknown"
					: mechanism.substring(0, mechanism.indexOf(' ')) + " " + (1 + active / 2);
				for (final double dose : DOSES) {
					for (int r = 0; r < 2; r++) {
						metadata.add(row(plate, well++, name, dose + unit, mechanism, "trt"));
						features.add(profile(random, loadings, offset, effects[active < 0 ? 0 : active % 2],
							active < 0 ? 0 : 1 / (1 + Math.pow(3 / dose, 2))));
					}
				}
			}
		}
		return ProfileTable.of(COLUMNS, IntStream.range(0, FEATURES).mapToObj(j -> "f" + j).toList(),
			metadata.toArray(String[][]::new), features.toArray(float[][]::new));
	}

	private static String[] row(final int plate, final int well, final String compound, final String dose,
		final String mechanism, final String type)
	{
		return new String[]{"P" + plate, String.format("%c%02d", 'A' + well / 24, 1 + well % 24), "B" + plate, compound,
			dose, mechanism, type};
	}

	private static float[] profile(final RandomStream random, final double[][] loadings, final double[] offset,
		final double[] effect, final double share)
	{
		final double[] values = Arrays.copyOf(offset, FEATURES);
		for (final double[] l : loadings) {
			final double score = random.nextGaussian();
			for (int j = 0; j < FEATURES; j++) values[j] += score * l[j];
		}
		final float[] row = new float[FEATURES];
		for (int j = 0; j < FEATURES; j++) row[j] = (float) (values[j] + share * effect[j] + random.nextGaussian());
		return row;
	}
}
