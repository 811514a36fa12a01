// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileTableBuilder;
import org.junit.jupiter.api.Test;

class ClustersTest {

	private static ProfileTable table(final float[]... rows) {
		final ProfileTableBuilder table = ProfileTable.builder(List.of(), List.of("a", "b", "c"));
		for (final float[] row : rows) table.add(List.of(), row);
		return table.build();
	}

	@Test
	void findsGroupsWhateverTheirUnitsAndNumbersThemBySize() {
		final Random random = new Random(3);
		final float[][] rows = new float[60][];
		final int[] expected = new int[60];
		for (int i = 0; i < 60; i++) {
			// One of ten, three of ten, six of ten; the second feature is a million times the first, the third
			// says nothing.
			expected[i] = i % 10 == 0 ? 2 : i % 10 < 4 ? 1 : 0;
			rows[i] = new float[]{expected[i] == 1 ? 5 : 0, expected[i] == 2 ? 5e6f : 0, 7};
			rows[i][0] += .1f * random.nextFloat();
			rows[i][1] += 1e5f * random.nextFloat();
		}
		assertArrayEquals(expected, Clusters.of(table(rows), 3, 1));
		assertArrayEquals(expected, Clusters.of(table(rows), 3, 99));
	}

	@Test
	void makesNoMoreGroupsThanThereAreDifferentRows() {
		assertArrayEquals(new int[]{0, 0, 1},
			Clusters.of(table(new float[]{1, 2, 3}, new float[]{1, 2, 3}, new float[]{4, 5, 6}), 8, 1));
		assertEquals(1,
			Arrays.stream(Clusters.of(table(new float[]{1, 2, 3}, new float[]{1, 2, 3}), 4, 1)).distinct().count());
		assertThrows(IllegalArgumentException.class, () -> Clusters.of(table(new float[]{1, 2, 3}), 0, 1));
	}
}
