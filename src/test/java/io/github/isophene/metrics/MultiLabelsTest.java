// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.isophene.metrics.builtin.Consistency;
import io.github.isophene.metrics.builtin.NotSameCompound;
import io.github.isophene.numerics.Matrix;
import io.github.isophene.profiles.ProfileTable;
import org.junit.jupiter.api.Test;

/** Rows with several labels, as copairs has them (multilabel_reference.py). */
class MultiLabelsTest {

	private static final ColumnRoles ROLES = new ColumnRoles("Metadata_moa", "Metadata_Batch", "Metadata_Plate",
		"Metadata_Well", List.of("Metadata_Compound"), "Metadata_Type", Set.of("negcon"));

	@Test
	void averagePrecisionIsThatOfCopairs() throws IOException {
		final JsonObject golden = GoldenMetricsTest.golden("multilabel.json");
		final JsonArray features = golden.getAsJsonArray("features");
		final int d = features.get(0).getAsJsonArray().size();
		final Matrix matrix = Matrix.zeros(features.size(), d);
		for (int i = 0; i < features.size(); i++) {
			for (int c = 0; c < d; c++)
				matrix.values()[i * d + c] = features.get(i).getAsJsonArray().get(c).getAsFloat();
		}
		final Categories compounds = Categories.of(texts(golden, "compounds"));
		final MultiLabels labels = MultiLabels.of(Categories.of(texts(golden, "labels")));
		final MultiLabels.Ranked ranked = labels.rank(matrix.unit(), compounds.of());
		final Map<String, double[]> expected = new HashMap<>();
		for (final JsonElement e : golden.getAsJsonArray("rows")) {
			final JsonObject row = e.getAsJsonObject();
			expected.put(row.get("row").getAsInt() + row.get("label").getAsString(), new double[]{
				row.get("ap").getAsDouble(), row.get("positives").getAsInt(), row.get("total").getAsInt()});
		}
		int n = 0;
		for (int row = 0; row < labels.of().length; row++) {
			for (int k = labels.of()[row].nextSetBit(0); k >= 0; k = labels.of()[row].nextSetBit(k + 1), n++) {
				final double[] copairs = expected.remove(row + labels.names().get(k));
				if (ranked.precision().positives()[n] == 0) continue;
				assertEquals(copairs[0], ranked.precision().precision()[n], 1e-6);
				assertEquals(copairs[1], ranked.precision().positives()[n]);
				assertEquals(copairs[2], ranked.precision().total()[n]);
			}
		}
		assertTrue(expected.isEmpty(), expected.keySet()::toString);
	}

	@Test
	void treatmentsMatchWhereTheyShareALabel() {
		final AssessedProfiles profiles = AssessedProfiles.of(table("A|B", "B|C", "D"), ROLES, 1);
		assertTrue(new Consistency().measure(profiles).isDefined());
		final MetricResult nsc = new NotSameCompound().measure(profiles);
		assertEquals(2 / 3.0, nsc.value(), 1e-9);
		assertTrue(nsc.groups().keySet().containsAll(List.of("A", "B", "C", "D")), nsc.groups()::toString);
	}

	@Test
	void nothingIsNearestToItsLabelWhereEveryLabelHasOneCompound() {
		final AssessedProfiles profiles = AssessedProfiles.of(table("A", "B", "C"), ROLES, 1);
		final Exception e = assertThrows(UndefinedMetricException.class, () -> new NotSameCompound().measure(profiles));
		assertTrue(e.getMessage().contains("no treatment has another"), e.getMessage());
	}

	/** Three compounds of which the first two are alike, four wells each. */
	private static ProfileTable table(final String... moas) {
		final List<String[]> rows = new ArrayList<>();
		final List<float[]> values = new ArrayList<>();
		for (int c = 0; c < moas.length; c++) {
			for (int w = 0; w < 4; w++) {
				rows.add(new String[]{"B" + w % 2, "P" + w, "A0" + (c + 1), "c" + c, moas[c], "trt"});
				values.add(c == 2 ? new float[]{0, 1, .1f * w} : new float[]{1, .2f * c, .1f * w});
			}
		}
		return ProfileTable.of(
			List.of("Metadata_Batch", "Metadata_Plate", "Metadata_Well", "Metadata_Compound", "Metadata_moa",
				"Metadata_Type"),
			List.of("a", "b", "c"), rows.toArray(String[][]::new), values.toArray(float[][]::new));
	}

	private static String[] texts(final JsonObject golden, final String name) {
		final JsonArray array = golden.getAsJsonArray(name);
		final String[] texts = new String[array.size()];
		for (int i = 0; i < texts.length; i++) texts[i] = array.get(i).getAsString();
		return texts;
	}
}
