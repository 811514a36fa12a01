// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.statistics;

import static io.github.isophene.adaptation.statistics.PlateStatisticsTest.says;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;

import io.github.isophene.network.BatchStatistics;
import org.junit.jupiter.api.Test;

class DriftTest {

	private static BatchStatistics statistics(final float... meanAndVariance) {
		final Map<String, BatchStatistics.LayerStatistics> layers = new LinkedHashMap<>();
		for (int i = 0; i < meanAndVariance.length; i += 2) {
			layers.put("bn" + i / 2,
				new BatchStatistics.LayerStatistics(new float[]{meanAndVariance[i]},
				new float[]{meanAndVariance[i + 1]}));
		}
		return new BatchStatistics(layers);
	}

	@Test
	void itIsTheFrechetDistanceInStandardDeviationsOfTraining() {
		// bn0: mean off by 3 sd, bn1: sd 5 instead of 1 and mean off by 3: sqrt(9 + 16) = 5.
		final Drift drift = Drift.between(statistics(7, 4, 3, 25), statistics(1, 4, 0, 1), OptionalDouble.of(3.9));
		assertEquals(3, drift.layers().get("bn0"), 1e-4);
		assertEquals(5, drift.layers().get("bn1"), 1e-4);
		assertEquals(4, drift.total(), 1e-4);
		assertTrue(drift.far());
		assertFalse(Drift.between(statistics(7, 4), statistics(7, 4), OptionalDouble.of(0)).far());
		assertFalse(Drift.between(statistics(99, 4), statistics(7, 4), OptionalDouble.empty()).far());
	}

	@Test
	void aChannelThatIsAlwaysZeroDoesNotExplode() {
		assertEquals(0, Drift.between(statistics(0, 0), statistics(0, 0), OptionalDouble.empty()).total());
	}

	@Test
	void platesArePooledLikeTheirValues() {
		final BatchStatistics pooled = DriftCalibration
			.pooled(List.of(new PlateStatistics(statistics(1, 2), 5), new PlateStatistics(statistics(3, 4), 500)));
		assertEquals(2, pooled.get("bn0").mean()[0]);
		assertEquals(3 + 1, pooled.get("bn0").variance()[0]);
	}

	@Test
	void withPooledStatisticsLeavingOutIsThatAndNothingElse() {
		final List<PlateStatistics> plates = plates(5, new Random(1));
		final double[] expected = new double[5];
		for (int p = 0; p < 5; p++) {
			final List<PlateStatistics> others = new ArrayList<>(plates);
			others.remove(p);
			expected[p] = Drift.between(plates.get(p).layers(), DriftCalibration.pooled(others), OptionalDouble.empty())
				.total();
		}
		final BatchStatistics pooled = DriftCalibration.pooled(plates);
		assertArrayEquals(expected, DriftCalibration.leaveOneOut(plates, pooled), 1e-6);
		double max = 0;
		for (final double e : expected) max = Math.max(max, e);
		assertEquals(max, DriftCalibration.threshold(plates, pooled), 1e-6);
	}

	@Test
	void aNewPlateLikeTheOthersIsRarelyFarAShiftedOneAlways() {
		final Random random = new Random(2);
		int far = 0;
		for (int trial = 0; trial < 400; trial++) {
			final List<PlateStatistics> plates = plates(9, random);
			final BatchStatistics pooled = DriftCalibration.pooled(plates);
			final OptionalDouble threshold = OptionalDouble.of(DriftCalibration.threshold(plates, pooled));
			if (Drift.between(plate(random, 0).layers(), pooled, threshold).far()) far++;
			assertTrue(Drift.between(plate(random, 10).layers(), pooled, threshold).far());
		}
		// One in ten is expected at most; a little less, as the pool of all nine is a steadier reference.
		final int n = far;
		assertTrue(n > 4 && n < 60, () -> n + " of 400");
	}

	private static List<PlateStatistics> plates(final int n, final Random random) {
		final List<PlateStatistics> plates = new ArrayList<>();
		for (int i = 0; i < n; i++) plates.add(plate(random, 0));
		return plates;
	}

	private static PlateStatistics plate(final Random random, final double shift) {
		return new PlateStatistics(
			statistics((float) (random.nextGaussian() + shift), (float) (1 + random.nextDouble()),
				(float) (5 + random.nextGaussian() - shift), (float) (2 + random.nextDouble())),
			10);
	}

	@Test
	void tooFewPlatesAreSaid() {
		says("at least 2, not 1", () -> DriftCalibration.leaveOneOut(plates(1, new Random(1)), statistics(0, 1, 0, 1)));
		says("no plates", () -> DriftCalibration.pooled(List.of()));
	}
}
