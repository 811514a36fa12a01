// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.isophene.IsopheneService;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.ExportSkeletons;
import io.github.isophene.screen.Screen;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;

/**
 * Exports of microscopes, or folders in their layouts, become profiles: rows and features as expected, every value
 * finite, no two alike.
 */
class RealScreensTest {

	@TempDir
	Path folder;

	private Context context;
	private ExportSkeletons exports;
	private IsopheneService isophene;

	@BeforeEach
	void start() throws IOException {
		exports = new ExportSkeletons(Files.createDirectory(folder.resolve("exports")));
		context = new Context();
		isophene = context.service(IsopheneService.class);
	}

	@AfterEach
	void dispose() {
		context.dispose();
	}

	@Test
	void nf1ByPattern() throws IOException {
		final Screen screen = isophene.openScreen(exports.get("nf1"), "pattern",
			"(?<well>[A-H]\\d+)_01_\\d_(?<site>\\d)_(?<channel>DAPI|GFP|RFP)_001[.]tif", null);
		check(screen, 5, 3 * 128);
	}

	@Test
	void operettaWithItsPlatemap() throws IOException {
		final Path operetta = exports.get("operetta");
		final Screen screen = isophene.openScreen(operetta, "auto", "", operetta.resolve("drug_layout.csv"));
		final ProfileTable table = check(screen, 2, 128);
		assertEquals("DMSO", table.metadata("Metadata_drug", 0));
	}

	@Test
	void oneFieldOfJump() throws IOException {
		check(isophene.openScreen(exports.get("jump/BR00117006")), 1, 3 * 128);
	}

	private ProfileTable check(final Screen screen, final int fields, final int features) throws IOException {
		final Path profiles = folder.resolve("profiles.parquet");
		final EmbeddingReport report = isophene.embedScreen(screen, EmbeddingOptions.into(profiles));
		final ProfileTable table = ProfileFile.read(profiles);
		assertEquals(0, report.failed(), report.message());
		assertEquals(fields, table.rowCount());
		assertEquals(features, table.featureCount());
		for (int row = 0; row < fields; row++) {
			for (final float value : table.row(row)) assertTrue(Float.isFinite(value));
			for (int other = 0; other < row; other++) {
				double squares = 0;
				for (int i = 0; i < features; i++)
					squares += Math.pow(table.feature(row, i) - table.feature(other, i), 2);
				assertTrue(squares > 1e-4, "fields " + other + " and " + row + " have the same profile");
			}
		}
		return table;
	}
}
