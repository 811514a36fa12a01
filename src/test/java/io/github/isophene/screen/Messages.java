// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.function.Executable;

/** Short forms for tests on bad input: what is thrown, and what its message says. */
public final class Messages {

	private Messages() {}

	/** Asserts that something fails with a message that has all these parts. */
	public static <T extends Exception> void assertMessage(final Class<T> type, final Executable action,
		final String... parts)
	{
		final String message = assertThrows(type, action).getMessage();
		for (final String part : parts) assertTrue(message.contains(part), () -> "no '" + part + "' in: " + message);
	}

	/** Writes a file, with the folders it needs. */
	public static Path write(final Path file, final String... lines) throws IOException {
		Files.createDirectories(file.getParent());
		return Files.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
	}

	/** Makes an empty file, with the folders it needs. */
	public static Path touch(final Path file) throws IOException {
		Files.createDirectories(file.getParent());
		return Files.write(file, new byte[0]);
	}
}
