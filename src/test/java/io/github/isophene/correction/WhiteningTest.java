// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whitening keeps no direction that holds only the rounding of single precision, and so blows none up. */
class WhiteningTest {

	private static final CorrectionContext CONTEXT = CorrectionContext.standard()
		.withControls("Metadata_pert_type=negcon");
	private static final int PLATES = 4;

	@ParameterizedTest
	@ValueSource(strings = {"center,tvn", "center,tvn:coral", "center:per=batch,tvn:per=plate", "standardize,tvn",
		"standardize,tvn:coral", "standardize,sphering:zca", "standardize,sphering:pca", "standardize,sphering:zca-cor",
		"standardize,sphering:pca-cor", "center,sphering:zca", "center,sphering:pca", "center,sphering:zca-cor",
		"center,sphering:pca-cor", "standardize,sphering:zca:.1:variance", "standardize,sphering:pca:.1:variance",
		"center,pca:1000:rows=controls,standardize:table", "center,pca:1000:rows=controls,tvn",
		"center,pca:1000,standardize:table", "mad_robustize,tvn", "mad_robustize,sphering:zca-cor"})
	void nothingIsBlownUp(final String chain) {
		for (final int features : new int[]{20, 40, 61, 128, 700}) {
			bounded(chain, table(16, features, 1, f -> 1));
			bounded(chain, table(16, features, 2, f -> 1 + f % 5, f -> 1000));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"tvn", "tvn:coral", "sphering:zca", "sphering:pca", "sphering:zca-cor", "sphering:pca-cor",
		"center,tvn", "center,sphering:zca", "pca:1000:rows=controls,standardize:table"})
	void sumsAndCopiesOfFeaturesAddNoDirection(final String chain) {
		final ProfileTable given = table(16, 12, 3, f -> 1 + f, f -> 10.0 * f);
		final int d = given.featureCount();
		final List<String> names = new ArrayList<>(given.featureColumns());
		names.addAll(List.of("copy", "sum", "difference", "scaled"));
		final ProfileTable table = given.mapRows(names, (row, in, out) -> {
			System.arraycopy(in, 0, out, 0, d);
			out[d] = in[3];
			out[d + 1] = in[0] + in[1];
			out[d + 2] = in[4] - in[5];
			out[d + 3] = in[6] * 3f;
		});
		final ProfileTable corrected = bounded(chain, table);
		if (!chain.contains("sphering")) assertEquals(12, corrected.featureCount(), chain);
	}

	@ParameterizedTest
	@CsvSource({"16,40,40", "16,128,60", "8,30,28", "76,700,300", "121,1300,480"})
	void centeringCostsOneDirectionPerPlate(final int controls, final int features, final int rank) {
		final ProfileTable table = table(controls, features, 4, f -> 1);
		assertEquals(rank, Corrections.installed().parse("center,tvn").fit(table, CONTEXT).table().featureCount());
	}

	@Test
	void manyControlsAddNoDirectionEither() {
		// Beyond 2.5e8 multiplications the covariance is decomposed, not the rows.
		final ProfileTable given = table(300, 500, 7, f -> 1);
		final ProfileTable table = given.mapRows(given.featureColumns(), (row, in, out) -> {
			System.arraycopy(in, 0, out, 0, 500);
			out[7] = in[8] + in[9];
		});
		assertEquals(499, bounded("center,tvn", table).featureCount());
	}

	@Test
	void smallFeaturesAreNoRounding() {
		// Cell areas beside textures: spreads from 1e-4 to 1e5 in one table.
		final ProfileTable table = table(50, 10, 5, f -> Math.pow(10, f - 4));
		for (final String chain : List.of("sphering:zca", "sphering:pca", "tvn", "tvn:coral", "center,sphering:zca")) {
			final ProfileTable corrected = Corrections.installed().parse(chain).fit(table, CONTEXT).table();
			assertEquals(10, corrected.featureCount(), chain);
			for (int f = 0; f < 10; f++) assertEquals(1, spread(corrected, f, true), .5, chain + ", " + f);
		}
	}

