// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import io.github.isophene.run.RunOutline;
import io.github.isophene.run.RunOutline.PlateJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.messages.Count;
import io.github.isophene.correction.CorrectionChain;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.FittedFile;
import io.github.isophene.files.Sha256;
import io.github.isophene.profiles.PlateFiles;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.run.PlateRetry;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Corrections over a folder of plates in two passes: the controls of all plates are collected, which are few, and the
 * driver learns from them; then every plate is corrected with what was learned. Gives the same rows as a correction of
 * the whole table on one machine, as a chain learns nothing from other rows.
 */
final class CorrectPlates {

	private final JobKeys keys;
	private final Path profiles;
	private final ResultFolder results;
	private final CorrectionChain chain;

	/**
	 * @param folder where corrected plates go
	 * @throws IllegalArgumentException if the keys contradict each other, or the chain learns from all rows
	 */
	CorrectPlates(final JobKeys keys, final Path folder) throws IOException {
		this.keys = keys;
		profiles = Path.of(keys.text("profiles")).toAbsolutePath().normalize();
		results = new ResultFolder(folder);
		if (!Files.isDirectory(profiles))
			throw new IllegalArgumentException("corrected is a folder, so profiles must be one, too, " +
				"with a Parquet file per plate, as the job embed writes it; " + profiles + " is none");
		if (keys.isGiven("method") == keys.isGiven("apply"))
			throw new IllegalArgumentException("Give method, or apply with a file of what was learned, and not both");
		if (keys.isGiven("apply") && keys.isGiven("fitted"))
			throw new IllegalArgumentException(
				"fitted and apply are both given: nothing is learned when " + keys.text("apply") + " is applied");
		if (keys.isGiven("apply")) CorrectJob.existing("apply", keys.text("apply"));
		for (final String table : keys.list("join")) CorrectJob.existing("join", table);
		chain = keys.isGiven("method") ? ExecutorRoom.corrections().parse(keys.text("method")) : null;
		if (chain != null && (!chain.learnsFromControls() || !keys.isGiven("controls")))
			throw new IllegalArgumentException("method is " + keys.text("method") +
				", which learns from rows that are no controls: let corrected be a file " +
				"(.parquet), then the whole table is corrected on the driver");
	}

	String run(final JavaSparkContext spark) throws IOException {
		final Path fitted = fitted();
		final Map<String, String> forTasks = keys.all();
		forTasks.put("apply", fitted.toString());
		return plateRun().run(spark, new ApplyWork(), forTasks, Map.of(), () -> {
			if (chain != null) learn(spark, fitted);
			return Sha256.of(fitted);
		}, done -> {});
	}

	/** Returns the fitted chain, fitted now or before. */
	private Path fitted() {
		return keys.isGiven("fitted") ? Path.of(keys.text("fitted")).toAbsolutePath()
			: keys.isGiven("apply") ? Path.of(keys.text("apply")).toAbsolutePath()
			: results.folder().resolve("_isophene").resolve("fitted.npz");
	}

	private ClusterRun plateRun() throws IOException {
		final Map<String, String> settings = new LinkedHashMap<>(keys.all());
		settings.keySet().removeAll(List.of("corrected", "fitted", "resume"));
		for (final Path table : CorrectJob.tables(keys)) settings.put("join " + table, Sha256.of(table));
		if (keys.isGiven("apply")) settings.put("apply", Sha256.of(fitted()));
		return new ClusterRun(results, new RunOutline(settings, plates(), PlateRetry.never()), keys.yes("resume"));
	}

	String plan() throws IOException {
		return "correct: " + Count.of(plates().size(), "plate") + " of " + profiles +
			(chain == null ? "" : ", first the controls of all") + ", into " + results.folder() + "; to do: " +
			Count.of(plateRun().planned().size(), "plate") + "\n";
	}

	/** First pass: the controls of every plate, on many machines; then the chain on these, here. */
	private void learn(final JavaSparkContext spark, final Path fitted) throws IOException {
		final Path controls = results.attempt("controls");
		final List<ControlsTask> tasks = new ArrayList<>();
		for (final PlateJob plate : plates())
			tasks.add(new ControlsTask(keys.all(), file(plate).toString(), controls.resolve(plate.name()).toString()));
		final long rows = spark.parallelize(tasks, tasks.size()).map(ControlsTask::run).reduce(Long::sum);
		if (rows == 0)
			throw new IOException("No row of " + profiles + " has " + keys.text("controls") +
				": name the control wells with the key controls, or join the table that names them");
		final CorrectionContext context = CorrectionContext.standard()
			.withColumns(keys.text("plates"), keys.text("batch"))
			.withControls(keys.text("controls"))
			.withSeed(keys.whole("seed"));
		FittedFile.write(
			ExecutorRoom.service().correct(ProfileFile.read(controls), keys.text("method"), context).fitted(), fitted);
	}

	/**
	 * The files of the folder; a file that was written anew is another plate. Where something is learned from all
	 * files, one that is new, gone or written anew makes all of them others.
	 */
	private List<PlateJob> plates() throws IOException {
		final Map<String, String> stamps = new LinkedHashMap<>();
		for (final Path file : PlateFiles.in(profiles))
			stamps.put(file.getFileName().toString(), Files.size(file) + " " + Files.getLastModifiedTime(file));
		final String all = chain == null ? "" : " of " + Sha256.of(stamps.toString());
		final List<PlateJob> plates = new ArrayList<>();
		stamps.forEach((name, stamp) -> plates.add(new PlateJob(name, stamp + all, 0)));
		return plates;
	}

	private Path file(final PlateJob plate) {
		return profiles.resolve(plate.name());
	}
}
