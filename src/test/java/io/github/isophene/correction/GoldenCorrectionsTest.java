// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.isophene.SharedData;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileTableBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Corrections against other implementations (versions in {@code facts.json}, script
 * {@code src/test/python/golden_corrections.py}): scikit-learn, pycytominer, scipy, neuroCombat,
 * harmonypy, and NumPy formulas for sphering and TVN. On simulated profiles and on a part of
 * BBBC021.
 */
class GoldenCorrectionsTest {

	/** Largest difference allowed, relative to the largest absolute value of the feature. */
	private static final double TOLERANCE = 1e-3;

	private static final String CENTERED = "center:plate";
	private static final String Z = "standardize:table";

	/** The simulated profiles, which are committed, and BBBC021 where it is there. */
	static List<String> data() {
		return SharedData.has("bbbc021") ? List.of("simulated", "bbbc021") : List.of("simulated");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {"standardize;standardize", "standardize_batch_all;standardize:batch:all",
		"mad;mad_robustize:eps=1e-18", "int;int", "pca;pca:1000", "tvn_efaar;" + CENTERED + ",tvn",
		"tvn_coral;" + CENTERED + ",tvn:coral", "combat;combat", "combat_covariate;combat:covariate=Metadata_Label",
		"sphering_pca;" + Z + ",sphering:pca", "sphering_zca;" + Z + ",sphering:zca",
		"sphering_pca-cor;" + Z + ",sphering:pca-cor", "sphering_zca-cor;" + Z + ",sphering:zca-cor",
		"sphering_zca_0.1;" + Z + ",sphering:zca:0.1", "sphering_zca_variance;" + Z + ",sphering:zca:.1:to=variance"})
	void agreesWithOtherImplementations(final String key, final String method) throws IOException {
		for (final String data : data()) {
			final ProfileTable expected = expected(data);
			if (expected.featureColumns().stream().noneMatch(c -> c.startsWith(key + "__"))) continue;
			final ProfileTable corrected = Corrections.installed().parse(method).fit(input(data), CONTEXT).table();
			assertClose(data + " " + method, expected, key, corrected, TOLERANCE);
		}
	}

	@ParameterizedTest
	@MethodSource("data")
	void spheringOfFewControlsPadsTheSpectrum(final String data) throws IOException {
		final ProfileTable table = Corrections.installed().parse(Z).fit(input(data), CONTEXT).table();
		final int wanted = table.featureCount() / 2 + 1;
		final String[] role = new String[table.rowCount()];
		int found = 0;
		for (int row = 0; row < role.length; row++) {
			final boolean control = table.metadata("Metadata_pert_type", row).equals("negcon") && found < wanted;
			role[row] = control ? "yes" : "no";
			if (control) found++;
		}
		final ProfileTable corrected = Corrections.installed()
			.parse("sphering:zca:0.1")
			.fit(table.withMetadata("Metadata_Few", role), CONTEXT.withControls("Metadata_Few=yes"))
			.table();
		assertClose(data, expected(data), "sphering_deficient", corrected, TOLERANCE);
	}

	@ParameterizedTest
	@MethodSource("data")
	void harmonyIsWithinTheSpreadOfHarmonypysOwnRuns(final String data) throws IOException {
		final ProfileTable z = Corrections.installed().parse(Z).fit(input(data), CONTEXT).table();
		final double toMedian = facts().getAsJsonObject(data).get("harmony_to_median").getAsDouble();
		final ProfileTable expected = expected(data);
		for (long seed = 1; seed <= 3; seed++) {
			final ProfileTable corrected = Corrections.installed()
				.parse("harmony:nclust=4:rounds=20:iterations=50:cluster_tolerance=1e-9:tolerance=1e-9")
				.fit(z, CONTEXT.withSeed(seed))
				.table();
			double difference = 0;
			double moved = 0;
			for (int row = 0; row < z.rowCount(); row++) {
				for (int i = 0; i < z.featureCount(); i++) {
					final double golden = expected.feature(row, expected.featureIndex("harmony__" + i));
					difference += Math.pow(corrected.feature(row, i) - golden, 2);
					moved += Math.pow(golden - z.feature(row, i), 2);
				}
			}
			final double share = Math.sqrt(difference / moved);
			// The farthest of harmonypy's 48 runs, which differ by their seeds alone, from their median.
			assertTrue(share <= 1.05 * toMedian, data + ", seed " + seed + ": differs by " + share +
				" of what Harmony moves, harmonypy's own runs by up to " + toMedian);
		}
	}

