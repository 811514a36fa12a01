// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.metrics.ColumnRoles;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.builtin.BatchProbe;
import io.github.isophene.metrics.builtin.Consistency;
import io.github.isophene.metrics.builtin.GraphConnectivity;
import io.github.isophene.metrics.builtin.ILisi;
import io.github.isophene.profiles.ProfileTable;
import org.junit.jupiter.api.Test;

/** Tests the report's statements about the batch effect. */
class RemainingBatchEffectTest {

	private static final MetricInfo PROBE = new BatchProbe().info();
	private static final MetricInfo ILISI = new ILisi().info();
	private static final List<
		MetricInfo> METRICS = List.of(PROBE, ILISI, new GraphConnectivity().info(), new Consistency().info());

	@Test
	void theWorstMetricAnswers() {
		final Assessment assessment = assessment(method("a", .09, .311), method("b", .10, .53));
		final String answer = Verdict.sentences(assessment)
			.stream()
			.filter(s -> s.contains("Is the batch effect gone?"))
			.findFirst()
			.orElseThrow();
		assertTrue(answer.contains("It is not gone.</b> Furthest from chance is iLISI (batches), 0.311 (chance 0.538)"),
			answer);
		assertTrue(
			answer.contains("It is, as far as these metrics can tell. Furthest from chance is iLISI (batches), 0.530"),
			answer);
	}

	@Test
	void completeSeparationIsNeverGoneHoweverMuchChanceVaries() {
		assertFalse(new RemainingBatchEffect(PROBE, noisy(1, .29), 1).isGone());
		assertTrue(new RemainingBatchEffect(PROBE, noisy(1, .29), 1).isOpen());
		assertFalse(new RemainingBatchEffect(PROBE, noisy(1, .1), 1).isOpen());
		assertTrue(new RemainingBatchEffect(PROBE, noisy(.4, .1), .25).isGone());
		assertFalse(new RemainingBatchEffect(PROBE, noisy(.4, .05), .25).isGone());
		assertFalse(new RemainingBatchEffect(PROBE, noisy(.6, .2), .5).isGone(), "exactly half-way");
		assertTrue(new RemainingBatchEffect(PROBE, noisy(.6, .2), .5).isOpen(), "exactly half-way");
	}

	private static MetricResult noisy(final double value, final double noise) {
		final MetricResult plain = MetricResult.of(value, .2);
		return new MetricResult(value, .2, noise, plain.undefined(), plain.note(), plain.groups(), plain.tests(),
			plain.rows());
	}

	@Test
	void nothingIsFurthestWhereAllAreAtChance() {
		final String answer = String.join("", Verdict.sentences(assessment(method("a", .03, .6))));
		assertTrue(answer.contains("none sees more than chance"), answer);
		assertFalse(answer.contains("Furthest"), answer);
	}

	@Test
	void graphConnectivityDoesNotAnswer() {
		final Map<String, MetricResult> results = new LinkedHashMap<>();
		METRICS.forEach(m -> results.put(m.name(),
			m.alone() ? MetricResult.undefined("there is only one batch") : MetricResult.of(.2, .9)));
		assertTrue(RemainingBatchEffect.worst(METRICS, method("a", results)).isEmpty());
	}

	@Test
	void furtherBelowChanceIsNotBetter() {
		final Assessment assessment = assessment(method("a", .105, .6), method("b", .03, .7), method("c", .5, .1));
		assertEquals(.109, assessment.bestValue(PROBE));
		assertEquals(.538, assessment.bestValue(ILISI));
		assertTrue(Double.isNaN(assessment(method("b", .03, .7)).bestValue(PROBE)), "far below chance is never best");
		final String table = MetricTable.render(assessment);
		final String row = table.substring(table.indexOf("Batch probe"), table.indexOf("iLISI"));
		assertEquals(1, row.split("at chance", -1).length - 1, row);
		assertEquals(1, row.split("below chance", -1).length - 1, row);
		assertFalse(row.contains("best"), row);
	}

	@Test
	void noneIsBestWhereAllAreTheSame() {
		final String table = MetricTable.render(assessment(method("a", .5, .1), method("b", .5, .1)));
		assertFalse(table.contains("best"), table);
		final String differ = MetricTable.render(assessment(method("a", .5, .1), method("b", .4, .1)));
		assertTrue(differ.contains("0.400</b> <span class=\"small\">best"), differ);
		assertFalse(differ.substring(differ.indexOf("iLISI"), differ.indexOf("Graph")).contains("best"), differ);
	}

	@Test
	void numbersThatAReaderSeesAsTheSameAreTied() {
		final String table = MetricTable
			.render(assessment(method("a", .4001, .1), method("b", .4004, .1), method("c", .5, .1)));
		final String row = table.substring(table.indexOf("Batch probe"), table.indexOf("iLISI"));
		assertEquals(2, row.split("best, tied", -1).length - 1, row);
		final String near = MetricTable.render(assessment(method("a", .12, .1), method("b", .15, .1)));
		final String probes = near.substring(near.indexOf("Batch probe"), near.indexOf("iLISI"));
		assertEquals(2, probes.split("near chance", -1).length - 1, probes);
		assertFalse(probes.contains("best"), probes);
	}

	@Test
	void aTieIsNoWin() {
		final String tie = String.join("", Verdict.sentences(assessment(method("a", .40, .3), method("b", .41, .3))));
		assertTrue(tie.contains("That is no clear win: <b>b</b>"), tie);
		final String win = String.join("", Verdict.sentences(assessment(method("a", .2, .5), method("b", .8, .1))));
		assertFalse(win.contains("no clear win"), win);
	}

