// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileTableBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Centers and scales that are drawn toward those of the table by their sampling error, and warnings of too few
 * controls.
 */
class ShrinkageTest {

	private static final CorrectionContext CONTEXT = CorrectionContext.standard()
		.withControls("Metadata_pert_type=negcon");

	@TempDir
	Path folder;

	@Test
	void aSingleWellPerPlateSaysNothingOfThePlate() {
		final ProfileTable table = table(4, 1, 5, 2, 1);
		final ProfileTable shrunk = fit("standardize:shrink=table", table);
		final ProfileTable whole = fit("standardize:per=table", table);
		for (int row = 0; row < table.rowCount(); row++) {
			for (int j = 0; j < table.featureCount(); j++)
				assertEquals(whole.feature(row, j), shrunk.feature(row, j), .05 + .05 * Math.abs(whole.feature(row, j)),
					"only the degrees of freedom differ");
		}
	}

	@Test
	void manyWellsAreTakenAtTheirWord() {
		final ProfileTable table = table(6, 400, 1, 2, 2);
		final ProfileTable shrunk = fit("standardize:shrink=table", table);
		final ProfileTable own = fit("standardize", table);
		for (int row = 0; row < table.rowCount(); row++)
			assertEquals(own.feature(row, 0), shrunk.feature(row, 0), .05 + .06 * Math.abs(own.feature(row, 0)),
				"scales don't differ, so that they are pooled");
	}

	@Test
	void shrunkenCentersAreNearerToTheTruthThanOwnAndPooledOnes() {
		for (final int wells : new int[]{2, 4, 8}) {
			double own = 0;
			double pooled = 0;
			double shrunk = 0;
			for (int seed = 1; seed <= 5; seed++) {
				final ProfileTable table = table(8, wells, 1, .6, seed);
				own += error(fit("center", table), table);
				pooled += error(fit("center:per=table", table), table);
				shrunk += error(fit("center:shrink=table", table), table);
			}
			assertTrue(shrunk < own && shrunk < pooled,
				wells + " wells: " + shrunk + " against " + own + " and " + pooled);
		}
	}

	@Test
	void newPlatesAreShrunkByTheFitAndAFileKeepsIt() throws Exception {
		final ProfileTable table = table(8, 4, 1, .6, 3);
		final int[] known = rows(table, 0, 6);
		final int[] fresh = rows(table, 6, 8);
		final CorrectionChain.Result result = Corrections.installed()
			.parse("standardize:shrink=table:floor=0.1")
			.fit(table.selectRows(known), CONTEXT);
		final ProfileTable applied = result.fitted().apply(table.selectRows(fresh), CONTEXT);
		final Path file = folder.resolve("fit.npz");
		FittedFile.write(result.fitted(), file);
		assertTrue(applied
			.contentEquals(FittedFile.read(file, Corrections.installed()).apply(table.selectRows(fresh), CONTEXT)));
		final ProfileTable alone = fit("standardize", table.selectRows(fresh));
		assertTrue(!applied.contentEquals(alone));
	}

	@Test
	void aFloorKeepsAPlateFromBlowingUpWhatItsControlsDoNotShow() {
		final ProfileTable table = blownUp();
		final List<String> warnings = new ArrayList<>();
		final ProfileTable corrected = Corrections.installed()
			.parse("standardize")
			.fit(table, CONTEXT.withProgress(CorrectionsFuzzTest.warned(warnings)))
			.table();
		assertTrue(corrected.feature(10, 0) > 500, "13.5 becomes " + corrected.feature(10, 0));
		assertTrue(
			warnings.stream().anyMatch(w -> w.contains("the furthest 5") && w.contains("which was 13.50 before")),
			warnings::toString);
		assertTrue(Math.abs(fit("standardize:floor=0.2", table).feature(10, 0)) < 100);
		assertTrue(Math.abs(fit("standardize:shrink=table", table).feature(10, 0)) < 100);
		assertEquals(List.of("f1"), fit("drop_quiet,standardize", table).featureColumns());
	}

