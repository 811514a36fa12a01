// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Real microscope data outside the project: the folder named by the system
 * property {@code isophene.shared.data}, else {@code ../shared/data}.
 */
public final class SharedData {

	private SharedData() {}

	/** A file or folder of it; skips the test, with a message, where it is absent. */
	public static Path get(final String relative) {
		final Path path = path(relative);
		assumeTrue(Files.exists(path), () -> "skipped: " + path + " is absent (set -Disophene.shared.data=...)");
		return path;
	}

	/**
	 * Returns a file or folder of it, or where it is absent the one that {@code golden_miniatures.py} has made, with
	 * tables of our own in the same layout.
	 */
	public static Path orMiniature(final String relative) {
		return has(relative.split("/")[0]) ? path(relative)
			: Path.of("src/test/resources/io/github/isophene/miniature").toAbsolutePath().resolve(relative);
	}

	/** Returns whether it is there, for tests that go through it besides data of their own. */
	public static boolean has(final String relative) {
		return Files.exists(path(relative));
	}

	private static Path path(final String relative) {
		return Path.of(System.getProperty("isophene.shared.data", "../shared/data"))
			.toAbsolutePath()
			.normalize()
			.resolve(relative);
	}
}
