// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import io.github.isophene.SharedData;
import io.github.isophene.correction.Corrections;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.builtin.Activity;
import io.github.isophene.metrics.builtin.BatchProbe;
import io.github.isophene.metrics.builtin.Consistency;
import io.github.isophene.metrics.builtin.ILisi;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileTableBuilder;
import io.github.isophene.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Published JUMP profiles of two sources, before and after Harmony, side by side; no image is near. Where they are
 * absent, simulated tables of the same design: no compound in both sources, controls of one source only.
 */
class JumpProfilesTest {

	private static final String PUBLISHED = "jump-pipeline/outputs/compound_new_data_public/" +
		"profiles_var_mad_int_featselect";
	private static final int ROWS = 2 * 16 + 2 * 10;

	@TempDir
	Path folder;

	@Test
	void twoTablesSideBySide() throws IOException {
		final boolean published = SharedData.has(PUBLISHED + ".parquet");
		final List<Path> tables = published
			? List.of(SharedData.get(PUBLISHED + ".parquet"), SharedData.get(PUBLISHED + "_harmony.parquet"))
			: List.of(simulated("profiles.parquet", 2), simulated("profiles_harmony.parquet", 0));
		final AssessmentOptions options = AssessmentOptions
			.of(tables, folder)
			.withLabel("Metadata_JCP2022")
			.withBatch("Metadata_Source")
			.withControls("Metadata_JCP2022=JCP2022_033924");
		final Assessment assessment = new AssessmentRun(
			List.of(new ILisi(), new BatchProbe(), new Activity(), new Consistency()), Corrections.installed())
			.run(options, Progress.NONE);
		final AssessedMethod before = assessment.methods().get(0);
		final AssessedMethod after = assessment.methods().get(1);
		assertEquals(tables.get(1).getFileName().toString(), after.name());
		assertEquals(published ? 1536 : ROWS, before.rows());
		assertEquals("no label occurs in two batches, so a batch effect can't be told from the labels' biology",
			after.results().get("ilisi").undefined());
		assertEquals("the negative controls are of one batch only", before.results().get("batch-probe").undefined());
		assertTrue(before.results().get("map-activity").value() > before.results().get("map-activity").chance());
		assertEquals(List.of("map-activity"), assessment.scored().stream().map(MetricInfo::name).toList());
	}

	/** Two sources of two plates: 5 compounds of their own, twice on each plate, and 6 controls on each of source 1. */
	private Path simulated(final String name, final double shift) throws IOException {
		final Random random = new Random(7);
		final ProfileTableBuilder table = ProfileTable.builder(
			List.of("Metadata_Source", "Metadata_Plate", "Metadata_Well", "Metadata_JCP2022"),
			List.of("Cells_1", "Cells_2", "Cells_3", "Nuclei_1", "Nuclei_2", "Nuclei_3"));
		for (int plate = 0; plate < 4; plate++) {
			final int source = plate / 2;
			for (int well = 0; well < (source == 0 ? 16 : 10); well++) {
				final int compound = well % 5;
				final float[] vector = new float[6];
				for (int i = 0; i < vector.length; i++) vector[i] = (float) (random.nextGaussian() + shift * source);
				if (well < 10) vector[compound] += 6;
				table.add(List.of("source_" + (source + 1), "plate_" + plate, "A" + (well < 9 ? "0" : "") + (well + 1),
					well < 10 ? "JCP2022_0000" + source + compound : "JCP2022_033924"), vector);
			}
		}
		final Path file = folder.resolve(name);
		ProfileFile.write(table.build(), file);
		return file;
	}
}
