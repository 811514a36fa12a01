// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Assumptions;

/**
 * The folder of real data that lies beside the project: the system property
 * {@code isophene.shared.data}, or {@code ../shared/data}. Tests that need it are
 * skipped where it is absent.
 */
final class SharedData {

	private SharedData() {}

	/** A file or folder of it; skips the test if it isn't there. */
	static Path get(final String name) {
		final Path root = Path.of(System.getProperty("isophene.shared.data", "../shared/data"));
		final Path path = root.resolve(name).toAbsolutePath().normalize();
		Assumptions.assumeTrue(Files.exists(path), () -> "skipped, as the real data isn't here: " + path);
		return path;
	}
}
