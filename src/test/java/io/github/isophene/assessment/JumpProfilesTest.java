// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.github.isophene.SharedData;
import io.github.isophene.correction.Corrections;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.builtin.Activity;
import io.github.isophene.metrics.builtin.BatchProbe;
import io.github.isophene.metrics.builtin.Consistency;
import io.github.isophene.metrics.builtin.ILisi;
import io.github.isophene.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Published JUMP profiles of two sources, before and after Harmony, side by side; no image is near. */
class JumpProfilesTest {

	@TempDir
	Path folder;

	@Test
	void twoTablesSideBySide() throws IOException {
		final String name = "jump-pipeline/outputs/compound_new_data_public/profiles_var_mad_int_featselect";
		final AssessmentOptions options = AssessmentOptions
			.of(List.of(SharedData.get(name + ".parquet"), SharedData.get(name + "_harmony.parquet")), folder)
			.withLabel("Metadata_JCP2022") .withBatch("Metadata_Source")
			.withControls("Metadata_JCP2022=JCP2022_033924");
		final Assessment assessment = new AssessmentRun(
			List.of(new ILisi(), new BatchProbe(), new Activity(), new Consistency()), Corrections.installed())
			.run(options, Progress.NONE);
		final AssessedMethod before = assessment.methods().get(0);
		final AssessedMethod after = assessment.methods().get(1);
		assertEquals("profiles_var_mad_int_featselect_harmony.parquet", after.name());
		assertEquals(1536, before.rows());
		assertEquals("no label occurs in two batches, so a batch effect can't be told from the labels' biology",
			after.results().get("ilisi").undefined());
		assertEquals("the negative controls are of one batch only", before.results().get("batch-probe").undefined());
		assertTrue(before.results().get("map-activity").value() > before.results().get("map-activity").chance());
		assertEquals(List.of("map-activity"), assessment.scored().stream().map(MetricInfo::name).toList());
	}
}
