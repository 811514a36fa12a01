// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import io.github.isophene.assessment.AssessmentOptions;
import io.github.isophene.screen.ControlTypes;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * <i>Assess Batch Effects</i> of a file or a folder of plates. Metrics compare every profile with others of all
 * plates, so this is done on the driver, in bounded memory; it is a job so that one script runs the whole way.
 */
final class AssessJob implements Job {

	/** The keys of the command. */
	static final Map<String,
		String> KEYS = JobKeys.defaults("profiles", null, "method", "none", "label", "", "treatment", "", "dose",
			"auto", "mechanism", "auto", "batch", "Metadata_Batch", "plates", "Metadata_Plate", "wells",
			"Metadata_Well", "controls", ControlTypes.NEGATIVE_CONTROLS, "join", "", "report", null, "seed", "1");

	private final JobKeys keys;

	AssessJob(final JobKeys keys) {
		this.keys = keys;
	}

	@Override
	public String run(final JavaSparkContext spark) throws IOException {
		return ExecutorRoom.service().assessBatchEffects(options()).message();
	}

	@Override
	public String plan(final int slots, final int cpus) {
		for (final String method : options().methods())
			if (!method.equals(AssessmentOptions.NONE)) ExecutorRoom.corrections().parse(method);
		return "assess: " + CorrectJob.existing("profiles", keys.text("profiles")) +
			" on the driver, as on the desktop, into " + keys.text("report") + "\n";
	}

	private AssessmentOptions options() {
		return AssessmentOptions.of(Path.of(keys.text("profiles")), Path.of(keys.text("report")))
			.withMethods(keys.text("method")) .withLabel(keys.text("label"))
			.withTreatment(keys.text("treatment")) .withBatch(keys.text("batch"))
			.withDose(keys.text("dose")) .withMechanism(keys.text("mechanism"))
			.withPlates(keys.text("plates")) .withWells(keys.text("wells"))
			.withControls(keys.text("controls"))
			.withJoin(CorrectJob.tables(keys))
			.withSeed(keys.whole("seed"));
	}
}
