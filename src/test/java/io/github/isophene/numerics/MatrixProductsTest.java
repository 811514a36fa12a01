// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.Corrections;
import io.github.isophene.correction.CorrectionsFuzzTest;
import io.github.isophene.correction.Groups;
import io.github.isophene.correction.builtin.HarmonyRun;
import io.github.isophene.engine.Engines;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import io.github.isophene.settings.Settings;
import org.junit.jupiter.api.Test;

/** Products in Java and by the engine, and Harmony by either. */
class MatrixProductsTest {

	@Test
	void productsAreThoseOfDoubles() {
		try (MatrixProducts java = new JavaProducts(); MatrixProducts engine = new EngineProducts()) {
			for (final int[] shape : new int[][]{{1, 1, 1}, {3, 5, 2}, {7, 100, 33}, {64, 9, 128}}) {
				final int m = shape[0];
				final int inner = shape[1];
				final int n = shape[2];
				final float[] a = random(m * inner, 1);
				final float[] b = random(inner * n, 2);
				for (final MatrixProducts products : new MatrixProducts[]{java, engine}) {
					// Longer than need be, and full of what must not matter.
					final float[] c = random(m * n + 5, 3);
					final float[] transposed = random(m * n + 5, 3);
					final float last = c[m * n];
					products.run(1, task -> {
						products.multiply(a, b, c, m, inner, n);
						products.multiplyTransposed(transpose(a, m, inner), b, transposed, m, inner, n);
					});
					for (int i = 0; i < m; i++) {
						for (int k = 0; k < n; k++) {
							double expected = 0;
							for (int j = 0; j < inner; j++) expected += (double) a[i * inner + j] * b[j * n + k];
							assertEquals(expected, c[i * n + k], 1e-4);
							assertEquals(expected, transposed[i * n + k], 1e-4);
						}
					}
					assertEquals(last, c[m * n]);
				}
			}
		}
	}

	@Test
	void theEngineIsTakenWhereThereIsMuchToDo() {
		try (MatrixProducts few = MatrixProducts.of(1e6, Progress.NONE);
			MatrixProducts many = MatrixProducts.of(1e9, Progress.NONE))
		{
			assertInstanceOf(JavaProducts.class, few);
			assertInstanceOf(EngineProducts.class, many);
		}
	}

	@Test
	void whereTheEngineCannotBeStartedJavaComputesAndSaysSo() {
		final List<String> warnings = new ArrayList<>();
		final Progress progress = CorrectionsFuzzTest.warned(warnings);
		final ProfileTable table = CorrectionsFuzzTest.table(3, 500, 12, 1);
		final MatrixProducts products = MatrixProducts.of(1e9, progress, () -> {
			Engines.device("gpu:99");
			return new EngineProducts();
		});
		assertInstanceOf(JavaProducts.class, products);
		assertEquals(1, warnings.size());
		for (final String part : List.of("in Java", "several times as long", "gpu:99")) {
			assertTrue(warnings.get(0).contains(part), warnings.get(0));
		}
		assertArrayEquals(harmony(table, new JavaProducts()), harmony(table, products));
		// Anything else is a mistake of ours, and isn't hidden.
		assertThrows(IllegalStateException.class, () -> MatrixProducts.of(1e9, progress, () -> {
			throw new IllegalStateException("not the engine");
		}));
	}

	@Test
	void harmonyIsTheSameByEither() {
		final ProfileTable table = CorrectionsFuzzTest.table(3, 500, 12, 1);
		final float[][] java = harmony(table, new JavaProducts());
		final float[][] engine = harmony(table, new EngineProducts(1));
		double difference = 0;
		double moved = 0;
		for (int row = 0; row < java.length; row++) {
			for (int i = 0; i < java[row].length; i++) {
				difference += Math.pow(java[row][i] - engine[row][i], 2);
				moved += Math.pow(java[row][i] - table.feature(row, i), 2);
			}
		}
		assertTrue(difference < 1e-6 * moved, difference + " of " + moved);
	}

	@Test
	void theNumberOfThreadsChangesNoBit() {
		final ProfileTable table = CorrectionsFuzzTest.table(3, 500, 12, 1);
		assertArrayEquals(harmony(table, new EngineProducts(1)), harmony(table, new EngineProducts(3)));
		assertArrayEquals(harmony(table, new JavaProducts()), harmony(table, new JavaProducts()));
	}

	@Test
	void whatATaskThrowsArrives() {
		try (MatrixProducts engine = new EngineProducts(2)) {
			assertThrows(IllegalStateException.class, () -> engine.run(4, task -> {
				if (task == 2) throw new IllegalStateException("two");
			}));
		}
	}

	private static float[][] harmony(final ProfileTable table, final MatrixProducts products) {
		try (products) {
			final CorrectionContext context = CorrectionContext.standard().withSeed(3);
			final Settings settings = Corrections.installed()
				.parse("harmony:nclust=20:rounds=3")
				.steps()
				.get(0)
				.settings();
			final HarmonyRun run = new HarmonyRun(table, Groups.by(table, "batch", context), settings, products,
				context);
			run.run();
			final float[][] rows = new float[table.rowCount()][];
			for (int row = 0; row < rows.length; row++) rows[row] = run.corrected(row);
			return rows;
		}
	}

	private static float[] random(final int count, final long seed) {
		final Random random = new Random(seed);
		final float[] values = new float[count];
		for (int i = 0; i < count; i++) values[i] = (float) random.nextGaussian();
		return values;
	}

	private static float[] transpose(final float[] a, final int rows, final int columns) {
		final float[] t = new float[a.length];
		for (int i = 0; i < rows; i++) for (int j = 0; j < columns; j++) t[j * rows + i] = a[i * columns + j];
		return t;
	}
}
