// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.github.isophene.correction.Corrections;
import io.github.isophene.metrics.Accuracy;
import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.Categories;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.ReportSentence;
import io.github.isophene.metrics.UndefinedMetricException;
import io.github.isophene.metrics.builtin.BatchProbe;
import io.github.isophene.metrics.builtin.Consistency;
import io.github.isophene.metrics.builtin.GraphConnectivity;
import io.github.isophene.metrics.builtin.ILisi;
import io.github.isophene.metrics.builtin.LabelProbe;
import io.github.isophene.metrics.builtin.NearestBatchProbe;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the messages for tables and settings that don't go together. */
class AssessmentRunTest {

	private static final List<Metric> METRICS = List.of(new BatchProbe(), new NearestBatchProbe(), new ILisi(),
		new GraphConnectivity(), new Consistency());

	@TempDir
	Path folder;

	private Path profiles;

	@BeforeEach
	void write() throws IOException {
		profiles = folder.resolve("profiles.csv");
		ProfileFile.write(table(Float.NaN), profiles);
	}

	@Test
	void aMissingValueTakesNoCorrectionFromTheOthers() throws IOException {
		final Assessment assessment = run(options().withMethods("none; standardize; sphering"));
		assertEquals(List.of(4, 4, 4), assessment.methods().stream().map(AssessedMethod::features).toList());
		assertTrue(assessment.methods().get(2).results().get("ilisi").isDefined());
		assertTrue(assessment.methods().get(2).notes().get(0).contains("emb_3"),
			assessment.methods().get(2).notes().toString());
		final String page = Files.readString(folder.resolve("report/report.html"));
		final String note = "1 of 5 features are left out: they have missing or infinite values (emb_3).";
		assertTrue(
			page.contains(
				"<li>none; standardize (before the correction, which needs every value: sphering): " + note + "</li>"),
			"told once");
		assertEquals(page.indexOf(note), page.lastIndexOf(note));
		run(options().withMethods("none; standardize"));
		assertTrue(
			Files.readString(folder.resolve("report/report.html")).contains("<li>all methods: " + note + "</li>"));
	}

	@Test
	void aChainThatFailsIsAColumnThatSaysWhy() throws IOException {
		final Assessment assessment = run(options().withMethods("combat; none").withBatch(""));
		final MetricResult result = assessment.methods().get(0).results().get("graph-connectivity");
		assertFalse(result.isDefined());
		assertEquals("none", assessment.best().name());
		assertTrue(assessment.message().contains("not possible: combat (" + result.undefined() + ")"),
			assessment.message());
		final String page = Files.readString(folder.resolve("report/report.html"));
		assertTrue(page.contains("not defined: " + Html.escape(result.undefined())), result.undefined());
		final Exception e = assertThrows(IllegalArgumentException.class,
			() -> run(options().withMethods("combat").withBatch("")));
		assertTrue(e.getMessage().contains(result.undefined()), e.getMessage());
	}

	@Test
	void controlsThatNoRowHasAreMisspelled() throws IOException {
		final Exception e = assertThrows(IllegalArgumentException.class,
			() -> run(options().withControls("Metadata_Type=negcom")));
		for (final String part : List.of("profiles.csv", "negcom", "negcon", "leave the key empty")) {
			assertTrue(e.getMessage().contains(part), e.getMessage());
		}
		assertFalse(run(options().withControls("")).methods().get(0).results().get("batch-probe").isDefined());
	}

	@Test
	void aReportThatCannotBeWrittenIsToldFirst() throws IOException {
		final Path file = Files.writeString(folder.resolve("file"), "text");
		for (final Path report : List.of(file, file.resolve("report"))) {
			final Exception e = assertThrows(IOException.class,
				() -> new AssessmentRun(METRICS, Corrections.installed()).run(AssessmentOptions.of(profiles, report),
					(message, done, total) -> {
						throw new AssertionError("work has begun: " + message);
					}));
			assertTrue(e.getMessage().contains("is a file: give a folder"), e.getMessage());
		}
	}

	@Test
	void anEmptyTableIsNotToBeWrittenAgain() throws IOException {
		Files.writeString(profiles, "Metadata_Batch,Metadata_Plate,emb_0001\n");
		final Exception e = assertThrows(IOException.class, () -> run(options()));
		assertTrue(e.getMessage().contains("profiles.csv has columns but no rows: name another"), e.getMessage());
	}

