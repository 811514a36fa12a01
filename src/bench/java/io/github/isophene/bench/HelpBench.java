// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Seconds from {@code isophene help embed} to its end, through the launcher of the checkout, the first of which may
 * compile and isn't counted. Argument: rounds (8).
 */
public final class HelpBench {

	private HelpBench() {}

	public static void main(final String... arguments) throws IOException, InterruptedException {
		final int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8;
		final List<Double> seconds = new ArrayList<>();
		for (int i = 0; i <= rounds; i++) {
			final long begin = System.nanoTime();
			final Process process = new ProcessBuilder(Path.of("isophene").toAbsolutePath().toString(), "help", "embed")
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
			if (process.waitFor() != 0) throw new IOException("isophene help embed has failed; the reason is above");
			if (i > 0) seconds.add((System.nanoTime() - begin) * 1e-9);
		}
		BenchRatio.print("isophene help embed, seconds", seconds);
		System.out.printf(Locale.ROOT, "isophene help embed: %.2f s (median of %d)%n", BenchRatio.median(seconds),
			rounds);
	}
}
