// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.viewer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;

import io.github.isophene.profiles.ProfileTable;
import org.junit.jupiter.api.Test;

class ConfusionTest {

	@Test
	void countsLabelsAgainstPredictions() {
		final ProfileTable table = ProfileTable.of(List.of("Metadata_Drug", "Metadata_Predicted_Drug"),
			List.of("entropy"), new String[][]{{"a", "a"}, {"a", "b"}, {"b", "b"}, {"", "b"}},
			new float[][]{{0}, {0}, {0}, {0}});
		final Confusion confusion = Confusion.of(table);
		assertEquals(List.of("a", "b"), confusion.classes());
		assertArrayEquals(new int[][]{{1, 1}, {0, 1}}, confusion.counts());
		assertEquals(2 / 3.0, confusion.accuracy(), 1e-12);
		assertNull(Confusion.of(table.selectMetadata(List.of("Metadata_Drug"))));
	}

	@Test
	void theMapSeparatesWhatDiffers() {
		final float[][] features = {{0, 1, 5}, {0.1f, 0.9f, 5}, {4, 7, 5}, {4.1f, 7.2f, 5}};
		final double[][] scores = ProfileMap.scores(ProfileTable.of(List.of("Metadata_Plate"),
			List.of("f", "g", "constant"), new String[][]{{"p"}, {"p"}, {"p"}, {"p"}}, features));
		assertEquals(Math.signum(scores[0][0]), Math.signum(scores[0][1]));
		assertEquals(-Math.signum(scores[0][0]), Math.signum(scores[0][2]));
		assertEquals(4, scores[1].length);
	}
}
