// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.embedding.EmbeddingReport;
import io.github.isophene.embedding.Level;
import io.github.isophene.embedding.TileNetwork;
import io.github.isophene.engine.Engines;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.progress.Durations;
import io.github.isophene.run.ErrorsFile;
import io.github.isophene.run.NothingReadException;
import io.github.isophene.run.RunOutline.PlateJob;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;

/**
 * Estimated cost of a run, from a few fields that are embedded here on one processor: seconds per plate and per field
 * there, times plates and fields, over processors, and never less than the largest plate takes in one task. What a
 * network of disks adds isn't in it, nor the start of the processes.
 */
final class CostEstimate {

	/** Fields that are embedded, and of them those that are embedded once more: the difference tells plates' share. */
	private static final int SAMPLE = 8;
	private static final int FEW = 2;

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
		final EmbeddingReport few;
		final Path folder = Screens.temporary();
		Engines.setThreads(1);
		try (TileNetwork network = TileNetwork.open(model, "cpu");
			Closeable started = ProfileFile.keepStarted())
		{
			final List<Field> sample = fields.subList(0, Math.min(SAMPLE, fields.size()));
			// Once to warm up.
			embed(sample, network, folder.resolve("first.parquet"));
			report = embed(sample, network, folder.resolve("sample.parquet"));
			few = embed(good(sample, report), network,
				folder.resolve("few.parquet"));
		}
		catch (final NothingReadException exc) {
			return "no estimate: none of the first fields of plate " + plate + " can be read. " +
				exc.getMessage().replaceFirst(" All reasons: .*", "") + "\n";
		}
		finally {
			Engines.setThreads(0);
			ResultFolder.delete(folder);
		}
		final Cost cost = Cost.of(few.fields(), few.seconds(), report.fields() - report.failed(), report.seconds());
		final long all = pending.stream().mapToLong(PlateJob::fields).sum();
		final double largest = cost.of(pending.stream().mapToInt(PlateJob::fields).max().orElse(0), 1, passes) / cpus;
		final double total = cost.of(all, pending.size(), passes);
		final double wall = Math.max(largest, total / Math.min((double) slots, pending.size()) / cpus);
		return String.format(Locale.ROOT,
			"measured here on one processor: %.3f s per field (%d tiles)%s, %.3f s per plate%n" +
				"estimate: %s of one processor; with %d tasks of %d processors at once: %s%n",
			cost.field() * passes, report.tiles() / (report.fields() - report.failed()),
			passes > 1 ? ", " + passes + " passes" : "", cost.plate(), Durations.text(total), slots, cpus,
			Durations.text(wall));
	}

	/** Returns the first fields of a sample that have rows. */
	private static List<Field> good(final List<Field> sample, final EmbeddingReport report) throws IOException {
		if (report.failed() == 0) return sample.subList(0, Math.min(FEW, sample.size()));
		final Set<String> failed = ErrorsFile.read(report.errors()).stream()
			.map(failure -> failure.well() + "/" + failure.site())
			.collect(Collectors.toSet());
		return sample.stream()
			.filter(field -> !failed.contains(field.well() + "/" + field.site()))
			.limit(FEW)
			.toList();
	}

	/**
	 * Cost on one processor, seconds.
	 *
	 * @param field of a field that goes through a network once
	 * @param plate of a plate, besides its fields: its files, and what is begun anew for each
	 */
	record Cost(double field, double plate) {

		/** The line through two measurements; through the larger one and no plate at all where they contradict. */
		static Cost of(final int few, final double fewSeconds, final int more, final double moreSeconds) {
			final double slope = more > few ? (moreSeconds - fewSeconds) / (more - few) : 0;
			final double rest = moreSeconds - slope * more;
			return slope > 0 && rest >= 0 ? new Cost(slope, rest) : new Cost(moreSeconds / more, 0);
		}

		double of(final long fields, final long plates, final int passes) {
			return passes * field * fields + plate * plates;
		}
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
