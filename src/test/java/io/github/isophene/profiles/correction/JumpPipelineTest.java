// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles.correction;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * JUMP's own pipeline on its own fixtures: plates as they were measured in, our steps, and
 * beside them what jump-profiling-recipe (commit d2512d97) has made of the plates. The steps on
 * cell counts cannot be repeated, because the counts are not among the fixtures; sphering and
 * Harmony start from what the recipe has made before them.
 */
class JumpPipelineTest {

	/** The recipe's negative controls, of which the last five have no part in these plates. */
	private static final String CONTROLS = "Metadata_JCP2022=JCP2022_800001,JCP2022_800002,JCP2022_033924";

	/** Values are ranks' quantiles. The recipe breaks ties at random and subtracts medians in float32, which makes ties. */
	private static final double QUANTILE_TOLERANCE = 1e-4;

	@ParameterizedTest
	@CsvSource({ "compound_trimmed,source_5,controls", "compound_new_data,source_molglue source_5,all",
		"pipeline_1_trimmed,source_4 source_5 source_13,controls" })
	void variantMadIntAndFeatureSelection(final String scenario, final String sources, final String rows) throws IOException {
		final ProfileTable expected = output(scenario, "profiles_var_mad_int_featselect");
		final ProfileTable input = annotated(inputs(sources.split(" ")), expected);
		assertEquals(expected.rowCount(), input.rowCount());
		final ProfileTable corrected = Corrections.builtIn().parse("variant:rows=" + rows + ",mad_robustize:rows=" + rows +
			":scale=1,int,variance,correlation,drop_missing:0").fit(input, CorrectionContext.standard().controls(CONTROLS)).table();
		assertEquals(expected.featureColumns(), corrected.featureColumns());
		final Map<String, Integer> place = places(expected);
		int close = 0;
		double largest = 0;
		for (int row = 0; row < corrected.rowCount(); row++) {
			final float[] golden = expected.row(place.get(key(corrected, row)));
			for (int i = 0; i < golden.length; i++) {
				final double difference = Math.abs(golden[i] - corrected.feature(row, i));
				if (difference < QUANTILE_TOLERANCE) close++;
				largest = Math.max(largest, difference);
			}
		}
		final double share = (double) close / corrected.rowCount() / corrected.featureCount();
		System.out.println("JUMP " + scenario + " " + share + " " + largest);
	}

	@ParameterizedTest
	@CsvSource({ "compound_trimmed,profiles_var_mad_int_featselect,,1", "compound_new_data,profiles_var_mad_int_featselect,,1",
		"pipeline_1_trimmed,profiles_var_mad_int_featselect,,1",
		"orf_trimmed,profiles_wellpos_cc_var_mad_outlier_featselect,sphering,1",
		"orf_cpcnn_trimmed,profiles_dropna_wellpos_cc_var_mad_outlier_featselect,sphering,1",
		"orf_efficientnet_trimmed,profiles_dropna_wellpos_cc_var_mad_outlier_featselect,sphering,1" })
	void spheringAndHarmony(final String scenario, final String from, final String sphering, final double theta)
		throws IOException
	{
		final ProfileTable input = output(scenario, from);
		final ProfileTable expected = output(scenario, from + (sphering == null ? "" : "_sphering") + "_harmony");
		final Map<String, Integer> place = places(expected);
		for (final String eps : sphering == null ? List.of("") : List.of("23.0415086", "0.00426656211")) {
			for (final String th : List.of("1", "2")) {
				final ProfileTable corrected = Corrections.builtIn().parse((sphering == null ? "" : "sphering:zca-cor:" + eps + ",") +
					"harmony:plate:300:20:theta=" + th).fit(input, CorrectionContext.standard().controls(CONTROLS)).table();
				double worst = 1;
				double ss = 0;
				double tot = 0;
				for (int i = 0; i < corrected.featureCount(); i++) {
					final double[] a = new double[corrected.rowCount()];
					final double[] b = new double[a.length];
					for (int row = 0; row < a.length; row++) {
						a[row] = corrected.feature(row, i);
						b[row] = expected.feature(place.get(key(corrected, row)), i);
						ss += (a[row] - b[row]) * (a[row] - b[row]);
						tot += b[row] * b[row];
					}
					worst = Math.min(worst, correlation(a, b));
				}
				System.out.println("HARM " + scenario + " eps " + eps + " theta " + th + " worst r " + worst + " R2 " + (1 - ss / tot));
			}
		}
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
			try (Stream<Path> files = Files.walk(SharedData.get("jump-pipeline/inputs/profiles/" + source + "/workspace/profiles"))) {
				for (final Path file : files.filter(f -> f.toString().endsWith(".parquet")).sorted().toList()) {
					plates.add(ProfileFile.read(file));
				}
			}
		}
		return ProfileTable.concat(plates);
	}

	private static ProfileTable output(final String scenario, final String name) throws IOException {
		return ProfileFile.read(SharedData.get("jump-pipeline/outputs/" + scenario + "_public/" + name + ".parquet"));
	}

	/** The rows that the recipe has kept, with the compounds that it has found for them. */
	private static ProfileTable annotated(final ProfileTable table, final ProfileTable expected) {
		final Map<String, Integer> place = places(expected);
		final int[] rows = IntStream.range(0, table.rowCount()).filter(row -> place.containsKey(key(table, row))).toArray();
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
