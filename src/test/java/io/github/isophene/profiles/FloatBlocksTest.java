// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.isophene.files.ProcessFolder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A matrix holds what was put into it, in the heap, outside it, and on both sides. */
class FloatBlocksTest {

	@ParameterizedTest
	@ValueSource(longs = {0, 200_000, Long.MAX_VALUE})
	void whereverTheValuesLie(final long heapValues) throws IOException {
		final int columns = 7;
		final int rows = 70_000;
		final List<Path> before = temporaries();
		final FloatBlocks matrix = new FloatBlocks(columns, heapValues);
		final float[] row = new float[columns];
		for (int r = 0; r < rows; r++) {
			for (int c = 0; c < columns; c++) row[c] = r + c / 8f;
			matrix.append(row, 0);
		}
		matrix.set(rows - 1, 3, -5);
		matrix.trim();
		assertEquals(rows, matrix.rows());
		assertEquals(heapValues == 0, matrix.block(0).isDirect());
		assertEquals(heapValues < Long.MAX_VALUE, matrix.block(rows - 1).isDirect());
		for (int r = 0; r < rows - 1; r += 13) {
			for (int c = 0; c < columns; c++) assertEquals(r + c / 8f, matrix.get(r, c));
		}
		assertEquals(-5, matrix.get(rows - 1, 3));
		final float[] copied = new float[columns + 1];
		matrix.copyRow(12345, copied, 1);
		assertArrayEquals(new float[]{0, 12345, 12345.125f, 12345.25f, 12345.375f, 12345.5f, 12345.625f, 12345.75f},
			copied);
		// Where files may go while they are mapped, nothing is left behind.
		if (File.separatorChar == '/') assertEquals(before, temporaries());
	}

	@ParameterizedTest
	@ValueSource(ints = {1, 3})
	void columnsAreMapped(final int features) {
		final String[][] metadata = {{"a"}, {"b"}};
		final float[][] values = new float[2][features];
		values[1][features - 1] = 4;
		final ProfileTable table = ProfileTable.of(List.of("Metadata_Well"),
			List.of("x", "y", "z").subList(0, features), metadata, values);
		final ProfileTable mapped = table.mapColumns((column, of) -> {
			of[0] = column + 1;
			of[1] *= 2;
		});
		assertEquals(8, mapped.feature(1, features - 1));
		assertEquals(features, mapped.feature(0, features - 1));
		assertEquals(0, table.feature(0, 0));
		assertTrue(mapped.hasMetadata("Metadata_Well"));
		assertFalse(mapped.contentEquals(table));
	}

	/** Those of this process. */
	private static List<Path> temporaries() throws IOException {
		try (Stream<Path> files = Files.list(ProcessFolder.require())) {
			return files.filter(f -> f.getFileName().toString().startsWith("table-")).sorted().toList();
		}
	}
}
