// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are grouped by what their metadata mean: a missing value is no group, and A1 is A01. */
class GroupsTest {

	private final List<String> warnings = new ArrayList<>();
	private final CorrectionContext context = CorrectionContext.standard()
		.withControls("Metadata_pert_type=negcon")
		.withProgress(new Progress() {

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

	@ParameterizedTest
	@ValueSource(strings = {"combat", "harmony", "standardize:batch", "standardize", "mad_robustize:batch",
		"center:batch", "int:batch", "tvn", "combat:plate", "aggregate", "wellpos"})
	void aMissingGroupIsRefused(final String method) {
		final boolean batch = method.contains("batch") || List.of("combat", "harmony", "tvn").contains(method);
		final String column = batch ? "Metadata_Batch" : method.equals("wellpos") ? "Metadata_Well" : "Metadata_Plate";
		final String[] values = table(60).metadata(column);
		for (int row = 3; row < 10; row++) values[row] = row == 4 ? " " : "";
		final Exception e = assertThrows(IllegalArgumentException.class,
			() -> fit(method, table(60).withMetadata(column, values)));
		assertTrue(e.getMessage().startsWith("7 rows have no " + column + " (row 4, 5, 6, 7, 8...)"), e.getMessage());
	}

	@Test
	void aWellIsOneHoweverItIsWritten() {
		final ProfileTable once = table(60);
		final int[] rows = IntStream.range(0, 120).map(i -> i % 60).toArray();
		final ProfileTable twice = once.selectRows(rows)
			.withMetadata("Metadata_Well", wells(120, i -> (i < 60 ? "" : "0") + (i % 30 % 6 + 1)));
		final ProfileTable wells = fit("aggregate", twice);
		assertEquals(60, wells.rowCount());
		for (int row = 0; row < 60; row++) {
			for (int f = 0; f < 3; f++) assertEquals(once.feature(row, f), wells.feature(row, f));
		}
		// Positions: the mean of the four rows of a well is gone.
		final ProfileTable positions = fit("wellpos", twice);
		assertEquals(twice.metadata("Metadata_Well", 0), positions.metadata("Metadata_Well", 0));
		final double mean = (twice.feature(0, 0) * 2 + twice.feature(30, 0) * 2.0) / 4;
		assertEquals(twice.feature(0, 0) - mean, positions.feature(0, 0), 1e-5);
		assertEquals(positions.feature(0, 0), positions.feature(60, 0), 1e-6);
	}

	@ParameterizedTest
	@ValueSource(strings = {"standardize", "mad_robustize", "center", "standardize:batch"})
	void aFeatureWithoutFiniteControlsIsMissingThere(final String method) {
		final ProfileTable given = table(60);
		final ProfileTable holes = given.mapRows(given.featureColumns(), (row, in, out) -> {
			System.arraycopy(in, 0, out, 0, out.length);
			if (row < 30 && row % 3 == 0) out[1] = row == 3 ? Float.POSITIVE_INFINITY : Float.NaN;
		});
		final ProfileTable corrected = fit(method, holes);
		final ProfileTable whole = fit(method, given);
		for (int row = 0; row < 60; row++) {
			assertEquals(row < 30, Float.isNaN(corrected.feature(row, 1)), method + ", row " + row);
			assertEquals(whole.feature(row, 0), corrected.feature(row, 0));
			if (row >= 30) assertEquals(whole.feature(row, 1), corrected.feature(row, 1));
		}
		assertTrue(
			warnings.toString()
				.contains("'" + (method.endsWith("batch") ? "B" : "P") + "0' has no finite value to learn " +
					method.split(":")[0] + " from in 1 of 3 features, which are missing there afterwards: f1"),
			warnings::toString);
	}

	@Test
	void aBatchPerRowIsWarnedOf() {
		final ProfileTable table = table(60).withMetadata("Metadata_Batch",
			IntStream.range(0, 60).mapToObj(i -> "cell" + i).toArray(String[]::new));
		fit("combat", table.withMetadata("Metadata_Batch",
			IntStream.range(0, 60).mapToObj(i -> "b" + i / 2).toArray(String[]::new)));
		assertTrue(warnings.toString().contains("there are 30 batches for 60 rows"), warnings::toString);
		fit("harmony:rounds=1", table);
		assertTrue(warnings.toString().contains("there are 60 batches for 60 rows"), warnings::toString);
		warnings.clear();
		fit("harmony:rounds=1", table(60));
		assertEquals(List.of(), warnings);
	}

	private ProfileTable fit(final String method, final ProfileTable table) {
		return Corrections.installed().parse(method).fit(table, context).table();
	}

	private static String[] wells(final int rows, final IntFunction<String> column) {
		return IntStream.range(0, rows)
			.mapToObj(i -> (char) ('A' + i % 30 / 6) + column.apply(i))
			.toArray(String[]::new);
	}

	/** Two plates in two batches with the same wells. */
	private static ProfileTable table(final int rows) {
		final Random random = new Random(1);
		final String[][] metadata = new String[rows][];
		final float[][] values = new float[rows][3];
		final String[] wells = wells(rows, i -> "0" + (i % 30 % 6 + 1));
		for (int row = 0; row < rows; row++) {
			metadata[row] = new String[]{"B" + row / 30, "P" + row / 30, wells[row], row % 3 == 0 ? "negcon" : "trt"};
			for (int f = 0; f < 3; f++) values[row][f] = (float) (random.nextGaussian() + 3 * f + row / 30);
		}
		return ProfileTable.of(List.of("Metadata_Batch", "Metadata_Plate", "Metadata_Well", "Metadata_pert_type"),
			List.of("f0", "f1", "f2"), metadata, values);
	}
}
