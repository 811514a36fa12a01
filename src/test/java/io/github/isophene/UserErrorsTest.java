// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.Test;

/** Tests the messages that users read of an exception. */
class UserErrorsTest {

	@Test
	void aHeapThatIsUsedUpIsSaidWithItsSizeAndTheRemedy() {
		final String heap = (Runtime.getRuntime().maxMemory() >> 20) + " MB";
		for (final Throwable thrown : List.of(new OutOfMemoryError("Java heap space"),
			new ExecutionException(new OutOfMemoryError()),
			new RuntimeException(new InvocationTargetException(new OutOfMemoryError("Direct buffer memory")))))
		{
			final String message = UserErrors.message(thrown);
			assertTrue(message.startsWith("Java's memory is used up") && message.contains(heap) &&
				message.contains("-Xmx") && message.contains("Edit > Options > Memory & Threads"), message);
		}
	}

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