	@Test
	void aSpreadOfOneUnitInTheLastPlaceIsNone() {
		final Random random = new Random(6);
		final ProfileTable given = table(16, 3, 6, f -> 1);
		final ProfileTable table = given.mapRows(given.featureColumns(), (row, in, out) -> {
			out[0] = in[0];
			out[1] = random.nextBoolean() ? 7.3f : Math.nextUp(7.3f);
			if (!given.metadata("Metadata_pert_type", row).equals("negcon")) out[1] = 7.4f;
			out[2] = in[2];
		});
		for (final String chain : List.of("standardize", "standardize:table", "mad_robustize", "tvn",
			"sphering:zca-cor", "combat"))
		{
			bounded(chain, table);
		}
	}

	@Test
	void theUserIsToldOfDirectionsThatControlsLack() {
		final List<String> warnings = new ArrayList<>();
		final CorrectionContext listening = CONTEXT.withProgress(new Progress() {

			@Override
			public void report(final String message, final long done, final long total) {
				// only warnings matter
			}

			@Override
			public void warn(final String sentence) {
				warnings.add(sentence);
			}

			@Override
			public boolean isCanceled() {
				return false;
			}
		});
		Corrections.installed().parse("center,tvn").fit(table(16, 128, 1, f -> 1), listening);
		assertTrue(warnings.toString().contains("the 64 rows learned from vary in 60 directions only, of 128 features"),
			warnings::toString);
	}

	/** No output lies farther out than 1000 times the spread of the controls. */
	private static ProfileTable bounded(final String chain, final ProfileTable table) {
		final ProfileTable corrected = Corrections.installed().parse(chain).fit(table, CONTEXT).table();
		double controls = 0;
		for (int f = 0; f < corrected.featureCount(); f++) controls = Math.max(controls, spread(corrected, f, true));
		for (int f = 0; f < corrected.featureCount(); f++) {
			for (int row = 0; row < corrected.rowCount(); row++) {
				final float value = corrected.feature(row, f);
				assertTrue(Math.abs(value) < 1e3 * controls, chain + ", " + table.featureCount() + " features: " +
					corrected.featureColumns().get(f) + " is " + value + " in row " + row);
			}
		}
		return corrected;
	}

	private static double spread(final ProfileTable table, final int feature, final boolean controls) {
		final double[] values = IntStream.range(0, table.rowCount())
			.filter(row -> controls == table.metadata("Metadata_pert_type", row).equals("negcon"))
			.mapToDouble(row -> table.feature(row, feature))
			.toArray();
		final double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
		return Math.sqrt(
			IntStream.range(0, values.length).mapToDouble(i -> Math.pow(values[i] - mean, 2)).average().orElseThrow());
	}

	private static ProfileTable table(final int controls, final int features, final long seed,
		final IntToDoubleFunction spread)
	{
		return table(controls, features, seed, spread, f -> 0);
	}

	/** Plates of two batches, as many treated wells as controls, an offset per plate. */
	private static ProfileTable table(final int controls, final int features, final long seed,
		final IntToDoubleFunction spread, final IntToDoubleFunction mean)
	{
		final Random random = new Random(seed);
		final String[][] metadata = new String[2 * controls * PLATES][];
		final float[][] values = new float[metadata.length][features];
		for (int row = 0; row < metadata.length; row++) {
			final int plate = row / (2 * controls);
			metadata[row] = new String[]{"B" + plate / 2, "P" + plate, row % 2 == 0 ? "negcon" : "trt"};
			for (int f = 0; f < features; f++) {
				values[row][f] = (float) (mean.applyAsDouble(f) + spread.applyAsDouble(f) *
					(random.nextGaussian() + 3 * Math.sin(plate + f) + (row % 2 == 0 ? 0 : row % 7)));
			}
		}
		return ProfileTable.of(List.of("Metadata_Batch", "Metadata_Plate", "Metadata_pert_type"),
			IntStream.range(0, features).mapToObj(i -> "f" + i).toList(), metadata, values);
	}
}
