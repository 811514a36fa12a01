// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.Corrections;
import io.github.isophene.metrics.ColumnRoles;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.builtin.Activity;
import io.github.isophene.metrics.builtin.BatchProbe;
import io.github.isophene.metrics.builtin.BatchSilhouette;
import io.github.isophene.metrics.builtin.Consistency;
import io.github.isophene.metrics.builtin.ILisi;
import io.github.isophene.metrics.builtin.KBet;
import io.github.isophene.metrics.builtin.LabelProbe;
import io.github.isophene.metrics.builtin.LabelSilhouette;
import io.github.isophene.metrics.builtin.NearestBatchProbe;
import io.github.isophene.metrics.builtin.PlateTrace;
import io.github.isophene.metrics.builtin.TreatedBatchTrace;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Corrections judged on rows that they were not fitted on. */
class HeldOutTest {

	private static final ColumnRoles ROLES = new ColumnRoles("Metadata_Label", "Metadata_Batch", "Metadata_Plate",
		"Metadata_Well", List.of("Metadata_Compound"), "Metadata_Type", Set.of("negcon"));
	private static final List<Metric> METRICS = List.of(new BatchProbe(), new NearestBatchProbe(),
		new TreatedBatchTrace(), new PlateTrace(), new ILisi(), new BatchSilhouette(), new KBet(), new Activity(),
		new Consistency(), new LabelProbe(), new LabelSilhouette());

	@TempDir
	Path folder;

	@Test
	void standardizeIsNamedHarmfulAndItsShrunkenFormIsNotWhereAPlateHasOneControlWell() throws IOException {
		for (final int plates : new int[]{2, 6}) {
			final ProfileTable table = new SimulatedPlates(plates).plates(plates, 2).wells(1, 6).effects(0, .4).table();
			final Assessment assessment = assess(table, "none; standardize; standardize:shrink=table");
			final String verdict = String.join("\n", Verdict.sentences(assessment));
			assertTrue(verdict.contains("<b>standardize does harm</b>") || verdict.contains("<b>B does harm</b>"),
				plates + ": " + verdict);
			assertFalse(verdict.contains("C does harm"), verdict);
			assertFalse(assessment.objections(assessment.methods().get(1)).harmful().isEmpty());
			assertTrue(assessment.objections(assessment.methods().get(2)).none(),
				assessment.objections(assessment.methods().get(2))::toString);
			assertTrue(assessment.isRecommended(assessment.best()) && assessment.best() != assessment.methods().get(1));
			assertTrue(assessment.notes()
				.stream()
				.anyMatch(n -> n.contains(plates + " of " + plates + " plates have a single control well")));
		}
	}

	@Test
	void theVerdictIsRightWhereLabelsLieInOneBatch() throws IOException {
		for (int seed = 1; seed <= 10; seed++) {
			for (final double effect : new double[]{0, .8}) {
				final ProfileTable table = new SimulatedPlates(seed).plates(12, 3)
					.treatments(12, 6)
					.effects(effect, .3)
					.confined()
					.table();
				final Assessment assessment = assess(table, "none");
				final String verdict = String.join("\n", Verdict.sentences(assessment));
				assertEquals(effect > 0, verdict.contains("It is not gone"), seed + ": " + verdict);
				assertTrue(verdict.contains("1 of 7 labels (controls being one) occurs in two batches or more"),
					verdict);
			}
		}
	}

	@Test
	void everyBuiltInCorrectionIsAssessedOrSaysWhyNot() throws IOException {
		final ProfileTable table = new SimulatedPlates(5).plates(4, 2).wells(6, 6).table();
		final List<String> chains = Corrections.installed().all().stream().map(c -> c.name() + switch (c.name()) {
			case "drop_named" -> ":f0";
			case "consensus" -> ":column=Metadata_Compound";
			default -> "";
		}).toList();
		assertTrue(chains.size() >= 22 && chains.contains("wellpos"), chains::toString);
		final Assessment assessment = assess(table, String.join("; ", chains));
		assertEquals(chains.size(), assessment.methods().size());
		for (final AssessedMethod method : assessment.methods()) {
			assertTrue(METRICS.stream().map(m -> method.results().get(m.info().name())).allMatch(
				r -> r.isDefined() || !r.undefined().isBlank()), method.name());
		}
	}

