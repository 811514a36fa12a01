// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import io.github.isophene.engine.Precision;
import io.github.isophene.run.RunOutline.PlateJob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.adaptation.ScreenPredictionOptions;
import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.network.Model;
import io.github.isophene.profiles.PlateFiles;
import io.github.isophene.run.RunOutline;
import io.github.isophene.screen.Screen;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * <i>Adapt and Predict</i>. {@code predictions} is a folder, which gets the folders {@code fields}, {@code wells} and
 * {@code drift} with one file per plate; or a file, as on the desktop, with its neighbors.
 */
final class PredictJob implements Job {

	private final JobKeys keys;
	private final SingleFile single;
	private final ResultFolder results;
	private final Screen screen;
	private final RunOutline outline;
	private final Map<String, String> digests = new LinkedHashMap<>();

	PredictJob(final JobKeys keys) throws IOException {
		this.keys = keys;
		single = new SingleFile(Path.of(keys.text("predictions")));
		results = new ResultFolder(single.folder());
		screen = Screens.open(keys);
		for (final String name : keys.list("model")) digests.put(name, Model.load(name).digest());
		outline = ExecutorRoom.service()
			.outlinePrediction(screen, PredictWork.options(keys, Path.of("predictions.parquet")).withDevice("cpu")
				.withPrecision(Precision.AUTO),
				ExecutorRoom.models(digests));
	}

	@Override
	public String run(final JavaSparkContext spark) throws IOException {
		return plates().run(spark, new PredictWork(), keys.all(), digests, () -> Screens.share(screen, results),
			this::merge);
	}

	private void merge(final List<PlateJob> done) throws IOException {
		if (!single.isWanted()) return;
		final ScreenPredictionOptions outputs = ScreenPredictionOptions.into(single.file());
		merge(done, "drift", ".csv", outputs.drifts());
		merge(done, "wells", ".parquet", outputs.wells());
		merge(done, "fields", ".parquet", outputs.predictions());
	}

	private void merge(final List<PlateJob> done, final String table, final String ending, final Path output)
		throws IOException
	{
		PlateFiles.merge(done.stream().map(PlateJob::name).toList(),
			done.stream()
				.map(plate -> results.folder().resolve(table).resolve(PlateFiles.name(plate.name()) + ending))
				.toList(),
			output);
	}

	@Override
	public String plan(final int slots, final int cpus) throws IOException {
		final List<PlateJob> pending = plates().planned();
		// One pass for statistics, one for predictions; chunks of joint see their controls besides.
		final int passes = outline.settings().get("statistics").equals("training") ? 1 : 2;
		return Screens.describe("predict", screen, outline.plates().size(), pending) +
			String.format("model %s, statistics %s, into %s%n", keys.text("model"),
				outline.settings().get("statistics"), results.folder()) +
			new CostEstimate(screen, keys.list("model").get(0),
				file -> EmbeddingOptions.into(file).withControls(keys.text("controls")), passes * digests.size())
				.of(pending, slots, cpus);
	}

	private ClusterRun plates() {
		return new ClusterRun(results, outline.with("device", keys.text("device"))
			.with("precision", Precision.of(keys.text("precision")).label()), keys.yes("resume"));
	}
}
