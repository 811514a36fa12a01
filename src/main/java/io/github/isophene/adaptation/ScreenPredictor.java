// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import io.github.isophene.engine.Engines;
import io.github.isophene.engine.Workers;
import io.github.isophene.files.ScratchFile;
import io.github.isophene.network.ModelSource;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.progress.Progress;
import io.github.isophene.run.FieldCount;
import io.github.isophene.run.PlateLoop;
import io.github.isophene.run.PlateParts;
import io.github.isophene.run.RunOutline;
import io.github.isophene.run.RunOutline.PlateJob;
import io.github.isophene.screen.Screen;

/**
 * Predicts a screen, plate by plate, each adapted by its own controls. A finished plate is
 * on disk: a run that was canceled or killed loses at most the plate it was at. Memory
 * doesn't depend on the size of a plate: decoded tiles beyond a budget go to a scratch file
 * beside the predictions, and beyond that file's capacity they are decoded again.
 */
public final class ScreenPredictor {

	private final FieldReaders readers;
	private final ModelSource models;
	private final long scratchBytes;

	public ScreenPredictor(final FieldReaders readers) {
		this(readers, ModelSource.FILES);
	}

	/** @param models where models come from */
	public ScreenPredictor(final FieldReaders readers, final ModelSource models) {
		this(readers, models, ScratchFile.CAPACITY);
	}

	/** @param scratchBytes bytes of decoded tiles to keep on disk at most */
	ScreenPredictor(final FieldReaders readers, final ModelSource models, final long scratchBytes) {
		this.readers = readers;
		this.models = models;
		this.scratchBytes = scratchBytes;
	}

	/**
	 * Predicts every field that isn't a negative control and writes the tables.
	 *
	 * @param progress of the fields; a canceled run keeps the finished plates
	 * @throws IllegalArgumentException naming the key, the channels or the plates that don't fit
	 * @throws IOException if a model can't be read, no field could be predicted, or a file can't be written
	 * @throws CancellationException if canceled; what is done stays, for the next run
	 */
	public ScreenPredictionReport predict(final Screen screen, final ScreenPredictionOptions options,
		final Progress progress) throws IOException
	{
		final long start = System.nanoTime();
		final PredictionPlan plan = new PredictionPlan(screen, options, readers, models);
		final PredictionTables tables = new PredictionTables(plan);
		plan.intensity().notes().forEach(progress::info);
		plan.notes().forEach(progress::warn);
		if (options.wells().equals(options.predictions()) || options.wells().equals(options.drifts()))
			throw new IllegalArgumentException(
				"wells is " + options.wells() + ", which another table is written to: give it another name");
		final PlateParts store = new PlateParts(List.of(options.predictions(), options.wells(), options.drifts()),
			"predicted");
		final List<String> warnings = new ArrayList<>(plan.notes());
		return new PlateLoop<>(outline(plan), store, options.resume()).run(progress, (pending, count, finished) -> {
			try (Workers workers = new Workers(Engines.threads())) {
				for (final PlateJob plate : pending) {
					count.plate(plate.name());
					final PlateResult result = run(plan, tables, plate.name(), count, workers);
					result.warnings().forEach(progress::warn);
					warnings.addAll(result.warnings());
					finished.plate(plate, result.stored());
				}
			}
		}, (finished, resumed) -> {
			final long[] rows = store.merge(finished);
			return new ScreenPredictionReport(options.predictions(), options.wells(), options.drifts(), store.errors(),
				rows[0], rows[1], finished.size(), resumed, store.failed(), warnings,
				(System.nanoTime() - start) * 1e-9);
		});
	}

	/**
	 * Returns the outline of what {@link #predict} would do.
	 *
	 * @throws IllegalArgumentException naming the key, the channels or the plates that don't fit
	 */
	public RunOutline outline(final Screen screen, final ScreenPredictionOptions options) throws IOException {
		final PredictionPlan plan = new PredictionPlan(screen, options, readers, models);
		return outline(plan);
	}

	private static RunOutline outline(final PredictionPlan plan) {
		return RunOutline.of(plan.signature(), plan.plates(), plan::partKey, plan.retry());
	}

	private PlateResult run(final PredictionPlan plan, final PredictionTables tables, final String plate,
		final FieldCount count, final Workers workers) throws IOException
	{
		final Path output = plan.options().predictions();
		try (ScratchFile scratch = ScratchFile.beside(output, scratchBytes)) {
			return new PredictionPlate(plan, tables, plate, count, plan.options().tileMemory(), scratch)
				.run(workers);
		}
	}
}
