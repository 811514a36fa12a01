// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

import io.github.isophene.engine.Engines;
import io.github.isophene.engine.Workers;
import io.github.isophene.files.RunLock;
import io.github.isophene.files.ScratchFile;
import io.github.isophene.network.ModelSource;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.run.ErrorsFile;
import io.github.isophene.run.NothingReadException;
import io.github.isophene.run.RunOutline;
import io.github.isophene.run.RunProgress;
import io.github.isophene.screen.Screen;
import org.scijava.log.Logger;
import org.scijava.task.Task;

/**
 * Predicts a screen, plate by plate, each adapted by its own controls. A finished plate is
 * on disk: a run that was cancelled or killed loses at most the plate it was at. Memory
 * doesn't depend on the size of a plate: decoded tiles beyond a budget go to a scratch file
 * beside the predictions, and beyond that file's capacity they are decoded again.
 */
public final class ScreenPredictor {

	private final FieldReaders readers;
	private final Logger log;
	private final ModelSource models;
	private final long scratchBytes;

	public ScreenPredictor(final FieldReaders readers, final Logger log) {
		this(readers, ModelSource.FILES, log);
	}

	/** @param models where models come from */
	public ScreenPredictor(final FieldReaders readers, final ModelSource models, final Logger log) {
		this(readers, models, log, ScratchFile.CAPACITY);
	}

	/** @param scratchBytes bytes of decoded tiles to keep on disk at most */
	ScreenPredictor(final FieldReaders readers, final ModelSource models, final Logger log, final long scratchBytes) {
		this.readers = readers;
		this.models = models;
		this.log = log;
		this.scratchBytes = scratchBytes;
	}

	/**
	 * Predicts every field that isn't a negative control and writes the tables.
	 *
	 * @param task where progress is shown, and cancelled
	 * @throws IllegalArgumentException naming the key, the channels or the plates that don't fit
	 * @throws IOException if a model can't be read, no field could be predicted, or a file can't be written
	 * @throws CancellationException if the task was cancelled; what is done stays, for the next run
	 */
	public ScreenPredictionReport predict(final Screen screen, final ScreenPredictionOptions options, final Task task)
		throws IOException
	{
		final long start = System.nanoTime();
		final PredictionPlan plan = new PredictionPlan(screen, options, readers, models);
		final PredictionTables tables = new PredictionTables(plan);
		plan.intensity().notes().forEach(log::info);
		plan.notes().forEach(log::warn);
		final RunProgress progress = new RunProgress(task, log,
			plan.plates().values().stream().mapToInt(List::size).sum());
		try (RunLock lock = RunLock.of(options.predictions()); RunLock wells = RunLock.of(options.wells())) {
			return predict(plan, tables, progress, start);
		}
		catch (final CancellationException exc) {
			// The network stops in the middle of a plate, but doesn't know what is kept.
			progress.checkCanceled();
			throw exc;
		}
	}

	/**
	 * Returns the outline of what {@link #predict} would do.
	 *
	 * @throws IllegalArgumentException naming the key, the channels or the plates that don't fit
	 */
	public RunOutline outline(final Screen screen, final ScreenPredictionOptions options) throws IOException {
		final PredictionPlan plan = new PredictionPlan(screen, options, readers, models);
		final Map<String, String> parts = new LinkedHashMap<>();
		for (final String plate : plan.plates().keySet()) parts.put(plate, plan.partKey(plate));
		return new RunOutline(plan.signature(), parts, plan.retry());
	}

	private ScreenPredictionReport predict(final PredictionPlan plan, final PredictionTables tables,
		final RunProgress progress, final long start) throws IOException
	{
		final ScreenPredictionOptions options = plan.options();
		final PredictionParts parts = PredictionParts.open(options, plan.signature());
		final ErrorsFile errors = new ErrorsFile(options.predictions(), options.resume());
		final Map<String, String> keys = new LinkedHashMap<>();
		for (final String plate : plan.plates().keySet()) keys.put(plate, plan.partKey(plate));
		final Set<String> done = plan.retry().keep(keys, parts, errors, progress);
		final int resumed = done.size();
		final List<String> warnings = new ArrayList<>(plan.notes());
		try (Workers workers = new Workers(Engines.threads())) {
			for (final String plate : plan.plates().keySet()) {
				if (done.contains(plate)) {
					progress.skip(plan.plates().get(plate).size());
					continue;
				}
				progress.plate(plate);
				final PlateResult result = run(plan, tables, plate, progress, workers);
				errors.add(result.failures());
				result.warnings().forEach(log::warn);
				warnings.addAll(result.warnings());
				// A plate without a single good field is no part: the disk may be back next time.
				if (result.fields() == null) continue;
				parts.write(keys.get(plate), result);
				done.add(plate);
			}
		}
		if (done.isEmpty()) {
			parts.delete();
			throw new NothingReadException("No field could be predicted. The first: " + errors.first().reason() +
				". All reasons: " + errors.path());
		}
		progress.status("Writing predictions");
		progress.checkCanceled();
		final PredictionParts.RowCounts rows = parts
			.merge(plan.plates().keySet().stream().filter(done::contains).map(keys::get).toList());
		return new ScreenPredictionReport(options.predictions(), options.wells(), options.drifts(),
			errors.isEmpty() ? null : errors.path(), rows.fields(), rows.wells(), done.size(), resumed, errors.size(),
			warnings, (System.nanoTime() - start) * 1e-9);
	}

	private PlateResult run(final PredictionPlan plan, final PredictionTables tables, final String plate,
		final RunProgress progress, final Workers workers) throws IOException
	{
		final Path output = plan.options().predictions();
		try (ScratchFile scratch = ScratchFile.beside(output, scratchBytes)) {
			return new PredictionPlate(plan, tables, plate, progress, plan.options().tileMemory(), scratch)
				.run(workers);
		}
	}
}
