// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

import io.github.isophene.files.RunLock;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.profiles.ErrorsFile;
import io.github.isophene.profiles.ProfileParts;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.RunProgress;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import org.scijava.log.Logger;
import org.scijava.task.Task;

/**
 * Embeds a screen, plate by plate: each finished plate is a part on disk, and the
 * parts become the profiles at the end. A run that was cancelled or killed loses at
 * most the plate it was at.
 */
public final class ScreenEmbedder {

	private final FieldReaders readers;
	private final Logger log;

	public ScreenEmbedder(final FieldReaders readers, final Logger log) {
		this.readers = readers;
		this.log = log;
	}

	/**
	 * Embeds every field and writes the profiles.
	 *
	 * @param network what embeds; stays open
	 * @param task where progress is shown, and cancelled
	 * @throws IOException if no field could be embedded, or the profiles can't be written
	 * @throws CancellationException if the task was cancelled; what is done stays, for the next run
	 */
	public EmbeddingReport embed(final Screen screen, final TileNetwork network, final EmbeddingOptions options, final Task task)
		throws IOException
	{
		final long start = System.nanoTime();
		if (screen.fields().isEmpty()) throw new IOException("The screen has no fields");
		final EmbeddingPlan plan = EmbeddingPlan.of(screen, network, options, readers);
		try (RunLock lock = RunLock.of(options.profiles())) {
			return embed(screen, network, options, plan, new RunProgress(task, log, screen.fields().size()), start);
		}
	}

	private static EmbeddingReport embed(final Screen screen, final TileNetwork network, final EmbeddingOptions options,
		final EmbeddingPlan plan, final RunProgress progress, final long start) throws IOException
	{
		final Map<String, List<Field>> plates = screen.plates();
		if (!options.resume()) ProfileParts.discard(options.profiles());
		final ProfileParts parts = ProfileParts.open(options.profiles(), plan.signature());
		final ErrorsFile errors = new ErrorsFile(options.profiles(), options.resume());
		final Map<String, String> keys = new LinkedHashMap<>();
		for (final Map.Entry<String, List<Field>> plate : plates.entrySet()) {
			keys.put(plate.getKey(), plan.partKey(plate.getKey(), plate.getValue()));
		}
		final Set<String> done = new LinkedHashSet<>();
		for (final String plate : keys.keySet()) {
			if (parts.has(keys.get(plate))) done.add(plate);
		}
		errors.keepPlates(done);

		final int resumed = done.size();
		final Map<String, List<Field>> wanted = new LinkedHashMap<>();
		plates.forEach((plate, fields) -> {
			if (done.contains(plate)) progress.skip(fields.size());
			else wanted.put(plate, fields);
		});
		final long tiles = new PlatePipeline(plan, network, progress).run(wanted, (plate, profiles) -> {
			errors.add(profiles.failures());
			final ProfileTable table = profiles.table();
			// A plate without a single good field is no part: the disk may be back next time.
			if (table.rowCount() == 0) return;
			parts.write(keys.get(plate), table);
			done.add(plate);
		});
		if (done.isEmpty()) {
			parts.delete();
			throw new IOException("None of the " + screen.fields().size() + " fields could be embedded. The first: " + errors
				.first().reason() + ". All reasons: " + errors.path());
		}
		progress.status("Writing profiles");
		progress.checkCanceled();
		final long rows = parts.mergeInto(options.profiles(), plates.keySet().stream().filter(done::contains).map(keys
			::get).toList());
		return new EmbeddingReport(options.profiles(), errors.isEmpty() ? null : errors.path(), rows, plan.featureNames()
			.size(), plates.size(), resumed, screen.fields().size(), errors.size(), tiles, (System.nanoTime() - start) * 1e-9);
	}
}
