// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.InvalidPathException;

import org.junit.jupiter.api.Test;

class PathNamesTest {

	@Test
	void tellsALocaleWithoutTheLettersFromANameThatCantBe() {
		final InvalidPathException umlaut = new InvalidPathException("Plätte",
			"Malformed input or input contains unmappable characters");
		final String message = PathNames.problem(umlaut, "ANSI_X3.4-1968");
		assertTrue(
			message.contains("'Plätte'") && message.contains("ANSI_X3.4-1968") && message.contains("LC_ALL=C.UTF-8"),
			message);
		assertTrue(PathNames.problem(new InvalidPathException("Pl\uFFFDtte", "Malformed"), "UTF-8").contains("LC_ALL"));
		assertEquals("'a\0b' can't be the name of a file: Nul character not allowed",
			PathNames.problem(new InvalidPathException("a\0b", "Nul character not allowed"), "UTF-8"));
	}
}
