// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.github.isophene.IsopheneService;
import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.embedding.EmbeddingReport;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.Screen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;

/** From a file that only Bio-Formats knows to profiles, through the service. */
class EmbeddingTest {

	@TempDir
	Path folder;

	@Test
	void platesOfBioFormatsBecomeProfiles() throws Exception {
		final Path file = Fakes.write(folder, "plates", "plates=2&plateRows=2&plateCols=3&fields=2&sizeC=2");
		try (Context context = new Context(IsopheneService.class)) {
			final IsopheneService isophene = context.service(IsopheneService.class);
			final Path table = folder.resolve("screen.csv");
			isophene.writeScreen(isophene.openScreen(file), table);
			final Screen screen = isophene.openScreen(table);
			assertEquals(24, screen.fields().size());
			assertEquals(List.of("Plate Name 0", "Plate Name 1"), List.copyOf(screen.plates().keySet()));
			final Path profiles = folder.resolve("profiles.csv");
			final EmbeddingReport report = isophene.embedScreen(screen, EmbeddingOptions.into(profiles).withTile(64));
			assertNull(report.errors());
			final ProfileTable embedded = ProfileFile.read(profiles);
			assertEquals(24, embedded.rowCount());
			assertFalse(Arrays.equals(embedded.row(0), embedded.row(23)), "fields differ, as each bears its number");
			final Path again = folder.resolve("again.csv");
			isophene.embedScreen(screen, EmbeddingOptions.into(again).withTile(64));
			assertEquals(Files.readString(profiles), Files.readString(again));
		}
		try (var files = Files.list(folder)) {
			assertTrue(files.map(path -> path.getFileName().toString()).noneMatch(name -> name.endsWith(".bfmemo")));
		}
	}
}