	@Test
	void everyPlateHasControlsToLearnFromAndNoneJudgesItsOwnFit() {
		final ProfileTable table = new SimulatedPlates(3).wells(5, 2).table();
		for (final boolean treated : new boolean[]{false, true}) {
			final HeldOutFolds folds = HeldOutFolds.of(table, ROLES, treated, 1);
			assertEquals(treated, folds.dealsTreated());
			final Set<Integer> judged = new HashSet<>();
			for (int f = 0; f < folds.count(); f++) {
				final Set<Integer> fit = set(folds.fit(f, false));
				final Set<Integer> unseen = set(folds.unseen(f));
				if (treated) assertTrue(unseen.stream().noneMatch(fit::contains), "no row is in both");
				final Set<String> plates = new HashSet<>();
				final Set<String> wells = new HashSet<>();
				for (final int row : fit) {
					if (!table.metadata("Metadata_Type", row).equals("negcon")) continue;
					plates.add(table.metadata("Metadata_Plate", row));
					wells.add(table.metadata("Metadata_Plate", row) + table.metadata("Metadata_Well", row));
				}
				assertEquals(6, plates.size());
				for (final int row : unseen) {
					if (!table.metadata("Metadata_Type", row).equals("negcon")) continue;
					assertFalse(
						wells.contains(table.metadata("Metadata_Plate", row) + table.metadata("Metadata_Well", row)),
						"the fields of a well stay together");
					judged.add(row);
				}
				assertTrue(set(folds.fit(f, true)).stream()
					.allMatch(row -> table.metadata("Metadata_Type", row).equals("negcon")));
			}
			assertEquals(60, judged.size(), "every control judges once");
		}
	}

	@Test
	void aFieldIsNotDefinedToJudgeWhereAPlateHasOneControlRow() throws IOException {
		final Assessment assessment = assess(new SimulatedPlates(4).wells(1, 1).table(), "none; center");
		assertFalse(assessment.methods().get(1).results().get("batch-probe").isDefined());
		assertTrue(assessment.methods().get(1).results().get("plate-trace").isDefined(), "treated rows tell");
		assertTrue(assessment.notes().stream().anyMatch(n -> n.startsWith("No plate has two control rows")),
			assessment.notes()::toString);
	}

	@Test
	void aTableWhoseControlsAreCenteredIsNeverBest() throws IOException {
		final ProfileTable raw = new SimulatedPlates(5).plates(8, 2).wells(4, 1).effects(1, .2).table();
		final ProfileTable corrected = corrected(raw, "center").selectMetadata(raw.metadataColumns());
		assertEquals("", CenteredControls.find(raw, ROLES));
		assertEquals("on each plate", CenteredControls.find(corrected, ROLES));
		ProfileFile.write(raw, folder.resolve("raw.csv"));
		ProfileFile.write(corrected, folder.resolve("corrected.csv"));
		final Assessment assessment = new AssessmentRun(METRICS, Corrections.installed())
			.run(options(List.of(folder.resolve("raw.csv"), folder.resolve("corrected.csv"))), Progress.NONE);
		final AssessedMethod given = assessment.methods().get(1);
		assertTrue(given.evidence().isOnOwnRows());
		assertFalse(assessment.isRecommended(given));
		assertEquals("raw.csv", assessment.best().name());
		final String page = Files.readString(folder.resolve("report/report.html"));
		assertTrue(
			page.contains("is judged on rows that a correction was fitted on: its controls are centered on each plate"),
			page);
		assertTrue(page.contains("on fitted rows"), "the numbers are marked");
	}

