// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first files of {@link FormatFuzz}, and those that once were read wrongly. */
class FormatFuzzTest {

	private static final int EACH = 40;

	/** Files that once were read wrongly, by kind. */
	private static final Map<String, long[]> FOUND = Map.of("tiff", new long[]{50}, "model", new long[]{1106}, "fitted",
		new long[]{359, 607, 1026});

	@Test
	void damagedFilesAreReadOrRefused(@TempDir final Path folder) throws Exception {
		try (FormatFuzz fuzz = new FormatFuzz(folder)) {
			for (final String kind : fuzz.kinds()) {
				for (long seed = 1_000_001; seed <= 1_000_000 + EACH; seed++) fuzz.one(kind, seed);
				for (final long seed : FOUND.getOrDefault(kind, new long[0])) fuzz.one(kind, seed);
				assertEquals(List.of(), fuzz.findings());
				assertTrue(fuzz.counted(kind, FormatFuzz.FuzzOutcome.READ) > 0, kind + ": none could be read");
				assertTrue(fuzz.counted(kind, FormatFuzz.FuzzOutcome.REFUSED) > 0, kind + ": none was refused");
			}
		}
	}
}
