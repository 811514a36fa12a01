// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.AveragePrecision;
import io.github.isophene.metrics.ColumnRoles;
import io.github.isophene.metrics.CrossValidation;
import io.github.isophene.metrics.GoldenMetricsTest;
import io.github.isophene.metrics.PairRule;
import io.github.isophene.metrics.RandomAveragePrecision;
import io.github.isophene.numerics.ChiSquare;
import io.github.isophene.numerics.FalseDiscoveryRate;
import io.github.isophene.numerics.Matrix;
import io.github.isophene.numerics.Neighbors;
import io.github.isophene.numerics.Parallel;
import io.github.isophene.numerics.PrincipalComponents;
import io.github.isophene.numerics.TSne;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.NaturalOrder;
import org.junit.jupiter.api.Test;

/** The parts that metrics are made of, against formulas and counted by hand. */
class AssessmentPartsTest {

	@Test
	void meanOfRandomAveragePrecision() {
		assertEquals(.45003, RandomAveragePrecision.mean(3, 10), 1e-5);
		assertEquals(.14570, RandomAveragePrecision.mean(4, 50), 1e-5);
		assertEquals(.04890, RandomAveragePrecision.mean(5, 200), 1e-5);
		assertEquals(1, RandomAveragePrecision.mean(4, 4));
		assertEquals(.45003, mean(RandomAveragePrecision.draw(3, 10, 20_000, 7)), .006);
		assertEquals(.04890, mean(RandomAveragePrecision.draw(5, 200, 20_000, 7)), .002);
		assertEquals(RandomAveragePrecision.mean(100, 300), mean(RandomAveragePrecision.draw(100, 300, 5_000, 7)),
			.002);
		assertArrayEquals(RandomAveragePrecision.draw(3, 10, 100, 7), RandomAveragePrecision.draw(3, 10, 100, 7));
	}

	@Test
	void tiesAreInFavorOfPositives() {
		final float[][] values = {{1, 0}, {1, 0}, {1, 0}, {0, 1}};
		final ProfileTable table = ProfileTable.of(List.of("t"), List.of("a", "b"),
			new String[][]{{"x"}, {"x"}, {"y"}, {"y"}}, values);
		final AveragePrecision rows = AveragePrecision.of(table, PairRule.same("t"),
			new PairRule(List.of(), List.of("t")));
		assertArrayEquals(new double[]{1, 1, 1 / 3.0, 1}, rows.precision(), 1e-12);
		assertArrayEquals(new int[]{3, 3, 3, 3}, rows.total());
	}

	@Test
	void aMissingValueNeverMatches() {
		final ProfileTable table = ProfileTable.of(List.of("t"), List.of("a"),
			new String[][]{{""}, {""}, {"y"}, {"y"}, {"z"}}, new float[][]{{1}, {1}, {1}, {1}, {1}});
		final AveragePrecision rows = AveragePrecision.of(table, PairRule.same("t"),
			new PairRule(List.of(), List.of("t")));
		assertArrayEquals(new int[]{0, 0, 1, 1, 0}, rows.positives());
		assertArrayEquals(new int[]{0, 0, 2, 2, 2}, rows.total());
		assertTrue(Double.isNaN(rows.precision()[0]));
		assertThrows(IllegalArgumentException.class, () -> new PairRule(List.of("t"), List.of("t")));
		assertThrows(IllegalArgumentException.class, () -> new PairRule(List.of(), List.of()));
	}

	@Test
	void negativesThatNeedNotDiffer() {
		final ProfileTable table = ProfileTable.of(List.of("p", "t"), List.of("a", "b"),
			new String[][]{{"1", "x"}, {"1", "x"}, {"1", "y"}, {"2", "y"}},
			new float[][]{{1, 0}, {0, 1}, {1, 1}, {1, 2}});
		final AveragePrecision rows = AveragePrecision.of(table, PairRule.same("t"), PairRule.same("p"));
		// The pair (0, 1) is in both lists, as in copairs; a row is no partner of itself.
		assertArrayEquals(new int[]{3, 3, 3, 1}, rows.total());
		assertArrayEquals(new double[]{1 / 2.0, 1 / 2.0, 1, 1}, rows.precision(), 1e-12);
	}

	@Test
	void falseDiscoveryRate() {
		assertArrayEquals(new double[]{.02, .04, .04, .04},
			FalseDiscoveryRate.adjust(new double[]{.005, .03, .04, .02}), 1e-12);
		assertEquals(0, FalseDiscoveryRate.adjust(new double[0]).length);
	}

	@Test
	void chiSquare() {
		assertEquals(.05, ChiSquare.survival(3.841458820694124, 1), 1e-12);
		assertEquals(.05, ChiSquare.survival(16.918977604620448, 9), 1e-12);
		assertEquals(.95, ChiSquare.survival(3.325112843066815, 9), 1e-12);
		assertEquals(1, ChiSquare.survival(0, 3));
		assertEquals(1.0772382022574693e-7, ChiSquare.survival(50, 9), 1e-17);
	}

