// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where published data for tests lie; tests are skipped where they are absent. */
final class SharedData {

	private SharedData() {}

	static Path file(final String name) {
		final Path file = Path.of(System.getProperty("isophene.shared.data", "../shared/data")).resolve(name);
		assumeTrue(Files.exists(file), () -> "skipped: there is no " + file.toAbsolutePath());
		return file;
	}
}
