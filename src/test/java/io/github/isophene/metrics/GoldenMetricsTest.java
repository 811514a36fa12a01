// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.isophene.metrics.builtin.Activity;
import io.github.isophene.metrics.builtin.BatchSilhouette;
import io.github.isophene.metrics.builtin.CLisi;
import io.github.isophene.metrics.builtin.GraphConnectivity;
import io.github.isophene.metrics.builtin.ILisi;
import io.github.isophene.metrics.builtin.KBet;
import io.github.isophene.metrics.builtin.LabelProbe;
import io.github.isophene.metrics.builtin.LabelSilhouette;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import org.junit.jupiter.api.Test;

/**
 * Metrics against those of other packages (copairs, scib-metrics, scikit-learn; the golden
 * file names the versions), on 96 rows with ties and missing values.
 */
public class GoldenMetricsTest {

	private static final ColumnRoles ROLES = new ColumnRoles("Metadata_Label", "Metadata_Batch", "Metadata_Plate",
		"Metadata_Well", List.of("Metadata_Treatment"), "Metadata_Type", Set.of("negcon"));

	public static JsonObject golden(final String name) throws IOException {
		try (InputStream in = GoldenMetricsTest.class.getResourceAsStream(name)) {
			return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8)).getAsJsonObject();
		}
	}

	public static ProfileTable table() throws IOException {
		try {
			return ProfileFile.read(Path.of(GoldenMetricsTest.class.getResource("small.csv").toURI()));
		}
		catch (final URISyntaxException e) {
			throw new IOException(e);
		}
	}

	private static AssessedProfiles profiles() throws IOException {
		return AssessedProfiles.of(table(), ROLES, 1);
	}

	@Test
	void activity() throws IOException {
		final AveragePrecision rows = Activity.rows(profiles());
		final JsonObject expected = golden("small.json").getAsJsonObject("activity");
		final boolean[] control = controls();
		compare(expected, rows, control);
		final MetricResult result = new Activity().measure(profiles());
		final JsonObject map = expected.getAsJsonObject("map");
		for (final String treatment : result.groups().keySet()) {
			assertEquals(map.getAsJsonArray(treatment).get(0).getAsDouble(), result.groups().get(treatment), 1e-6,
				treatment);
		}
		assertEquals(6, result.groups().size());
	}

	@Test
	void pairsThatMustAgreeOrDiffer() throws IOException {
		final AveragePrecision rows = AveragePrecision.of(table(),
			new PairRule(List.of("Metadata_Treatment"), List.of("Metadata_Plate")),
			new PairRule(List.of("Metadata_Plate"), List.of("Metadata_Treatment")));
		final JsonObject expected = golden("small.json").getAsJsonObject("same_plate");
		compare(expected, rows, new boolean[rows.total().length]);
		final List<MeanAveragePrecision.Group> groups = MeanAveragePrecision.of(rows,
			table().metadata("Metadata_Treatment"), 10_000, 1);
		assertEquals(7, groups.size());
		for (final MeanAveragePrecision.Group group : groups) {
			final JsonArray map = expected.getAsJsonObject("map").getAsJsonArray(group.name());
			assertEquals(map.get(0).getAsDouble(), group.value(), 1e-6);
			// Both p-values are estimates from 10,000 random rankings: four standard errors.
			final double p = map.get(1).getAsDouble();
			assertEquals(p, group.p(), 4 * Math.sqrt(2 * p * (1 - p) / 1e4) + 1e-4, group.name());
			assertEquals(map.get(2).getAsDouble(), group.q(), 0.05, group.name());
		}
	}

	@Test
	void neighborhoodsAndSilhouettes() throws IOException {
		final JsonObject expected = golden("small.json").getAsJsonObject("scib");
		final AssessedProfiles profiles = profiles();
		assertEquals(value(expected, "ilisi"), new ILisi().measure(profiles).value(), 1e-4);
		assertEquals(value(expected, "clisi"), new CLisi().measure(profiles).value(), 1e-4);
		assertEquals(value(expected, "silhouette_label"), new LabelSilhouette().measure(profiles).value(), 1e-5);
		assertEquals(value(expected, "silhouette_batch"), new BatchSilhouette().measure(profiles).value(), 1e-5);
		assertEquals(value(expected, "graph_connectivity"), new GraphConnectivity().measure(profiles).value(), 1e-6);
		final MetricResult kbet = new KBet().measure(profiles);
		final JsonObject kbets = expected.getAsJsonObject("kbet");
		assertEquals(kbets.keySet(), kbet.groups().keySet());
		for (final String label : kbets.keySet())
			assertEquals(value(kbets, label), kbet.groups().get(label), 1e-6, label);
	}

	@Test
	void labelProbe() throws IOException {
		final AssessedProfiles profiles = profiles();
		final JsonArray predicted = golden("small.json").getAsJsonArray("lr");
		final MetricResult result = new LabelProbe().measure(profiles);
		int right = 0;
		int row = 0;
		for (int i = 0; i < profiles.size(); i++) {
			if (profiles.isControl(i)) {
				assertTrue(Double.isNaN(result.rows()[i]));
				continue;
			}
			final boolean hit = predicted.get(row++).getAsString().equals(profiles.metadata("Metadata_Label", i));
			assertEquals(hit ? 1 : 0, result.rows()[i], "row " + i);
			if (hit) right++;
		}
		assertEquals(72, row);
		assertEquals(right / 72.0, result.value(), 1e-12);
	}

	static void compare(final JsonObject expected, final AveragePrecision rows, final boolean[] leaveOut) {
		for (int i = 0; i < rows.total().length; i++) {
			if (leaveOut[i]) {
				assertTrue(Double.isNaN(rows.precision()[i]), "row " + i);
				continue;
			}
			assertEquals(expected.getAsJsonArray("positives").get(i).getAsInt(), rows.positives()[i],
				"positives of row " + i);
			assertEquals(expected.getAsJsonArray("total").get(i).getAsInt(), rows.total()[i], "pairs of row " + i);
			final JsonElement ap = expected.getAsJsonArray("ap").get(i);
			assertEquals(ap.isJsonNull() ? Double.NaN : ap.getAsDouble(), rows.precision()[i], 1e-6, "row " + i);
		}
	}

	static double value(final JsonObject json, final String key) {
		return json.get(key).getAsDouble();
	}

	private static boolean[] controls() throws IOException {
		final AssessedProfiles profiles = profiles();
		final boolean[] controls = new boolean[profiles.size()];
		for (int i = 0; i < controls.length; i++) controls[i] = profiles.isControl(i);
		return controls;
	}
}
