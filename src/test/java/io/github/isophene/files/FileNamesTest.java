// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

class FileNamesTest {

	@Test
	void everySystemAllowsTheName() {
		final List<String> hard = List.of("CON", "aux", "nul.x", "COM1", "lpt9.tif", "a.", "a ", "..", ".", "", "a/b",
			"a\\b", "a:b", "a*?\"<>|b", "_x", ".x", "プレート", "x".repeat(300), "é".repeat(200), "a\0b", "a\nb");
		final Set<String> names = new HashSet<>();
		for (final String text : hard) {
			final String name = FileNames.of(text);
			assertTrue(name.matches("[A-Za-z0-9-][A-Za-z0-9._-]{0,80}") && !name.endsWith("."), name);
			assertTrue(!name.matches("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?"), name);
			assertTrue(names.add(name), text);
		}
		assertEquals("B1_P1-2.x", FileNames.of("B1_P1-2.x"));
		assertEquals(FileNames.of("a b"), FileNames.of("a b"));
		assertNotEquals(FileNames.of("a b"), FileNames.of("a_b"));
	}
}
