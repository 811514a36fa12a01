// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Tests the messages that users read of an exception. */
class UserErrorsTest {

	@Test
	void longMessagesAreBrokenBetweenWords() {
		final String message = "'spherize' is no correction: use standardize, ".repeat(40) + "wellpos";
		final String lines = UserErrors.lines(message);
		assertTrue(lines.lines().allMatch(line -> line.length() <= 100), lines);
		assertEquals(message, lines.replace("\n", " "));
		assertEquals("first\nsecond", UserErrors.lines("first\nsecond"));
		final String path = "/a/path/" + "x".repeat(300);
		assertEquals(path, UserErrors.lines(path).replace("\n", ""));
	}
}
