// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import io.github.isophene.engine.Precision;
import io.github.isophene.run.RunOutline.PlateJob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.embedding.TileNetwork;
import io.github.isophene.profiles.PlateFiles;
import io.github.isophene.run.RunOutline;
import io.github.isophene.screen.Screen;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * <i>Embed Screen</i>. {@code profiles} is a folder, which gets one Parquet file per plate; or a file, as on the
 * desktop, which is made of these when all plates are done.
 */
final class EmbedJob implements Job {

	private final JobKeys keys;
	private final SingleFile single;
	private final ResultFolder results;
	private final Screen screen;
	private final RunOutline outline;
	private final String digest;
	private final int featureCount;

	EmbedJob(final JobKeys keys) throws IOException {
		this.keys = keys;
		single = new SingleFile(Path.of(keys.text("profiles")));
		results = new ResultFolder(single.folder());
		screen = Screens.open(keys);
		// What tasks compute on is theirs; here only the choices are checked.
		try (TileNetwork network = TileNetwork.open(keys.text("model"), "cpu")) {
			final EmbeddingOptions options = EmbedWork.options(keys, Path.of("profiles.parquet")).withDevice("cpu")
				.withPrecision(Precision.AUTO);
			outline = ExecutorRoom.service().outlineEmbedding(screen, network, options);
			digest = network.digest();
			final List<String> names = channels(network);
			featureCount = options.features().count(network, names, tile(network));
		}
	}

	private List<String> channels(final TileNetwork network) {
		return keys.isGiven("channels") ? keys.list("channels")
			: network.channels().isEmpty() ? screen.channels() : network.channels();
	}

	private int tile(final TileNetwork network) {
		return keys.whole("tile") > 0 ? keys.whole("tile") : network.tileSize();
	}

	@Override
	public String run(final JavaSparkContext spark) throws IOException {
		return plates().run(spark, new EmbedWork(), keys.all(), Map.of(keys.text("model"), digest),
			() -> Screens.share(screen, results), done -> {
				if (single.isWanted())
					PlateFiles.merge(done.stream().map(PlateJob::name).toList(),
						done.stream()
							.map(plate -> results.folder().resolve(PlateFiles.name(plate.name()) + ".parquet"))
							.toList(),
						single.file());
			});
	}

	@Override
	public String plan(final int slots, final int cpus) throws IOException {
		final List<PlateJob> pending = plates().planned();
		return Screens.describe("embed", screen, outline.plates().size(), pending) +
			String.format("model %s, %d features, into %s%n", keys.text("model"), featureCount, results.folder()) +
			new CostEstimate(screen, keys.text("model"), file -> EmbedWork.options(keys, file), 1).of(pending, slots,
				cpus);
	}

	private ClusterRun plates() {
		return new ClusterRun(results, outline.with("device", keys.text("device"))
			.with("precision", Precision.of(keys.text("precision")).label()), keys.yes("resume"));
	}
}
