// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import io.github.isophene.run.RunOutline.PlateJob;
import io.github.isophene.run.RunOutline;
import io.github.isophene.run.PlateLoop;
import io.github.isophene.progress.Progress;
import java.util.HashMap;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.isophene.messages.Count;
import io.github.isophene.files.AtomicFile;
import org.apache.spark.api.java.JavaSparkContext;

/** Plates through a cluster into a {@link ResultFolder}: those that aren't done, the largest first. */
final class ClusterRun {

	private final ResultFolder results;
	private final RunOutline outline;
	private final boolean resume;
	private final PlateLoop<PlateOutcome> loop;
	private long failed;

	ClusterRun(final ResultFolder results, final RunOutline outline, final boolean resume) {
		this.results = results;
		this.outline = outline;
		this.resume = resume;
		loop = new PlateLoop<>(outline, results, resume);
	}

	/** Preparation of the folder for the tasks, after it has been claimed; gives the digest of what they will read. */
	interface Preparation {

		String prepare() throws IOException;
	}

	/** Merging of the plates when they are done. */
	interface Finish {

		void finish(List<PlateJob> done) throws IOException;
	}

	/**
	 * The plates that a run would do; writes nothing.
	 *
	 * @throws IOException if a run would be refused
	 */
	List<PlateJob> planned() throws IOException {
		results.check(outline.settings(), !resume);
		return loop.pending();
	}

	/**
	 * Runs them.
	 *
	 * @return a line on what was done
	 * @throws IOException if no plate has a row, or some plates can't be done; what is done stays
	 */
	String run(final JavaSparkContext spark, final PlateWork work, final Map<String, String> keys,
		final Map<String, String> models, final Preparation preparation, final Finish finish) throws IOException
	{
		final long start = System.nanoTime();
		return loop.run(Progress.NONE, (pending, count, finished) -> {
			final String input = preparation.prepare();
			final Map<String, PlateJob> names = new HashMap<>();
			final List<PlateTask> tasks = new ArrayList<>();
			for (final PlateJob plate : pending) {
				names.put(plate.name(), plate);
				tasks.add(new PlateTask(work, keys, results.folder().toString(), input, models, plate.name(),
					plate.key(), plate.fields()));
			}
			tasks.sort(Comparator.comparingInt((PlateTask task) -> -task.fields()));
			final List<PlateOutcome> outcomes = tasks.isEmpty() ? List.of() : compute(spark, tasks);
			results.deleteAttempts();
			for (final PlateOutcome outcome : outcomes) finished.plate(names.get(outcome.plate()), outcome);
			failed = mergeErrors();
			requireAll(outcomes);
		}, (done, resumed) -> {
			finish.finish(done);
			return report(done, resumed, (System.nanoTime() - start) * 1e-9);
		});
	}

	private static List<PlateOutcome> compute(final JavaSparkContext spark, final List<PlateTask> tasks) {
		spark.sc()
			.addSparkListener(new PlateCounter((message, done, total) -> System.out.println(message), tasks.size()));
		return spark.parallelize(tasks, tasks.size()).map(PlateTask::run).collect();
	}

	private void requireAll(final List<PlateOutcome> outcomes) throws IOException {
		final List<PlateOutcome> mistakes = outcomes.stream().filter(outcome -> outcome.mistake() != null).toList();
		if (!mistakes.isEmpty())
			throw new IOException(mistakes.size() + " of " + Count.of(outline.plates().size(), "plate") +
				" could not be done, the others are kept. Plate " +
				mistakes.get(0).plate() + ": " + mistakes.get(0).mistake());
	}

	private String report(final List<PlateJob> done, final int resumed, final double seconds) throws IOException {
		long rows = 0;
		for (final PlateJob plate : done) rows += results.done(plate.name(), plate.key()).rows();
		final StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
			"%d rows from %d of %d plates, %.1f s: %s", rows, done.size(), outline.plates().size(), seconds,
			results.folder()));
		if (resumed > 0) text.append(" (plates done already: ").append(resumed).append(")");
		if (failed > 0)
			text.append(". ")
				.append(failed)
				.append(failed == 1 ? " field" : " fields")
				.append(" could not be read; the reasons are in ")
				.append(results.allErrors());
		final List<String> others = results
			.others(outline.plates().stream().collect(Collectors.toMap(PlateJob::name, PlateJob::key)));
		if (!others.isEmpty())
			text.append(". The folder also holds ")
				.append(others.size())
				.append(others.size() == 1 ? " plate" : " plates")
				.append(" that this run hasn't made (")
				.append(others.get(0))
				.append(others.size() > 1 ? ", ..." : "")
				.append("): whoever reads it as one table reads them, too. Only this run's plates: resume=false, or " +
					"another folder");
		return text.toString();
	}

	/** The plates' errors one after the other; gives how many there are. */
	private long mergeErrors() throws IOException {
		final List<String> lines = new ArrayList<>();
		for (final PlateJob plate : outline.plates()) {
			final Path file = results.errors(plate.name());
			if (Files.notExists(file)) continue;
			// A reason never has a line break: it is one sentence.
			final List<String> all = Files.readAllLines(file);
			lines.addAll(lines.isEmpty() ? all : all.subList(1, all.size()));
		}
		if (lines.isEmpty()) {
			Files.deleteIfExists(results.allErrors());
			return 0;
		}
		AtomicFile.write(results.allErrors(), temporary -> {
			try (Writer out = Files.newBufferedWriter(temporary)) {
				for (final String line : lines) out.write(line + "\n");
			}
		});
		return lines.size() - 1;
	}
}
