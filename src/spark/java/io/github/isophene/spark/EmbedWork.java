// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.embedding.EmbeddingReport;
import io.github.isophene.embedding.FeatureSet;
import io.github.isophene.embedding.Level;
import io.github.isophene.embedding.TileNetwork;
import io.github.isophene.engine.Precision;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.profiles.Aggregation;
import io.github.isophene.profiles.PlateFiles;
import io.github.isophene.screen.Screen;

/** <i>Embed Screen</i> of one plate. */
final class EmbedWork implements PlateWork {

	private static final long serialVersionUID = 1L;

	/** The keys of the command. */
	static final Map<String,
		String> KEYS = JobKeys.defaults("screen", null, "model", "default", "tile", "0", "level", "field", "profiles",
			null, "device", "auto", "precision", Precision.AUTO,
			"resume", "true", "channels", "", "aggregate", "mean", "intensity", "",
			"foreground", "0", "nuclei", "", "controls", "", "statistics", StatisticsOrigin.AUTO, "illumination",
			"none", "features", "network");

	/** The command's choices. */
	static EmbeddingOptions options(final JobKeys keys, final Path profiles) {
		return EmbeddingOptions.into(profiles)
			.withModel(keys.text("model")) .withTile(keys.whole("tile"))
			.withLevel(Level.parse(keys.text("level"))) .withAggregation(Aggregation.of(keys.text("aggregate")))
			.withChannels(keys.list("channels")) .withIntensity(keys.text("intensity"))
			.withForeground(keys.text("nuclei"), keys.number("foreground"))
			.withControls(keys.text("controls")) .withStatistics(keys.text("statistics"))
			.withPrecision(keys.text("precision"))
			.withIllumination(keys.text("illumination")) .withFeatures(FeatureSet.parse(keys.text("features")));
	}

	@Override
	public PlateOutcome run(final PlateTask task, final Path attempt, final int cpus, final String device)
		throws IOException
	{
		final JobKeys keys = JobKeys.arrived(task.keys());
		final ResultFolder results = new ResultFolder(Path.of(task.folder()));
		final Screen screen = ExecutorRoom.screen(results.screenTable().toString(), task.input());
		final String digest = task.models().get(keys.text("model"));
		final TileNetwork network = ExecutorRoom.take(keys.text("model"), device, Precision.of(keys.text("precision")),
			digest);
		final EmbeddingReport report;
		try {
			report = ExecutorRoom.service()
				.embedScreen(screen, network,
					options(keys, table(attempt)).withPlates(List.of(task.plate()))
						.withReaders(Math.max(1, cpus / 2))
						.withDevice(device));
		}
		finally {
			ExecutorRoom.giveBack(keys.text("model"), device, digest, network);
		}
		final PlateOutcome outcome = new PlateOutcome(task.plate(), report.fields(), report.failed(), report.rows(),
			report.tiles(), 0, "", null);
		results.commit(Map.of(table(attempt), PlateFiles.name(task.plate()) + ".parquet"), report.errors(), task.part(),
			outcome);
		return outcome;
	}

	@Override
	public Path errors(final Path attempt) {
		return attempt.resolve("profiles.parquet.errors.csv");
	}

	private static Path table(final Path attempt) {
		return attempt.resolve("profiles.parquet");
	}
}