	@Test
	void biologyIsAnsweredPlainly() {
		assertTrue(biology(.5).contains("still there?</b> Yes: "), biology(.5));
		assertTrue(biology(.105).contains("still there?</b> <b>It is not seen by these metrics</b>"), biology(.105));
		assertTrue(biology(.02).contains("still there?</b> <b>It is not seen by these metrics</b>"), biology(.02));
		assertTrue(biology(Double.NaN).contains("still there?</b> <b>That can't be told</b>"), biology(Double.NaN));
	}

	private static String biology(final double consistency) {
		return String.join("", Verdict.sentences(assessment(method("a", results(.5, .1, .9, consistency)))));
	}

	@Test
	void whatIsWithinChanceIsNeverBest() {
		final String table = MetricTable.render(
			assessment(method("a", results(.5, .1, .25, .105)), method("b", results(.4, .2, .28, .09))));
		final String connectivity = table.substring(table.indexOf("Graph"), table.indexOf("Batch score"));
		assertEquals(2, connectivity.split("not above chance", -1).length - 1, connectivity);
		assertFalse(connectivity.contains("best"), connectivity);
		assertFalse(table.substring(table.indexOf("Biology score")).contains("best"),
			"no score is best without biology");
		final Map<String, MetricResult> wide = results(.7, .1, .9, .5);
		wide.put(PROBE.name(), noisy(.7, .3));
		final Map<String, MetricResult> wider = results(.7, .1, .9, .5);
		wider.put(PROBE.name(), noisy(.8, .3));
		final String open = MetricTable.render(assessment(method("a", wide), method("b", wider)));
		final String probe = open.substring(open.indexOf("Batch probe"), open.indexOf("iLISI"));
		assertEquals(2, probe.split("within chance's spread", -1).length - 1, probe);
		assertFalse(probe.contains("best"), probe);
	}

	@Test
	void noOverallScoreIsBestWhereThereIsNoClearWin() {
		final String tie = MetricTable.render(assessment(method("a", .40, .3), method("b", .41, .3)));
		assertFalse(tie.substring(tie.indexOf("Overall score")).contains("best"), tie);
		final String win = MetricTable.render(assessment(method("a", .8, .1), method("b", .2, .5)));
		assertTrue(win.substring(win.indexOf("Overall score")).contains("best"), win);
	}

	private static Map<String, MetricResult> results(final double probe, final double ilisi,
		final double connectivity, final double consistency)
	{
		final Map<String, MetricResult> results = new LinkedHashMap<>();
		results.put(PROBE.name(), MetricResult.of(probe, .109));
		results.put(ILISI.name(), MetricResult.of(ilisi, .538));
		results.put("graph-connectivity", MetricResult.of(connectivity, .3));
		results.put("map-consistency", Double.isNaN(consistency) ? MetricResult.undefined("there are no labels")
			: MetricResult.of(consistency, .1));
		return results;
	}

	@Test
	void whatNoMethodCanHaveIsSaidOnce() {
		final Map<String, MetricResult> results = new LinkedHashMap<>();
		METRICS.forEach(m -> results.put(m.name(), MetricResult.undefined("there is only one batch")));
		final String table = MetricTable.render(assessment(method("a", results), method("b", results)));
		final String row = table.substring(table.indexOf("iLISI"), table.indexOf("Graph"));
		assertEquals(1, row.split("there is only one batch", -1).length - 1, row);
		assertTrue(row.contains("colspan=\"2\""), row);
	}

	@Test
	void longNamesAreInTheKeyOnly() {
		final String chain = "standardize:per=table,sphering:zca:1:to=variance";
		final Assessment assessment = assessment(method("none", .9, .1), method(chain, .1, .5));
		final String table = MetricTable.render(assessment);
		assertTrue(table.contains("<th>A</th><th>B</th>"), table);
		assertFalse(table.contains("sphering"), table);
		assertFalse(String.join("", Verdict.sentences(assessment)).contains("sphering"));
		final MethodNames names = new MethodNames(assessment.methods());
		assertTrue(names.key().contains("<b>B</b> <span class=\"small\">" + Html.name(chain)), names.key());
		assertEquals("", new MethodNames(assessment(method("none", .9, .1), method("pca", .1, .5)).methods()).key());
		assertEquals("AB", MethodNames.letter(27));
	}

	private static Assessment assessment(final AssessedMethod... methods) {
		return new Assessment("", Path.of("report"), METRICS, List.of(methods), List.of());
	}

	private static AssessedMethod method(final String name, final double probe, final double ilisi) {
		return method(name, results(probe, ilisi, .9, .5));
	}

	private static AssessedMethod method(final String name, final Map<String, MetricResult> results) {
		final ProfileTable table = ProfileTable.of(List.of("Metadata_Batch"), List.of("x"), new String[][]{{"b"}},
			new float[][]{{1}});
		return new AssessedMethod(name, new AssessedMethod.Origin("profiles.csv", name), 1, 1, List.of(),
			ColumnRoles.of("", "Metadata_Batch"), table, results, Evidence.uncorrected(results), null,
			OverallScore.of(METRICS, results), new double[1],
			new MapCoordinates(new int[0], new double[2][0], new double[2], new int[0], new double[2][0]), List.of(),
			"", List.of());
	}
}
