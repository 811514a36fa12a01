// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.isophene.messages.Count;
import io.github.isophene.files.AtomicFile;
import io.github.isophene.files.RunLock;
import io.github.isophene.run.Failure;
import io.github.isophene.run.PlateRetry;
import org.apache.spark.api.java.JavaSparkContext;

/** Plates through a cluster into a {@link ResultFolder}: those that aren't done, the largest first. */
final class ClusterRun {

	/** A plate and how it is told apart. */
	record PlateJob(String name, String part, int fields) {}

	private final ResultFolder results;
	private final Map<String, String> settings;
	private final List<PlateJob> plates;
	private final boolean resume;
	private final PlateRetry retry;

	/**
	 * @param settings what every row depends on
	 * @param plates in the order of the screen
	 * @param retry which plates that are done must be done again
	 */
	ClusterRun(final ResultFolder results, final Map<String, String> settings, final List<PlateJob> plates,
		final boolean resume, final PlateRetry retry)
	{
		this.results = results;
		this.settings = settings;
		this.plates = plates;
		this.resume = resume;
		this.retry = retry;
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
		results.check(settings, !resume);
		return pending();
	}

	/** The plates that are not done, or must be done again; of these everything stays until it is replaced. */
	private List<PlateJob> pending() throws IOException {
		final List<PlateJob> pending = new ArrayList<>();
		for (final PlateJob plate : plates) if (!resume || !isDone(plate)) pending.add(plate);
		return pending;
	}

	private boolean isDone(final PlateJob plate) throws IOException {
		final PlateOutcome outcome = results.done(plate.name(), plate.part());
		if (outcome == null) return false;
		final List<Failure> failures = results.failures(plate.name());
		// They differ where a task was stopped between its tables and its last word.
		return failures.size() == outcome.failed() &&
			!retry.isDue(plate.name(), results.finished(plate.name()), failures);
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
		try (RunLock lock = RunLock.of(results.folder())) {
			results.claim(settings, !resume);
			final String input = preparation.prepare();
			final List<PlateTask> tasks = new ArrayList<>();
			for (final PlateJob plate : pending())
				tasks.add(new PlateTask(work, keys, results.folder().toString(), input, models, plate.name(),
					plate.part(), plate.fields()));
			tasks.sort(Comparator.comparingInt((PlateTask task) -> -task.fields()));
			final List<PlateOutcome> outcomes = tasks.isEmpty() ? List.of() : compute(spark, tasks);
			results.deleteAttempts();
			return conclude(outcomes, finish, start);
		}
	}

	private static List<PlateOutcome> compute(final JavaSparkContext spark, final List<PlateTask> tasks) {
		spark.sc().addSparkListener(new TaskProgress(tasks.size()));
		return spark.parallelize(tasks, tasks.size()).map(PlateTask::run).collect();
	}

	private String conclude(final List<PlateOutcome> outcomes, final Finish finish, final long start)
		throws IOException
	{
		for (final PlateOutcome outcome : outcomes)
			if (outcome.rows() == 0 && outcome.failed() > 0) results.withdraw(outcome.plate());
		final List<PlateJob> done = new ArrayList<>();
		long rows = 0;
		for (final PlateJob plate : plates) {
			final PlateOutcome outcome = results.done(plate.name(), plate.part());
			if (outcome == null) continue;
			done.add(plate);
			rows += outcome.rows();
		}
		final long failed = mergeErrors();
		final List<PlateOutcome> mistakes = outcomes.stream().filter(outcome -> outcome.mistake() != null).toList();
		if (!mistakes.isEmpty())
			throw new IOException(mistakes.size() + " of " + Count.of(plates.size(), "plate") + " could not be done, " +
				"the others are kept. Plate " + mistakes.get(0).plate() + ": " + mistakes.get(0).mistake());
		if (done.isEmpty()) throw new IOException("No field could be read; the reasons are in " + errors());
		finish.finish(done);
		final int before = done.size() - (int) outcomes.stream().filter(outcome -> outcome.rows() > 0).count();
		final StringBuilder text = new StringBuilder(
			String.format(Locale.ROOT, "%d rows from %d of %d plates, %.1f s: %s", rows, done.size(), plates.size(),
				(System.nanoTime() - start) * 1e-9, results.folder()));
		if (before > 0) text.append(" (plates done already: ").append(before).append(")");
		if (failed > 0)
			text.append(". ")
				.append(failed)
				.append(failed == 1 ? " field" : " fields")
				.append(" could not be read; the reasons are in ")
				.append(errors());
		final List<String> others = results.others(plates.stream().collect(
			Collectors.toMap(PlateJob::name, PlateJob::part)));
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

	/** {@code <folder>.errors.csv}, as the desktop has it beside its table. */
	private Path errors() {
		return results.folder().resolveSibling(results.folder().getFileName() + ".errors.csv");
	}

	/** The plates' errors one after the other; gives how many there are. */
	private long mergeErrors() throws IOException {
		final List<String> lines = new ArrayList<>();
		for (final PlateJob plate : plates) {
			final Path file = results.errors(plate.name());
			if (Files.notExists(file)) continue;
			// A reason never has a line break: it is one sentence.
			final List<String> all = Files.readAllLines(file);
			lines.addAll(lines.isEmpty() ? all : all.subList(1, all.size()));
		}
		if (lines.isEmpty()) {
			Files.deleteIfExists(errors());
			return 0;
		}
		AtomicFile.write(errors(), temporary -> {
			try (Writer out = Files.newBufferedWriter(temporary)) {
				for (final String line : lines) out.write(line + "\n");
			}
		});
		return lines.size() - 1;
	}

	/** Plates of a screen. */
	static List<PlateJob> plates(final Map<String, String> parts, final Map<String, Integer> fields) {
		final Map<String, PlateJob> plates = new LinkedHashMap<>();
		parts.forEach((name, part) -> plates.put(name, new PlateJob(name, part, fields.get(name))));
		return List.copyOf(plates.values());
	}
}
