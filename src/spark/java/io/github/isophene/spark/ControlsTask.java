// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileJoin;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.Selection;

/**
 * Takes the controls out of a plate's table.
 *
 * @param keys of the job
 * @param profiles the plate's file
 * @param controls the file to write, if there are any
 */
record ControlsTask(Map<String, String> keys, String profiles, String controls) implements Serializable {

	/** Gives the number of controls. */
	long run() throws IOException {
		final JobKeys job = JobKeys.arrived(keys);
		ProfileTable table = ProfileFile.read(Path.of(profiles));
		for (final Path file : CorrectJob.tables(job)) table = ProfileJoin.byShared(table, file, note -> {});
		final Selection selection = Selection.parse(job.text("controls"));
		final ProfileTable whole = table;
		if (!whole.hasMetadata(selection.column())) return 0;
		final int[] rows = IntStream.range(0, whole.rowCount())
			.filter(row -> selection.matches(whole.metadata(selection.column(), row)))
			.toArray();
		if (rows.length > 0) ProfileFile.write(whole.selectRows(rows), Path.of(controls));
		return rows.length;
	}
}