	@Test
	void aTableThatSaysHowItWasCorrectedIsJudgedAsOneOnFittedRows() throws IOException {
		final ProfileTable raw = new SimulatedPlates(5).plates(8, 2).wells(4, 1).effects(1, .2).table();
		final ProfileTable shrunken = corrected(raw, "standardize:shrink=table");
		ProfileFile.write(raw, folder.resolve("raw.csv"));
		ProfileFile.write(shrunken, folder.resolve("corrected.csv"));
		ProfileFile.write(corrected(raw, "clip:20"), folder.resolve("clipped.csv"));
		final Assessment assessment = new AssessmentRun(METRICS, Corrections.installed()).run(
			options(List.of(folder.resolve("raw.csv"), folder.resolve("corrected.csv"), folder.resolve("clipped.csv"))),
			Progress.NONE);
		final Evidence given = assessment.methods().get(1).evidence();
		assertTrue(given.isOnOwnRows());
		assertTrue(given.reason().startsWith("it was corrected by standardize:") &&
			given.reason().contains("shrink=table"), given::reason);
		assertFalse(assessment.isRecommended(assessment.methods().get(1)));
		assertFalse(assessment.methods().get(2).evidence().isOnOwnRows(), "clipping learns nothing");
	}

	@Test
	void aCorrectionThatLearnsFromTreatedRowsIsJudgedOnOtherTreatments() throws IOException {
		final Assessment assessment = assess(
			new SimulatedPlates(6).plates(8, 2).treatments(16, 4).effects(1, .2).table(),
			"none; combat; int:per=plate");
		assertTrue(assessment.methods().get(1).evidence().isHeldOut());
		assertTrue(assessment.notes()
			.stream()
			.anyMatch(n -> n.startsWith("A correction in the comparison learns from treated rows")));
		assertTrue(assessment.methods().get(2).evidence().isOnOwnRows(), "ranks within the rows given");
		assertFalse(assessment.isRecommended(assessment.methods().get(2)));
		final AssessedMethod combat = assessment.methods().get(1);
		assertTrue(
			combat.results().get("batch-probe").value() < assessment.first().results().get("batch-probe").value());
		assertEquals(assessment.methods().get(0).evidence().folds().size(), combat.evidence().folds().size());
	}

	@Test
	void biologyThatFallsIsNamedAndNotRecommended() throws IOException {
		// One direction tells the labels, and hardly varies among the controls of one plate.
		final ProfileTable table = new SimulatedPlates(7).plates(8, 2).wells(8, 1).table();
		final ProfileTable dead = table.mapRows(table.featureColumns(), (row, in, out) -> {
			System.arraycopy(in, 0, out, 0, out.length);
			final boolean control = table.metadata("Metadata_Type", row).equals("negcon");
			final int plate = Integer.parseInt(table.metadata("Metadata_Plate", row).substring(1));
			for (int j = 0; j < 4; j++)
				out[j] = control ? plate < 4 ? 1e-3f * (row % 7) : in[j] : 20 * (row * 31 % 17) / 17f;
		});
		final Assessment assessment = assess(dead, "none; standardize; drop_quiet,standardize");
		final Objections objections = assessment.objections(assessment.methods().get(1));
		assertFalse(objections.lost().isEmpty(), objections::toString);
		assertFalse(assessment.isRecommended(assessment.methods().get(1)));
		assertTrue(String.join("\n", Verdict.sentences(assessment)).contains("<b>What falls with B</b>"));
		assertTrue(assessment.methods()
			.get(1)
			.notes()
			.stream()
			.anyMatch(n -> n.contains("more than 100 standard deviations")));
		assertTrue(
			assessment.methods()
				.get(2)
				.notes()
				.stream()
				.noneMatch(n -> n.contains("more than 100 standard deviations")),
			assessment.methods().get(2).notes()::toString);
	}

	private static ProfileTable corrected(final ProfileTable table, final String chain) {
		return Corrections.installed()
			.parse(chain)
			.fit(table, CorrectionContext.standard().withControls("Metadata_Type=negcon"))
			.table();
	}

	private Assessment assess(final ProfileTable table, final String methods) throws IOException {
		final Path file = folder.resolve("profiles.csv");
		ProfileFile.write(table, file);
		return new AssessmentRun(METRICS, Corrections.installed()).run(options(List.of(file)).withMethods(methods),
			Progress.NONE);
	}

	private AssessmentOptions options(final List<Path> files) {
		return AssessmentOptions.of(files, folder.resolve("report"))
			.withLabel("Metadata_Label")
			.withTreatment("Metadata_Compound")
			.withControls("Metadata_Type=negcon");
	}

	private static Set<Integer> set(final int[] rows) {
		return new HashSet<>(Arrays.asList(IntStream.of(rows).boxed().toArray(Integer[]::new)));
	}
}