	@Test
	void countsAndChanceAreThoseOfAllMethods() throws IOException {
		run(options().withMethods("none; pca:keep=2"));
		final String page = Files.readString(folder.resolve("report/report.html"));
		assertTrue(page.contains("<b>2&ndash;4</b> features"), "features");
		assertTrue(page.contains("<b>3</b> labels"), "the controls are no label");
		assertEquals("0.500&ndash;0.538", Html.range(java.util.stream.DoubleStream.of(.538, Double.NaN, .5)));
		assertEquals("0.500", Html.range(java.util.stream.DoubleStream.of(.5001, .5)));
	}

	@Test
	void onlyMetricsThatEnterAreMarked() throws IOException {
		final Assessment assessment = run(options().withBatch(""));
		final String page = Files.readString(folder.resolve("report/report.html"));
		assertTrue(assessment.scored().isEmpty());
		assertFalse(page.contains("iLISI (batches) *"), "iLISI is not defined");
		assertFalse(Files.readString(folder.resolve("report/metrics.csv")).contains(",true,"));
	}

	@Test
	void wellsThatAreThereTwiceAreTold() throws IOException {
		assertTrue(run(options()).notes().stream().noneMatch(n -> n.contains("share")));
		final ProfileTable once = table(0);
		ProfileFile.write(ProfileTable.concat(List.of(once, once.selectRows(new int[]{0, 5, 7}))), profiles);
		assertTrue(
			run(options()).notes().stream().anyMatch(n -> n.contains("3 rows share plate and well with another")));
	}

	@Test
	void tablesOfOtherRowsDontCompare() throws IOException {
		final Path other = folder.resolve("other.csv");
		final ProfileTable all = table(0);
		ProfileFile.write(all, profiles);
		ProfileFile.write(all.selectRows(IntStream.range(0, 36).toArray()), other);
		final AssessmentOptions both = AssessmentOptions.of(List.of(profiles, other), folder.resolve("report"))
			.withLabel("Metadata_Label")
			.withControls("Metadata_Type=negcon");
		assertTrue(run(both).message().contains("other.csv was measured on other rows than profiles.csv"),
			run(both).message());
		assertTrue(
			Files.readString(folder.resolve("report/report.html")).contains("was measured on other rows (36) than"));
		ProfileFile.write(all, other);
		assertFalse(run(both).message().contains("other rows"));
	}

	@Test
	void biologyBelowChanceIsNotBest() throws IOException {
		final MetricInfo info = new LabelProbe().info();
		final String mark = "<b>0.%s00</b> <span class=\"small\">best";
		new AssessmentRun(List.of(changing(info, .3, .5)), Corrections.installed())
			.run(options().withMethods("none; center"), Progress.NONE);
		String page = Files.readString(folder.resolve("report/report.html"));
		assertTrue(page.contains("0.500 <span class=\"small\">not above chance"), "at chance");
		assertFalse(page.contains(mark.formatted(5)), "nothing is best");
		new AssessmentRun(List.of(changing(info, .7, .9)), Corrections.installed())
			.run(options().withMethods("none; center"), Progress.NONE);
		page = Files.readString(folder.resolve("report/report.html"));
		assertTrue(page.contains(mark.formatted(9)), "above chance");
	}