	@Test
	void principalComponents() throws IOException {
		final JsonObject golden = GoldenMetricsTest.golden("small.json");
		final ProfileTable table = GoldenMetricsTest.table();
		final Matrix matrix = Matrix.zeros(table.rowCount(), table.featureCount());
		for (int row = 0; row < table.rowCount(); row++)
			table.copyRow(row, matrix.values(), row * table.featureCount());
		final PrincipalComponents pca = PrincipalComponents.of(matrix, 2);
		final JsonArray variance = golden.getAsJsonArray("pca_variance");
		final JsonArray first = golden.getAsJsonArray("pca_first_row");
		for (int c = 0; c < 2; c++) {
			assertEquals(variance.get(c).getAsDouble(), pca.shares()[c], 1e-6);
			assertEquals(first.get(c).getAsDouble(), Math.abs(pca.scores()[c][0]), 1e-4);
		}
	}

	@Test
	void neighborsInTheMapAreNeighbors() {
		final Random random = new Random(3);
		final Matrix matrix = Matrix.zeros(120, 10);
		for (int i = 0; i < matrix.values().length; i++) {
			matrix.values()[i] = (float) (random.nextGaussian() + (i / 10 % 3 == i % 10 ? 12 : 0));
		}
		final double[][] map = TSne.map(matrix, PrincipalComponents.of(matrix, 2).scores());
		int same = 0;
		for (int i = 0; i < 120; i++) {
			int nearest = -1;
			for (int j = 0; j < 120; j++)
				if (j != i && (nearest < 0 || distance(map, i, j) < distance(map, i, nearest))) nearest = j;
			if (nearest % 3 == i % 3) same++;
		}
		assertEquals(120, same);
		assertArrayEquals(map, TSne.map(matrix, PrincipalComponents.of(matrix, 2).scores()));
	}

	@Test
	void nearestNeighborsAreExact() {
		final Random random = new Random(5);
		final Matrix matrix = Matrix.zeros(150, 7);
		for (int i = 0; i < matrix.values().length; i++) matrix.values()[i] = 1000 + (float) random.nextGaussian();
		final Neighbors found = Neighbors.euclidean(matrix, 5, (a, b) -> a % 2 != b % 2);
		for (int row = 0; row < 150; row++) {
			final int i = row;
			final int[] expected = Arrays.stream(Matrix.all(150))
				.filter(j -> j % 2 != i % 2)
				.boxed()
				.sorted((a, b) -> Double.compare(matrix.squaredDistance(i, a), matrix.squaredDistance(i, b)))
				.limit(5)
				.mapToInt(Integer::intValue)
				.toArray();
			assertArrayEquals(expected, found.of()[row], "row " + row);
		}
	}

	@Test
	void platesAreDealtToFoldsWhole() {
		final int[] plates = {0, 0, 1, 1, 2, 2, 3, 3};
		final int[] batches = {0, 0, 0, 0, 1, 1, 1, 1};
		assertArrayEquals(new int[]{0, 0, 1, 1, 0, 0, 1, 1}, CrossValidation.folds(plates, batches, 2));
	}

	@Test
	void driftInUnitsOfTheSpread() {
		final String[][] metadata = {{"a", "c"}, {"a", "c"}, {"b", "c"}, {"b", "c"}};
		final AssessedProfiles profiles = AssessedProfiles.of(
			ProfileTable.of(List.of("Metadata_Batch", "role"), List.of("x"), metadata,
				new float[][]{{-1}, {1}, {9}, {11}}),
			ColumnRoles.of("", "Metadata_Batch").withControls("role", List.of("c")), 1);
		final List<ControlDrift> drift = ControlDrift.of(profiles);
		// Means 0 and 10 around 5; within batches a variance of 4 / 2.
		assertEquals(5 / Math.sqrt(2), drift.get(0).value(), 1e-6);
		assertEquals(Math.sqrt(.25), drift.get(1).chance(), 1e-12);
	}

	@Test
	void namesAsPeopleSortThem() {
		assertTrue(NaturalOrder.COMPARATOR.compare("Week2", "Week10") < 0);
		assertTrue(NaturalOrder.COMPARATOR.compare("Week02", "Week2") != 0, "different names are not equal");
		assertTrue(NaturalOrder.COMPARATOR.compare("P", "P1") < 0);
	}

	@Test
	void anInterruptCancels() {
		Thread.currentThread().interrupt();
		assertThrows(CancellationException.class, () -> Parallel.run(3, i -> {}));
		assertTrue(Thread.interrupted());
	}

	@Test
	void whatATaskThrowsArrives() {
		final IllegalStateException e = assertThrows(IllegalStateException.class, () -> Parallel.run(100, i -> {
			if (i == 50) throw new IllegalStateException("fifty");
		}));
		assertEquals("fifty", e.getMessage());
	}

	private static double distance(final double[][] map, final int i, final int j) {
		return Math.hypot(map[0][i] - map[0][j], map[1][i] - map[1][j]);
	}

	private static double mean(final float[] values) {
		double sum = 0;
		for (final float v : values) sum += v;
		return sum / values.length;
	}
}
