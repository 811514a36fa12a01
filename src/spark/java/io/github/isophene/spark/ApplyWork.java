// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import io.github.isophene.profiles.ProfileFile;

/** <i>Correct Profiles</i> of one plate, with what was learned before. */
final class ApplyWork implements PlateWork {

	private static final long serialVersionUID = 1L;

	@Override
	public PlateOutcome run(final PlateTask task, final Path attempt, final int cpus, final String device)
		throws IOException
	{
		final JobKeys keys = JobKeys.arrived(task.keys());
		final Path corrected = attempt.resolve("corrected.parquet");
		ExecutorRoom.service()
			.correctProfiles(CorrectJob.options(keys, Path.of(keys.text("profiles")).resolve(task.plate()), corrected)
				.withApply(Path.of(keys.text("apply"))));
		final long rows = ProfileFile.read(corrected).rowCount();
		final PlateOutcome outcome = new PlateOutcome(task.plate(), 0, 0, rows, 0, 0, "", null);
		new ResultFolder(Path.of(task.folder())).commit(Map.of(corrected, task.plate()), null, task.part(), outcome);
		return outcome;
	}

	@Override
	public Path errors(final Path attempt) {
		return attempt.resolve("none.csv");
	}
}