	@Test
	void aDecisiveMetricFromOutsideSpeaksAgainstACorrectionAndHasItsSentence() throws IOException {
		final MetricInfo trace = new MetricInfo("outside-trace", "Outside trace", MetricGroup.BATCH, Direction.LOWER,
			false, "x", "y").withDecisive(true);
		final MetricInfo mixing = new MetricInfo("outside-mixing", "Outside mixing", MetricGroup.BATCH,
			Direction.HIGHER, false, "x", "y").withDecisive(true);
		final MetricInfo biology = new MetricInfo("outside-biology", "Outside biology", MetricGroup.BIOLOGY,
			Direction.HIGHER, false, "x", "y")
			.withDecisive(true)
			.withSentence("Labels < others are told in %s of rows");
		final AssessmentRun run = new AssessmentRun(
			List.of(changing(trace, .5, .9), changing(mixing, .5, .1), changing(biology, .9, .6)),
			Corrections.installed());
		final Assessment assessment = run.run(options().withMethods("none; center"), Progress.NONE);
		final Objections objections = assessment.objections(assessment.methods().get(1));
		assertEquals(List.of("raises Outside trace on rows it has not seen from 0.500 to 0.900 (chance 0.500)",
			"lowers Outside mixing on rows it has not seen from 0.500 to 0.100 (chance 0.500)"), objections.harmful());
		assertEquals(List.of("Outside biology falls from 0.900 to 0.600"), objections.lost());
		assertFalse(assessment.isRecommended(assessment.methods().get(1)));
		final String sentence = "Labels &lt; others are told in 90&nbsp;% of rows (chance 50&nbsp;%).";
		assertTrue(Verdict.sentences(assessment)
			.contains("<b>Is the biology still there?</b> <b>none</b>: Yes: Outside biology is above chance by more " +
				"than its spread."), () -> "" + Verdict.sentences(assessment));
		assertTrue(Verdict.sentences(assessment).contains(sentence), () -> "" + Verdict.sentences(assessment));

		final AssessmentRun mild = new AssessmentRun(List.of(changing(trace.withDecisive(false), .5, .9),
			changing(biology.withDecisive(false).withSentence(ReportSentence.NONE), .9, .6)), Corrections.installed());
		final Assessment other = mild.run(options().withMethods("none; center"), Progress.NONE);
		final Objections none = other.objections(other.methods().get(1));
		assertTrue(none.harmful().isEmpty() && none.lost().isEmpty(), none::toString);
		assertEquals(List.of("Outside biology falls from 0.900 to 0.600"), none.falls());
		assertFalse(String.join("", Verdict.sentences(other)).contains("are told in"));
	}

	/** A metric with one value for profiles as they are and another for centered ones; chance is one half. */
	@Test
	void aTraceThatRisesWithinItsChanceIsNoHarm() throws IOException {
		final MetricInfo trace = new MetricInfo("outside-trace", "Outside trace", MetricGroup.BATCH, Direction.LOWER,
			false, "x", "y").withDecisive(true);
		for (final double noise : new double[]{.15, .05}) {
			final Assessment assessment = new AssessmentRun(List.of(changing(trace, .8, .9, noise)),
				Corrections.installed()).run(options().withMethods("none; center"), Progress.NONE);
			assertEquals(noise > .1, assessment.objections(assessment.methods().get(1)).harmful().isEmpty());
		}
	}

	private static Metric changing(final MetricInfo info, final double before, final double after) {
		return changing(info, before, after, Double.NaN);
	}

	private static Metric changing(final MetricInfo info, final double before, final double after,
		final double noise)
	{
		return new Metric() {

			@Override
			public MetricInfo info() {
				return info;
			}

			@Override
			public MetricResult measure(final AssessedProfiles profiles) {
				// Centering makes the controls' mean small.
				return MetricResult.of(Math.abs(profiles.matrix().means()[0]) < 1 ? after : before, .5)
					.withNoise(noise);
			}
		};
	}

	@Test
	void oneClassIsNothingToTellApart() {
		final Categories classes = Categories.of(new String[]{"x", "x", "y"});
		final Exception e = assertThrows(UndefinedMetricException.class,
			() -> Accuracy.of(new int[]{0, 1, -1}, classes, ""));
		assertTrue(e.getMessage().contains("only 'x' occurs in two"), e.getMessage());
	}

	private AssessmentOptions options() {
		return AssessmentOptions.of(profiles, folder.resolve("report"))
			.withLabel("Metadata_Label")
			.withControls("Metadata_Type=negcon");
	}

	private static Assessment run(final AssessmentOptions options) throws IOException {
		return new AssessmentRun(METRICS, Corrections.installed()).run(options, Progress.NONE);
	}

	/** Two batches of two plates with six controls and six treated wells each. */
	private static ProfileTable table(final float third) {
		final Random random = new Random(2);
		final var builder = ProfileTable.builder(
			List.of("Metadata_Batch", "Metadata_Plate", "Metadata_Well", "Metadata_Label", "Metadata_Type"),
			List.of("emb_1", "emb_2", "emb_3", "emb_4", "emb_5"));
		for (int plate = 0; plate < 4; plate++) {
			for (int well = 0; well < 12; well++) {
				final boolean control = well < 6;
				final float[] vector = new float[5];
				for (int i = 0; i < 5; i++) vector[i] = (float) (random.nextGaussian() + plate / 2 * 3 + well % 3 * i);
				if (plate == 0) vector[2] = third;
				builder.add(List.of("B" + plate / 2, "P" + plate, "A" + (10 + well), control ? "DMSO" : "l" + well % 3,
					control ? "negcon" : "trt"), vector);
			}
		}
		return builder.build();
	}
}
