// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.builtin.Consistency;
import io.github.isophene.metrics.builtin.GraphConnectivity;
import io.github.isophene.metrics.builtin.ILisi;
import org.junit.jupiter.api.Test;

/** Tests the base of the overall score. */
class OverallScoreTest {

	private static final MetricInfo GRAPH = new GraphConnectivity().info();
	private static final MetricInfo ILISI = new ILisi().info();
	private static final MetricInfo BIOLOGY = new Consistency().info();
	private static final List<MetricInfo> METRICS = List.of(ILISI, GRAPH, BIOLOGY);

	@Test
	void noBatchScoreWithoutAMetricThatLooksAtBatches() {
		final OverallScore score = OverallScore.of(METRICS, results(Double.NaN));
		assertTrue(Double.isNaN(score.batch()));
		assertTrue(Double.isNaN(score.overall()));
		assertEquals(.4, score.biology());
		assertEquals(.7, OverallScore.of(METRICS, results(.8)).batch(), 1e-12);
	}

	@Test
	void aTableOfOneBatchTakesNoMetricFromTheOthers() {
		assertEquals(METRICS, OverallScore.common(METRICS, List.of(results(.8), results(Double.NaN))));
		assertEquals(List.of(BIOLOGY), OverallScore.common(METRICS, List.of(results(Double.NaN))));
	}

	private static Map<String, MetricResult> results(final double ilisi) {
		return Map.of(ILISI.name(),
			Double.isNaN(ilisi) ? MetricResult.undefined("there is only one batch") : MetricResult.of(ilisi, .5),
			GRAPH.name(), MetricResult.of(.6, .3), BIOLOGY.name(), MetricResult.of(.4, .1));
	}
}
