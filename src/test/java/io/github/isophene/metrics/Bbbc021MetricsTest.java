// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.isophene.SharedData;
import io.github.isophene.assessment.Bbbc021Profiles;
import io.github.isophene.metrics.builtin.Activity;
import io.github.isophene.metrics.builtin.BatchProbe;
import io.github.isophene.metrics.builtin.BatchSilhouette;
import io.github.isophene.metrics.builtin.CLisi;
import io.github.isophene.metrics.builtin.GraphConnectivity;
import io.github.isophene.metrics.builtin.KBet;
import io.github.isophene.metrics.builtin.LabelSilhouette;
import io.github.isophene.metrics.builtin.NearestBatchProbe;
import io.github.isophene.metrics.builtin.NotSameCompound;
import io.github.isophene.metrics.builtin.NotSameCompoundOrBatch;
import io.github.isophene.numerics.Statistics;
import io.github.isophene.profiles.Aggregation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Metrics on BBBC021, as z-scores of all DMSO wells, against published numbers and other packages. */
class Bbbc021MetricsTest {

	private static AssessedProfiles profiles;

	@BeforeAll
	static void read() throws IOException {
		SharedData.get("bbbc021"); // the numbers are those of the real table only
		profiles = AssessedProfiles.of(Bbbc021Profiles.standardized(), Bbbc021Profiles.ROLES, 1);
	}

	@Test
	void notSameCompoundNorBatch() {
		assertEquals(632, profiles.size());
		assertEquals(516, profiles.featureCount());
		assertEquals(89 / 103.0, NotSameCompound.measure(profiles, Aggregation.MEAN).value(), 1e-12);
		assertEquals(63 / 92.0, NotSameCompoundOrBatch.measure(profiles, Aggregation.MEAN).value(), 1e-12);
	}

	@Test
	void batchOfControls() {
		final MetricResult leak = new NearestBatchProbe().measure(profiles);
		assertEquals(.761, leak.value(), .001);
		assertEquals(9216 / (324.0 * 330), leak.chance(), 1e-12, "weeks of 36, 30 and 18 controls, 6 on each plate");
		final MetricResult probe = new BatchProbe().measure(profiles);
		assertTrue(probe.value() > .8, () -> "a linear probe finds the week: " + probe.value());
	}

	@Test
	void averagePrecisionOfRows() throws IOException {
		final AveragePrecision activity = Activity.rows(profiles);
		final Categories treatments = profiles.treatments();
		final AssessedProfiles treated = TreatedRows.of(profiles);
		final AveragePrecision replicability = AveragePrecision.of(treated.unit(),
			Map.of("t", treated.treatments())::get, PairRule.same("t"), new PairRule(List.of(), List.of("t")));
		final double[] replicable = treated.spread(replicability.precision());
		int compared = 0;
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(
			Bbbc021MetricsTest.class.getResourceAsStream("bbbc021_ap.csv"), StandardCharsets.UTF_8)))
		{
			final List<String> header = List.of(lines.readLine().split(","));
			for (int row = 0; row < profiles.size(); row++) {
				final String[] cells = lines.readLine().split(",", -1);
				assertEquals(cells[0] + cells[1],
					profiles.metadata("Metadata_Plate", row) + profiles.metadata("Metadata_Well", row));
				if (profiles.isControl(row)) continue;
				assertEquals(Double.parseDouble(cells[header.indexOf("activity")]), activity.precision()[row], 1e-4,
					treatments.names().get(treatments.of()[row]));
				assertEquals(Double.parseDouble(cells[header.indexOf("replicability")]), replicable[row], 1e-4);
				compared++;
			}
		}
		assertEquals(302, compared);
	}

	@Test
	void meanAveragePrecision() throws IOException {
		final JsonObject golden = GoldenMetricsTest.golden("bbbc021.json");
		final JsonObject expected = golden.getAsJsonObject("activity");
		final String[] names = MapMetric.names(profiles.treatments());
		for (int i = 0; i < names.length; i++) if (profiles.isControl(i)) names[i] = "";
		final List<
			MeanAveragePrecision.Group> groups = MeanAveragePrecision.of(Activity.rows(profiles), names, 10_000, 1);
		assertEquals(expected.size(), groups.size());
		for (final MeanAveragePrecision.Group group : groups) {
			final JsonArray copairs = expected.getAsJsonArray(group.name());
			assertEquals(copairs.get(0).getAsDouble(), group.value(), 1e-4, group.name());
			final double p = copairs.get(1).getAsDouble();
			// copairs counts better rankings only, of which a perfect score has none.
			if (group.value() < 1 - 1e-6)
				assertEquals(p, group.p(), 4 * Math.sqrt(2 * p * (1 - p) / 1e4) + 1e-4, group.name());
			else
				assertTrue(group.p() > p - 1e-4, group.name());
			assertEquals(copairs.get(2).getAsDouble(), group.q(), .02, group.name());
		}
		final JsonObject consistency = golden.getAsJsonObject("consistency");
		final TreatmentProfiles t = TreatmentProfiles.of(profiles, Aggregation.MEDIAN, false);
		final AveragePrecision rows = AveragePrecision.of(t.matrix().unit(),
			Map.of("label", t.labels(), "compound", t.compounds())::get,
			new PairRule(List.of("label"), List.of("compound")), new PairRule(List.of(), List.of("label")));
		assertEquals(consistency.size(), rows.total().length);
		for (int i = 0; i < rows.total().length; i++) {
			assertEquals(consistency.get(t.names().names().get(i)).getAsDouble(), rows.precision()[i], 1e-4);
		}
	}

	@Test
	void neighborhoodsAndSilhouettes() throws IOException {
		final JsonObject expected = GoldenMetricsTest.golden("bbbc021.json").getAsJsonObject("scib");
		final AssessedProfiles p = profiles;
		// scib asks all rows, also those of labels that lie in one batch.
		final Categories batches = p.batches();
		final double index = Statistics.median(new Lisi(p).indices(batches.of(), batches.size()));
		assertEquals(GoldenMetricsTest.value(expected, "ilisi"), (index - 1) / (batches.size() - 1), 1e-4);
		assertEquals(GoldenMetricsTest.value(expected, "clisi"), new CLisi().measure(p).value(), 1e-4);
		assertEquals(GoldenMetricsTest.value(expected, "silhouette_label"), new LabelSilhouette().measure(p).value(),
			1e-4);
		assertEquals(GoldenMetricsTest.value(expected, "silhouette_batch"), new BatchSilhouette().measure(p).value(),
			1e-4);
		assertEquals(GoldenMetricsTest.value(expected, "graph_connectivity"),
			new GraphConnectivity().measure(p).value(), 1e-6);
		final JsonObject kbets = expected.getAsJsonObject("kbet");
		final MetricResult kbet = new KBet().measure(p);
		assertEquals(kbets.keySet(), kbet.groups().keySet());
		for (final String l : kbets.keySet())
			assertEquals(GoldenMetricsTest.value(kbets, l), kbet.groups().get(l), 1e-6, l);
	}
}
