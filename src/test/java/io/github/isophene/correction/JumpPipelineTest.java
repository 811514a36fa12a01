// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.isophene.SharedData;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * JUMP's own pipeline on its own fixtures: plates as they were measured in, our steps, and
 * beside them what jump-profiling-recipe (commit d2512d97) has made of the plates. The steps on
 * cell counts cannot be repeated, because the counts are not among the fixtures; sphering and
 * Harmony start from what the recipe has made before them. Where the fixtures are absent, plates of our own in their
 * layout, beside what golden_miniatures.py has made of them.
 */
class JumpPipelineTest {

	/** The recipe's negative controls. */
	private static final String CONTROLS = "Metadata_JCP2022=JCP2022_800001,JCP2022_800002,JCP2022_033924," +
		"JCP2022_915131," + "JCP2022_915130,JCP2022_915129,JCP2022_915128";

	private static final boolean PUBLISHED = SharedData.has("jump-pipeline");

	private static final String HARMONY = "harmony:plate:nclust=" + (PUBLISHED ? 300 : 12) + ":rounds=20:theta=1";

	/** Scenarios with their sources and the rows that are learned from. */
	static List<Arguments> plates() {
		if (!PUBLISHED) return List.of(Arguments.of("controls", "source_m", "controls"));
		return List.of(Arguments.of("compound_trimmed", "source_5", "controls"),
			Arguments.of("compound_new_data", "source_molglue source_5", "all"),
			Arguments.of("pipeline_1_trimmed", "source_4 source_5 source_13", "controls"));
	}

	/** Scenarios with the table that sphering and Harmony start from, and the eps of sphering. */
	static List<Arguments> scenarios() {
		final String compounds = "profiles_var_mad_int_featselect";
		if (!PUBLISHED)
			return List.of(Arguments.of("controls", compounds, null), Arguments.of("controls", compounds, "0.01"));
		return List.of(Arguments.of("compound_trimmed", compounds, null),
			Arguments.of("compound_new_data", compounds, null), Arguments.of("pipeline_1_trimmed", compounds, null),
			Arguments.of("orf_trimmed", "profiles_wellpos_cc_var_mad_outlier_featselect", "0.00426656211"),
			Arguments.of("orf_cpcnn_trimmed", "profiles_dropna_wellpos_cc_var_mad_outlier_featselect", "23.0415086"),
			Arguments.of("orf_efficientnet_trimmed", "profiles_dropna_wellpos_cc_var_mad_outlier_featselect",
				"0.00426656211"));
	}

	/** The recipe subtracts and divides in float32. */
	private static final double TOLERANCE = 1e-5;

	@ParameterizedTest
	@MethodSource("plates")
	void variantMadIntAndFeatureSelection(final String scenario, final String sources, final String rows)
		throws IOException
	{
		final ProfileTable expected = output(scenario, "profiles_var_mad_int_featselect");
		final ProfileTable input = annotated(inputs(sources.split(" ")), expected);
		assertEquals(expected.rowCount(), input.rowCount());
		final ProfileTable corrected = Corrections.installed()
			.parse("variant:rows=" + rows + ",mad_robustize:rows=" + rows +
				":scale=1,int,variance,correlation,drop_missing:0")
			.fit(input, CorrectionContext.standard().withControls(CONTROLS))
			.table();
		assertEquals(expected.featureColumns(), corrected.featureColumns());
		for (int i = 0; i < corrected.featureCount(); i++) assertSameRanks(scenario, expected, corrected, i);
	}

	/**
	 * A score that no other row has must be the recipe's. Rows that are equal share one score
	 * here, and have scores drawn at random from their places there: ours must lie among them.
	 */
	private static void assertSameRanks(final String scenario, final ProfileTable expected,
		final ProfileTable corrected, final int feature)
	{
		final Map<String, Integer> place = places(expected);
		final Map<Float, double[]> ranges = new HashMap<>();
		for (int row = 0; row < corrected.rowCount(); row++) {
			final double golden = expected.feature(place.get(key(corrected, row)), feature);
			final double[] range = ranges.computeIfAbsent(corrected.feature(row, feature),
				k -> new double[]{golden, golden});
			range[0] = Math.min(range[0], golden);
			range[1] = Math.max(range[1], golden);
		}
		int wrong = 0;
		double largest = 0;
		for (final Map.Entry<Float, double[]> range : ranges.entrySet()) {
			final double off = Math.max(range.getValue()[0] - range.getKey(), range.getKey() - range.getValue()[1]);
			if (off > TOLERANCE) wrong++;
			largest = Math.max(largest, off);
		}
		// Plates are merged by rounded numbers: a few rows change places with their neighbors.
		assertTrue(wrong <= .01 * ranges.size() && largest < .02,
			scenario + ": " + wrong + " of " + ranges.size() + " scores differ, by up to " + largest);
	}

