// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features that float32 has too few digits for are named. */
class OffsetCheckTest {

	@Test
	void largeMeansAndSmallSpreadsAreNamed() {
		final OffsetCheck check = new OffsetCheck(List.of("offset", "usual", "constant", "missing"));
		final Random random = new Random(1);
		for (int row = 0; row < 200; row++) {
			check.add(0, 1e8 + random.nextGaussian());
			check.add(1, 1e4 + random.nextGaussian());
			check.add(2, 1e8);
			check.add(3, Double.NaN);
		}
		assertEquals(List.of("offset"), check.found());
		assertTrue(check.warning(Path.of("p.parquet")).contains("1 feature varies"),
			check.warning(Path.of("p.parquet")));
		assertNull(new OffsetCheck(List.of("none")).warning(Path.of("p.parquet")));
	}

	@Test
	void float64InParquetIsLookedAt(@TempDir final Path folder) throws Exception {
		final Path file = folder.resolve("offset.parquet");
		try (Database database = new Database()) {
			database.execute(
				"COPY (SELECT 'P' AS Metadata_Plate, 1e8 + (i % 7) AS a, (i % 5)::DOUBLE AS b FROM range(50) t(i)) " +
					"TO " + Database.file(file) + " (FORMAT PARQUET)");
		}
		final List<String> warnings = new ArrayList<>();
		final ProfileTable table = ProfileFile.read(file, note -> {}, warnings::add);
		assertEquals(50, table.rowCount());
		assertEquals(1, warnings.size(), warnings::toString);
		assertTrue(warnings.get(0).contains("rounds away: a; subtract"), warnings::toString);
	}
}