	@Test
	void shrinkingNeedsGroupsSmallerThanWhatItShrinksToward() {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> fit("standardize:per=table:shrink=table", table(2, 4, 1, 1, 1))).getMessage();
		assertTrue(message.contains("shrink=table of standardize needs groups smaller than a table"), message);
	}

	@Test
	void tooFewControlsAreWarnedOfWithTheirNumbers() {
		assertTrue(warnings("standardize", table(4, 3, 1, 1, 1)).get(0)
			.contains("4 of 4 plates have fewer than 8 control wells to learn from (the fewest, 3, has plate 'P0')"));
		assertEquals(List.of(), warnings("standardize:shrink=table", table(4, 3, 1, 1, 1)));
		final List<String> tvn = warnings("tvn:coral:per=plate", wide(3, 10, 14));
		assertTrue(
			tvn.stream()
				.anyMatch(
					w -> w.contains("3 of 3 plates is estimated from no more controls than there are components (14")),
			tvn::toString);
	}

	@Test
	void combatAfterPerPlateScalingIsCalledWithoutEffect() {
		final ProfileTable table = table(4, 30, 1, 1, 1);
		final List<String> warnings = warnings("standardize:rows=all,combat:per=plate", table);
		assertTrue(
			warnings.stream()
				.anyMatch(w -> w.startsWith("combat: changes nothing: no batch mean moves by more than 0.0")),
			warnings::toString);
		assertTrue(warnings("combat:per=plate", table).isEmpty());
	}

	private static List<String> warnings(final String method, final ProfileTable table) {
		final List<String> warnings = new ArrayList<>();
		Corrections.installed().parse(method).fit(table, CONTEXT.withProgress(CorrectionsFuzzTest.warned(warnings)));
		return warnings;
	}

	private static ProfileTable fit(final String method, final ProfileTable table) {
		return Corrections.installed().parse(method).fit(table, CONTEXT).table();
	}

	/** Mean squared distance of treated rows from what they are without their plate. */
	private static double error(final ProfileTable centered, final ProfileTable table) {
		double sum = 0;
		for (int row = 0; row < table.rowCount(); row++) {
			if (table.metadata("Metadata_pert_type", row).equals("negcon")) continue;
			for (int j = 0; j < 2; j++)
				sum += Math
					.pow(centered.feature(row, j) - Double.parseDouble(table.metadata("Metadata_Truth" + j, row)), 2);
		}
		return sum;
	}

	/**
	 * Plates with an offset, wells of unit spread with some fields; treated rows carry what they are without
	 * their plate.
	 */
	private static ProfileTable table(final int plates, final int wells, final int fields, final double offset,
		final long seed)
	{
		final Random random = new Random(seed);
		final ProfileTableBuilder table = ProfileTable.builder(
			List.of("Metadata_Plate", "Metadata_Well", "Metadata_pert_type", "Metadata_Truth0", "Metadata_Truth1"),
			List.of("f0", "f1"));
		for (int p = 0; p < plates; p++) {
			final double[] plate = {offset * random.nextGaussian(), offset * random.nextGaussian()};
			for (int w = 0; w < wells + 6; w++) {
				final double[] well = {random.nextGaussian(), random.nextGaussian()};
				for (int f = 0; f < fields; f++) {
					final double[] truth = new double[2];
					for (int j = 0; j < 2; j++) truth[j] = well[j] + .2 * random.nextGaussian();
					table.add(List.of("P" + p, "w" + w, w < wells ? "negcon" : "trt", "" + truth[0], "" + truth[1]),
						new float[]{(float) (truth[0] + plate[0]), (float) (truth[1] + plate[1])});
				}
			}
		}
		return table.build();
	}

	private static ProfileTable wide(final int plates, final int controls, final int features) {
		final Random random = new Random(1);
		final List<String> names = new ArrayList<>();
		for (int j = 0; j < features; j++) names.add("f" + j);
		final ProfileTableBuilder table = ProfileTable
			.builder(List.of("Metadata_Plate", "Metadata_Well", "Metadata_pert_type"), names);
		for (int p = 0; p < plates; p++) {
			for (int w = 0; w < controls; w++) {
				final float[] values = new float[features];
				for (int j = 0; j < features; j++) values[j] = (float) random.nextGaussian();
				table.add(List.of("P" + p, "w" + w, "negcon"), values);
			}
		}
		return table.build();
	}

	/** Ten controls of standard deviation .023 on one plate, a treated value of 13.5 there, and an ordinary plate. */
	private static ProfileTable blownUp() {
		final Random random = new Random(1);
		final ProfileTableBuilder table = ProfileTable
			.builder(List.of("Metadata_Plate", "Metadata_Well", "Metadata_pert_type"), List.of("f0", "f1"));
		for (int p = 0; p < 3; p++) {
			for (int w = 0; w < 20; w++) {
				final float first = p == 0 && w < 10 ? (float) (.023 * (w % 2 == 0 ? 1 : -1))
					: (float) random.nextGaussian();
				table.add(List.of("P" + p, "w" + w, w < 10 ? "negcon" : "trt"),
					new float[]{p == 0 && w == 10 ? 13.5f : first, (float) random.nextGaussian()});
			}
		}
		return table.build();
	}

	private static int[] rows(final ProfileTable table, final int from, final int to) {
		return java.util.stream.IntStream.range(0, table.rowCount()).filter(row -> {
			final int plate = Integer.parseInt(table.metadata("Metadata_Plate", row).substring(1));
			return plate >= from && plate < to;
		}).toArray();
	}
}