	/**
	 * Sphering with the eps that the recipe has chosen of its two draws (23.04 and .004267, by mean
	 * average precision), and Harmony with its 300 clusters, 20 rounds and harmonypy's theta of
	 * then. Three to six features and more clusters than directions: Harmony's result depends on the
	 * seed, so what is held is R^2 and the correlation of each feature.
	 */
	@ParameterizedTest
	@MethodSource("scenarios")
	void spheringAndHarmony(final String scenario, final String from, final String eps) throws IOException {
		final ProfileTable input = output(scenario, from);
		final ProfileTable expected = output(scenario, from + (eps == null ? "" : "_sphering") + "_harmony");
		final ProfileTable corrected = Corrections.installed()
			.parse((eps == null ? "" : "sphering:zca-cor:" + eps + ",") + HARMONY)
			.fit(input, CorrectionContext.standard().withControls(CONTROLS))
			.table();
		assertAlike(scenario, expected, corrected);
	}

	@Test
	void fromPlatesToHarmony() throws IOException {
		final ProfileTable expected = output(PUBLISHED ? "compound_trimmed" : "controls",
			"profiles_var_mad_int_featselect_harmony");
		final ProfileTable corrected = Corrections.installed()
			.parse("variant,mad_robustize:scale=1,int,variance,correlation,drop_missing:0," + HARMONY)
			.fit(annotated(inputs(PUBLISHED ? "source_5" : "source_m"), expected),
			CorrectionContext.standard().withControls(CONTROLS))
				.table();
		assertAlike("from plates", expected, corrected);
	}

	/** Few rows and clusters depend more on the seed. */
	private static void assertAlike(final String what, final ProfileTable expected, final ProfileTable corrected) {
		final double leastExplained = PUBLISHED ? .997 : .975;
		final double leastCorrelation = PUBLISHED ? .998 : .98;
		final Map<String, Integer> place = places(expected);
		assertEquals(expected.featureCount(), corrected.featureCount());
		double rest = 0;
		double total = 0;
		for (int i = 0; i < corrected.featureCount(); i++) {
			final double[] ours = new double[corrected.rowCount()];
			final double[] golden = new double[ours.length];
			for (int row = 0; row < ours.length; row++) {
				ours[row] = corrected.feature(row, i);
				golden[row] = expected.feature(place.get(key(corrected, row)), i);
				rest += (ours[row] - golden[row]) * (ours[row] - golden[row]);
				total += golden[row] * golden[row];
			}
			final double r = correlation(ours, golden);
			assertTrue(r >= leastCorrelation, what + ", feature " + i + ": r = " + r);
		}
		assertTrue(1 - rest / total >= leastExplained, what + ": R^2 = " + (1 - rest / total));
	}

	private static double correlation(final double[] a, final double[] b) {
		final double ma = IntStream.range(0, a.length).mapToDouble(i -> a[i]).average().orElseThrow();
		final double mb = IntStream.range(0, a.length).mapToDouble(i -> b[i]).average().orElseThrow();
		double ab = 0;
		double aa = 0;
		double bb = 0;
		for (int i = 0; i < a.length; i++) {
			ab += (a[i] - ma) * (b[i] - mb);
			aa += (a[i] - ma) * (a[i] - ma);
			bb += (b[i] - mb) * (b[i] - mb);
		}
		return ab / Math.sqrt(aa * bb);
	}

	private static ProfileTable inputs(final String... sources) throws IOException {
		final List<ProfileTable> plates = new ArrayList<>();
		for (final String source : sources) {
			try (Stream<Path> files = Files
				.walk(SharedData.orMiniature("jump-pipeline/inputs/profiles/" + source + "/workspace/profiles")))
			{
				for (final Path file : files.filter(f -> f.toString().endsWith(".parquet")).sorted().toList()) {
					plates.add(ProfileFile.read(file));
				}
			}
		}
		return ProfileTable.concat(plates);
	}

	private static ProfileTable output(final String scenario, final String name) throws IOException {
		return ProfileFile.read(SharedData.orMiniature("jump-pipeline/outputs/" + scenario + "_public/" + name +
			".parquet"));
	}

	/** The rows that the recipe has kept, with the compounds that it has found for them. */
	private static ProfileTable annotated(final ProfileTable table, final ProfileTable expected) {
		final Map<String, Integer> place = places(expected);
		final int[] rows = IntStream.range(0, table.rowCount())
			.filter(row -> place.containsKey(key(table, row)))
			.toArray();
		final ProfileTable kept = table.selectRows(rows);
		final String[] compounds = new String[rows.length];
		for (int row = 0; row < rows.length; row++) {
			compounds[row] = expected.metadata("Metadata_JCP2022", place.get(key(kept, row)));
		}
		return kept.withMetadata("Metadata_JCP2022", compounds);
	}

	private static Map<String, Integer> places(final ProfileTable table) {
		final Map<String, Integer> places = new HashMap<>();
		for (int row = 0; row < table.rowCount(); row++) places.put(key(table, row), row);
		return places;
	}

	private static String key(final ProfileTable table, final int row) {
		return table.metadata("Metadata_Plate", row) + "/" + table.metadata("Metadata_Well", row);
	}
}