	@ParameterizedTest
	@CsvSource({"auto,1", "auto,3", "1,1", "1,3"})
	void eitherPenaltyOfHarmonyIsThatOfHarmonypy2(final String lambda, final int clusters) throws IOException {
		final JsonObject golden = new Gson().fromJson(
			java.nio.file.Files.readString(resource("harmonypy2.json"), StandardCharsets.UTF_8), JsonObject.class);
		final JsonArray batches = golden.getAsJsonArray("batches");
		final ProfileTableBuilder rows = ProfileTable.builder(List.of("Metadata_Batch"),
			List.of("a", "b", "c", "d", "e"));
		for (int row = 0; row < batches.size(); row++) {
			final float[] values = new float[5];
			for (int i = 0; i < 5; i++) values[i] = value(golden, "rows", row, i);
			rows.add(List.of(batches.get(row).getAsString()), values);
		}
		final ProfileTable raw = rows.build();
		for (final String theirs : List.of("auto", "1")) {
			final double share = distance(golden, theirs + " " + clusters, raw,
				Corrections.installed()
					.parse("harmony:nclust=" + clusters +
						":rounds=30:iterations=200:cluster_tolerance=1e-12:tolerance=1e-12:lambda=" + lambda)
					.fit(raw, CONTEXT)
					.table());
			if (theirs.equals(lambda)) assertTrue(share < 1e-3, "differs by " + share + " of what Harmony moves");
			else assertTrue(share > 0.03, "the penalties can be told apart: " + share);
		}
	}

	private static float value(final JsonObject golden, final String key, final int row, final int i) {
		return golden.getAsJsonArray(key).get(row).getAsJsonArray().get(i).getAsFloat();
	}

	/** Distance to harmonypy's result, in lengths of what that moves. */
	private static double distance(final JsonObject golden, final String key, final ProfileTable raw,
		final ProfileTable corrected)
	{
		double difference = 0;
		double moved = 0;
		for (int row = 0; row < raw.rowCount(); row++) {
			for (int i = 0; i < raw.featureCount(); i++) {
				final double value = value(golden, key, row, i);
				difference += Math.pow(corrected.feature(row, i) - value, 2);
				moved += Math.pow(value - raw.feature(row, i), 2);
			}
		}
		return Math.sqrt(difference / moved);
	}

	@ParameterizedTest
	@MethodSource("data")
	void featureSelectionKeepsWhatPycytominerKeeps(final String data) throws IOException {
		final int cutoff = data.equals("simulated") ? 4 : 30;
		final JsonObject facts = facts().getAsJsonObject(data);
		final ProfileTable input = input(data);
		assertEquals(names(facts, "frequency_threshold"), kept(input, "variance"));
		assertEquals(names(facts, "correlation_threshold"), kept(input, "correlation"));
		assertEquals(names(facts, "drop_outliers"), kept(input, "standardize,outlier:" + cutoff));
	}

	static final CorrectionContext CONTEXT = CorrectionContext.standard().withControls("Metadata_pert_type=negcon");

	private static List<String> kept(final ProfileTable table, final String method) {
		return Corrections.installed().parse(method).fit(table, CONTEXT).table().featureColumns();
	}

	private static List<String> names(final JsonObject facts, final String key) {
		return facts.getAsJsonArray(key).asList().stream().map(e -> e.getAsString()).toList();
	}

	private static void assertClose(final String what, final ProfileTable expected, final String key,
		final ProfileTable actual, final double tolerance)
	{
		assertEquals(expected.rowCount(), actual.rowCount(), what);
		assertTrue(expected.featureColumns().contains(key + "__" + (actual.featureCount() - 1)),
			what + " has " + actual);
		for (int i = 0; i < actual.featureCount(); i++) {
			final int column = expected.featureIndex(key + "__" + i);
			double scale = 0;
			for (int row = 0; row < actual.rowCount(); row++)
				scale = Math.max(scale, Math.abs(expected.feature(row, column)));
			for (int row = 0; row < actual.rowCount(); row++) {
				assertEquals(expected.feature(row, column), actual.feature(row, i), tolerance * scale,
					what + ", row " + row + ", " + actual.featureColumns().get(i));
			}
		}
	}

	private static ProfileTable expected(final String data) throws IOException {
		return ProfileFile.read(resource(data + "/expected.parquet"));
	}

	static ProfileTable input(final String data) throws IOException {
		if (data.equals("simulated")) return ProfileFile.read(resource("simulated/input.parquet"));
		final ProfileTable table = Bbbc021Table.wells(SharedData.get("bbbc021"));
		final int[] rows = IntStream.range(0, table.rowCount())
			.filter(row -> table.metadata("Metadata_Batch", row).matches("Week[126]"))
			.toArray();
		return table.selectRows(rows).selectFeatures(names(facts().getAsJsonObject(data), "features"));
	}

	static Path resource(final String name) {
		return Path.of("src/test/resources/io/github/isophene/correction", name);
	}

	private static JsonObject facts() throws IOException {
		return new Gson().fromJson(java.nio.file.Files.readString(resource("facts.json"), StandardCharsets.UTF_8),
			JsonObject.class);
	}
}
