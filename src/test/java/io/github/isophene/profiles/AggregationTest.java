// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.junit.jupiter.api.Test;

class AggregationTest {

	private static final float NAN = Float.NaN;

	private final ProfileTable tiles = ProfileTable.of(
		List.of("Metadata_Plate", "Metadata_Well", "Metadata_Site", "Metadata_Compound"), List.of("a", "b"),
		new String[][]{{"P1", "B01", "1", "x"}, {"P1", "A01", "1", "y"}, {"P1", "B01", "2", "x"},
			{"P1", "B01", "2", "x"}, {"P1", "B01", "2", "x"}},
		new float[][]{{1, NAN}, {5, NAN}, {2, 4}, {6, 6}, {100, NAN}});

	@Test
	void meanLeavesOutWhatIsMissing() {
		final ProfileTable wells = Aggregation.MEAN.apply(tiles, Aggregation.WELL);
		assertArrayEquals(new String[]{"B01", "A01"}, wells.metadata("Metadata_Well"));
		assertArrayEquals(new float[]{27.25f, 5}, wells.row(0));
		assertArrayEquals(new float[]{5, NAN}, wells.row(1));
	}

	@Test
	void medianOfOddAndEvenCounts() {
		final ProfileTable wells = Aggregation.MEDIAN.apply(tiles, Aggregation.WELL);
		assertArrayEquals(new float[]{4, 5}, wells.row(0));
		final ProfileTable fields = Aggregation.MEDIAN.apply(tiles, Aggregation.FIELD);
		assertArrayEquals(new float[]{1, 5, 6}, fields.column(0));
	}

	@Test
	void metadataThatVariesWithinAGroupIsDropped() {
		assertEquals(List.of("Metadata_Plate", "Metadata_Well", "Metadata_Compound"),
			Aggregation.MEAN.apply(tiles, Aggregation.WELL).metadataColumns());
		assertEquals(tiles.metadataColumns(), Aggregation.MEAN.apply(tiles, Aggregation.FIELD).metadataColumns());
	}

	@Test
	void sumsAreTakenInDoublePrecision() {
		final String[][] metadata = new String[1001][];
		final float[][] features = new float[1001][];
		for (int i = 0; i < 1001; i++) {
			metadata[i] = new String[]{"P"};
			features[i] = new float[]{i == 0 ? 16_777_216f * 1001 : 1001};
		}
		final ProfileTable one = Aggregation.MEAN.apply(
			ProfileTable.of(List.of("Metadata_Plate"), List.of("a"), metadata, features), List.of("Metadata_Plate"));
		assertEquals((float) (16_777_216.0 + 1000), one.feature(0, 0));
	}

	@Test
	void namesAreReadAndWrongOnesRefused() {
		assertEquals(Aggregation.MEDIAN, Aggregation.of(" Median"));
		assertThrows(IllegalArgumentException.class, () -> Aggregation.of("sum"));
		assertThrows(IllegalArgumentException.class, () -> Aggregation.MEAN.apply(tiles, List.of("Metadata_Batch")));
		assertThrows(IllegalArgumentException.class, () -> Aggregation.MEAN.apply(tiles, List.of()));
	}
}
