// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.isophene.correction.CorrectionOptions;
import io.github.isophene.screen.ControlTypes;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * <i>Correct Profiles</i> of a file, or of a folder of plates that an embedding has written. If the whole chain
 * learns from controls only, plates are corrected one by one, see {@link CorrectPlates}; otherwise the whole table is
 * corrected on the driver, as on the desktop.
 */
final class CorrectJob implements Job {

	/** The keys of the command. */
	static final Map<String,
		String> KEYS = JobKeys.defaults("profiles", null, "method", "", "batch", "Metadata_Batch", "plates",
			"Metadata_Plate", "controls", ControlTypes.NEGATIVE_CONTROLS, "join", "", "corrected", null, "fitted", "",
			"apply", "", "seed", "1", "resume", "true");

	private final JobKeys keys;
	private final CorrectPlates plates;

	CorrectJob(final JobKeys keys) throws IOException {
		this.keys = keys;
		final SingleFile output = new SingleFile(Path.of(keys.text("corrected")));
		plates = output.isWanted() ? null : new CorrectPlates(keys, output.folder());
	}

	@Override
	public String run(final JavaSparkContext spark) throws IOException {
		if (plates != null) return plates.run(spark);
		return ExecutorRoom.service()
			.correctProfiles(options(keys, Path.of(keys.text("profiles")), Path.of(keys.text("corrected")))
				.withMethod(keys.text("method")) .withFitted(path("fitted"))
				.withApply(path("apply")));
	}

	@Override
	public String plan(final int slots, final int cpus) throws IOException {
		if (plates != null) return plates.plan();
		existing("profiles", keys.text("profiles"));
		if (keys.isGiven("method")) ExecutorRoom.corrections().parse(keys.text("method"));
		return "correct: " + keys.text("profiles") + " as one table on the driver, as on the " +
			"desktop. For plates on many machines let corrected be a folder\n";
	}

	/** Returns the path in a key, which must exist: for those who won't read it now. */
	static Path existing(final String key, final String name) {
		final Path file = Path.of(name).toAbsolutePath();
		if (Files.notExists(file))
			throw new IllegalArgumentException(key + " is " + file + ", which doesn't exist: correct the path");
		return file;
	}

	private Path path(final String key) {
		return keys.isGiven(key) ? Path.of(keys.text(key)) : null;
	}

	/** The command's choices but for what is learned and applied. */
	static CorrectionOptions options(final JobKeys keys, final Path profiles, final Path corrected) {
		return CorrectionOptions.of(profiles, corrected)
			.withPlates(keys.text("plates")) .withBatch(keys.text("batch"))
			.withControls(keys.text("controls"))
			.withJoin(tables(keys))
			.withSeed(keys.whole("seed"));
	}

	/** The tables to join. */
	static List<Path> tables(final JobKeys keys) {
		return keys.list("join").stream().map(Path::of).toList();
	}
}
