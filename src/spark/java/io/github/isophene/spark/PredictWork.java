// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.adaptation.ScreenPredictionOptions;
import io.github.isophene.adaptation.ScreenPredictionReport;
import io.github.isophene.adaptation.tiles.TileChoice;
import io.github.isophene.engine.Precision;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.profiles.PlateFiles;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Screen;

/** <i>Adapt and Predict</i> of one plate, its controls with it. */
final class PredictWork implements PlateWork {

	private static final long serialVersionUID = 1L;

	/** The keys of the command. */
	static final Map<String,
		String> KEYS = JobKeys.defaults("screen", null, "model", null, "statistics", StatisticsOrigin.AUTO, "controls",
			ControlTypes.NEGATIVE_CONTROLS, "predictions", null, "device", "auto", "precision", Precision.AUTO,
			"resume", "true", "tiles", "grid",
			"queries", "64", "controlsperepisode", "128", "seed", "1234", "drift", "true", "adapted", "", "memory", "0",
			"illumination", "none");

	/** The command's choices. */
	static ScreenPredictionOptions options(final JobKeys keys, final Path predictions) {
		return ScreenPredictionOptions.into(predictions)
			.withModels(keys.list("model")) .withStatistics(keys.text("statistics"))
			.withControls(keys.text("controls")) .withTiles(TileChoice.of(keys.text("tiles")))
			.withChunks(keys.whole("queries"), keys.whole("controlsperepisode"))
			.withSeed(keys.whole("seed")) .withDrift(keys.yes("drift"))
			.withAdapted(keys.isGiven("adapted") ? Path.of(keys.text("adapted")) : null)
			.withMemory(keys.whole("memory")) .withIllumination(keys.text("illumination"))
			.withPrecision(keys.text("precision"));
	}

	@Override
	public PlateOutcome run(final PlateTask task, final Path attempt, final int cpus, final String device)
		throws IOException
	{
		final JobKeys keys = JobKeys.arrived(task.keys());
		final ResultFolder results = new ResultFolder(Path.of(task.folder()));
		final Screen screen = ExecutorRoom.screen(results.screenTable().toString(), task.input());
		final ScreenPredictionOptions options = options(keys, attempt.resolve("predictions.parquet"))
			.withPlates(List.of(task.plate()))
			.withDevice(device);
		final ScreenPredictionReport report = ExecutorRoom.service()
			.predictScreen(screen, options, ExecutorRoom.models(task.models()));
		final String name = PlateFiles.name(task.plate());
		final Map<Path, String> tables = new LinkedHashMap<>();
		tables.put(options.predictions(), "fields/" + name + ".parquet");
		tables.put(options.wells(), "wells/" + name + ".parquet");
		tables.put(options.drifts(), "drift/" + name + ".csv");
		final PlateOutcome outcome = new PlateOutcome(task.plate(), task.fields(), report.failed(), report.fields(), 0,
			0, "", null);
		results.commit(tables, report.errors(), task.part(), outcome);
		return outcome;
	}

	@Override
	public Path errors(final Path attempt) {
		return attempt.resolve("predictions.parquet.errors.csv");
	}
}
