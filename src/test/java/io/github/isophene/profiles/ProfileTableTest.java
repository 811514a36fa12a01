// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTableTest {

	private static final List<String> METADATA = List.of("Metadata_Plate", "Metadata_Well");

	private final ProfileTable table = ProfileTable.of(METADATA, List.of("a", "b", "c"),
		new String[][]{{"P1", "A01"}, {"P1", null}, {"P2", "A01"}}, new float[][]{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});

	@ParameterizedTest
	@ValueSource(ints = {1, 3, 512, 1280, 65_536, 70_000})
	void everyValueIsFoundAgainWhateverTheWidth(final int features) {
		final int rows = Math.max(3, 300_000 / features);
		final ProfileTableBuilder builder = ProfileTable.builder(METADATA, Tables.features(features));
		final float[] vector = new float[features];
		for (int row = 0; row < rows; row++) {
			for (int i = 0; i < features; i++) vector[i] = row * 31f + i;
			builder.add(List.of("P" + row / 100, "w" + row), vector);
		}
		final ProfileTable wide = builder.build();
		assertEquals(rows, wide.rowCount());
		assertEquals(features, wide.featureCount());
		for (int row = 0; row < rows; row++) {
			assertEquals("P" + row / 100, wide.metadata("Metadata_Plate", row));
			assertEquals("w" + row, wide.metadata("Metadata_Well", row));
			final float[] found = wide.row(row);
			for (int i = 0; i < features; i++) {
				if (found[i] != row * 31f + i || found[i] != wide.feature(row, i)) {
					throw new AssertionError("row " + row + ", feature " + i + ": " + found[i]);
				}
			}
		}
	}

	@Test
	void missingMetadataIsEmpty() {
		assertEquals("", table.metadata("Metadata_Well", 1));
		assertArrayEquals(new String[]{"A01", "", "A01"}, table.metadata("Metadata_Well"));
	}

	@Test
	void rowsAndFeaturesAreSelectedInTheOrderGiven() {
		final ProfileTable selected = table.selectRows(new int[]{2, 0, 2}).selectFeatures(List.of("c", "a"));
		assertEquals(List.of("c", "a"), selected.featureColumns());
		assertArrayEquals(new float[]{9, 7}, selected.row(0));
		assertArrayEquals(new float[]{3, 1}, selected.row(1));
		assertArrayEquals(new String[]{"P2", "P1", "P2"}, selected.metadata("Metadata_Plate"));
	}

	@Test
	void mappedRowsKeepTheirMetadata() {
		final ProfileTable sums = table.mapRows(List.of("sum"), (row, in, out) -> out[0] = in[0] + in[1] + in[2] + row);
		assertArrayEquals(new float[]{6, 16, 26}, sums.column(0));
		assertArrayEquals(table.metadata("Metadata_Plate"), sums.metadata("Metadata_Plate"));
	}

	@Test
	void metadataIsAddedReplacedAndSelected() {
		final ProfileTable more = table.withMetadata("Metadata_Batch", new String[]{"1", "1", "2"})
			.withMetadata("Metadata_Plate", new String[]{"x", "y", "z"});
		assertEquals(List.of("Metadata_Plate", "Metadata_Well", "Metadata_Batch"), more.metadataColumns());
		assertEquals("y", more.metadata("Metadata_Plate", 1));
		assertEquals("P1", table.metadata("Metadata_Plate", 1));
		assertEquals(List.of("Metadata_Batch"), more.selectMetadata(List.of("Metadata_Batch")).metadataColumns());
		assertThrows(IllegalArgumentException.class, () -> table.withMetadata("Metadata_X", new String[2]));
	}

	@Test
	void groupsComeInOrderOfFirstAppearance() {
		final Map<List<String>,
			int[]> groups = table.selectRows(new int[]{2, 1, 0, 2}).rowsBy(List.of("Metadata_Plate"));
		assertEquals(List.of(List.of("P2"), List.of("P1")), new ArrayList<>(groups.keySet()));
		assertArrayEquals(new int[]{0, 3}, groups.get(List.of("P2")));
		assertArrayEquals(new int[]{1, 2}, groups.get(List.of("P1")));
	}

	@Test
	void tablesWithTheSameColumnsAreConcatenated() {
		final ProfileTable twice = ProfileTable.concat(List.of(table, table));
		assertEquals(6, twice.rowCount());
		assertTrue(table.contentEquals(twice.selectRows(new int[]{3, 4, 5})));
		assertFalse(table.contentEquals(twice.selectRows(new int[]{3, 4, 3})));
		final ProfileTable other = table.selectFeatures(List.of("a", "c", "b"));
		final String message = assertThrows(IllegalArgumentException.class,
			() -> ProfileTable.concat(List.of(table, other))).getMessage();
		assertTrue(message.contains("feature 2 is 'b' and 'c'"), message);
	}

	@Test
	void wrongShapesAndNamesAreRefused() {
		assertThrows(IllegalArgumentException.class,
			() -> ProfileTable.builder(METADATA, List.of("a")).add(List.of("P"), new float[1]));
		assertThrows(IllegalArgumentException.class,
			() -> ProfileTable.builder(METADATA, List.of("a")).add(List.of("P", "w"), new float[2]));
		assertThrows(IllegalArgumentException.class, () -> ProfileTable.builder(METADATA, List.of("a", "a")));
		assertThrows(IllegalArgumentException.class, () -> ProfileTable.builder(METADATA, List.of("Metadata_a")));
		assertThrows(IllegalArgumentException.class, () -> ProfileTable.builder(Arrays.asList(" "), List.of("a")));
		assertThrows(IllegalArgumentException.class, () -> table.featureIndex("d"));
		assertThrows(IllegalArgumentException.class, () -> table.metadata("Metadata_Site", 0));
	}

	@Test
	void aBuiltTableDoesNotGrow() {
		final ProfileTableBuilder builder = ProfileTable.builder(METADATA, List.of("a"))
			.add(List.of("P", "w"), new float[1]);
		builder.build();
		assertThrows(IllegalStateException.class, () -> builder.add(List.of("P", "w"), new float[1]));
	}
}
