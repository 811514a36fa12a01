// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.isophene.demo.DemoOptions;
import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.embedding.EmbeddingReport;
import io.github.isophene.screen.Screen;

/** What Isophene does, told on a simulated screen in a minute or two: the README's first command. */
final class Story {

	private final IsopheneService isophene;

	Story(final IsopheneService isophene) {
		this.isophene = isophene;
	}

	/**
	 * Writes a demo screen into a folder, or takes the one that is there, and embeds it.
	 *
	 * @param out where the story is told
	 */
	void tell(final Path folder, final PrintStream out) throws IOException {
		final Path table = folder.resolve("screen").resolve("screen.csv");
		final Screen screen;
		if (Files.exists(table)) {
			out.println("1. The demo screen of an earlier run: " + table);
			screen = isophene.openScreen(table);
		}
		else {
			out.println("1. Simulating a screen: 4 plates in 2 batches that differ as real batches do ...");
			screen = isophene.makeDemoScreen(table.getParent(), DemoOptions.defaults().withBatches(2).withWells(16).withFields(2)
				.withSize(256));
			out.println("   " + screen.fields().size() + " fields, channels " + String.join(", ", screen.channels()) + ": " + table);
		}
		out.println("2. Embedding it, without outlining a single cell ...");
		final EmbeddingReport report = isophene.embedScreen(screen, EmbeddingOptions.into(folder.resolve("profiles.parquet"))
			.tile(128));
		out.println();
		out.println("The profiles open anywhere Parquet does:");
		out.println("   python -c \"import pandas; print(pandas.read_parquet('" + report.profiles() + "'))\"");
	}
}
