// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import io.github.isophene.run.RunOutline.PlateJob;
import io.github.isophene.progress.Durations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.embedding.EmbeddingReport;
import io.github.isophene.embedding.Level;
import io.github.isophene.embedding.TileNetwork;
import io.github.isophene.engine.Engines;
import io.github.isophene.run.NothingReadException;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;

/**
 * Estimated cost of a run, from a few fields that are embedded here on one processor: seconds per field there, times
 * fields, over processors, and never less than the largest plate takes in one task. What a network of disks adds isn't
 * in it, nor the start of the processes.
 */
final class CostEstimate {

	private static final int SAMPLE = 6;

	private final Screen screen;
	private final String model;
	private final Function<Path, EmbeddingOptions> options;
	private final int passes;

	/**
	 * @param model the model, or one of several alike
	 * @param options how fields are cut and scaled, given the file to write
	 * @param passes how often a field goes through a network
	 */
	CostEstimate(final Screen screen, final String model, final Function<Path, EmbeddingOptions> options,
		final int passes)
	{
		this.screen = screen;
		this.model = model;
		this.options = options;
		this.passes = passes;
	}

	/**
	 * Measures and reckons.
	 *
	 * @param slots tasks at once
	 * @param cpus processors per task
	 */
	String of(final List<PlateJob> pending, final int slots, final int cpus) throws IOException {
		if (pending.isEmpty()) return "nothing to do\n";
		final String plate = pending.get(0).name();
		final List<Field> fields = screen.plates().get(plate);
		final EmbeddingReport report;
		final Path folder = Screens.temporary();
		Engines.setThreads(1);
		try (TileNetwork network = TileNetwork.open(model, "cpu")) {
			final List<Field> sample = fields.subList(0, Math.min(SAMPLE, fields.size()));
			// Once to warm up.
			embed(sample, network, folder.resolve("first.parquet"));
			report = embed(sample, network, folder.resolve("sample.parquet"));
		}
		catch (final NothingReadException exc) {
			return "no estimate: none of the first fields of plate " + plate + " can be read. " +
				exc.getMessage().replaceFirst(" All reasons: .*", "") + "\n";
		}
		finally {
			Engines.setThreads(0);
			ResultFolder.delete(folder);
		}
		final double perField = report.seconds() / (report.fields() - report.failed()) * passes;
		final long all = pending.stream().mapToLong(PlateJob::fields).sum();
		final double largest = perField * pending.stream().mapToInt(PlateJob::fields).max().orElse(0) / cpus;
		final double total = perField * all;
		final double wall = Math.max(largest, total / Math.min((double) slots, pending.size()) / cpus);
		return String.format(Locale.ROOT,
			"measured here on one processor: %.3f s per field (%d tiles)%s%n" +
				"estimate: %s of one processor; with %d tasks of %d processors at once: %s%n",
			perField, report.tiles() / (report.fields() - report.failed()), passes > 1 ? ", " + passes + " passes" : "",
			Durations.text(total), slots, cpus, Durations.text(wall));
	}

	private EmbeddingReport embed(final List<Field> fields, final TileNetwork network, final Path file)
		throws IOException
	{
		return ExecutorRoom.service()
			.embedScreen(new Screen(screen.channels(), fields), network,
				options.apply(file).withStatistics(EmbeddingOptions.TRAINING).withLevel(Level.FIELD).withReaders(
				1).withDevice("cpu"));
	}
}
