// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.isophene.files.AtomicFile;
import io.github.isophene.files.RunLock;

/**
 * A job on a Spark cluster as a shell script that calls {@code spark-submit}: what is computed has the keys of the
 * desktop, where it is computed is said by the cluster.
 *
 * @param job {@code embed}, {@code predict}, {@code correct} or {@code assess}
 * @param keys what the job is told, by the desktop's keys
 * @param cluster where it runs
 * @param jar {@code isophene-spark.jar} as the cluster sees it
 */
public record ClusterJob(String job, Map<String, String> keys, Cluster cluster, String jar) {

	/** A key inside a value: keys were separated by blanks, as on a command line. */
	private static final Pattern KEY_AFTER_BLANK = Pattern
		.compile("\\s(screen|model|profiles|predictions|corrected|report|method|label|controls|batch)=");

	/** The jobs that there are. */
	public static final List<String> JOBS = List.of("embed", "predict", "correct", "assess");

	private static final Set<String> NEEDED = Set.of("profiles", "predictions", "corrected", "report");

	/**
	 * Resources of a cluster.
	 *
	 * @param master Spark's address, {@code spark://host:7077}, {@code yarn}, {@code k8s://...} or {@code local[n]}
	 * @param executors processes
	 * @param cores processors of each
	 * @param cpus processors per plate: {@code cores / cpus} plates at once in a process
	 * @param memory of each process, GB, without what the tensor engine takes
	 * @param gpus of each process, one per plate; 0: none
	 */
	public record Cluster(String master, int executors, int cores, int cpus, int memory, int gpus) {

		/** @throws IllegalArgumentException naming the key that doesn't fit */
		public Cluster {
			if (master.isBlank())
				throw new IllegalArgumentException(
					"master is missing: give Spark's address, such as spark://host:7077");
			atLeast("executors", executors, 1);
			atLeast("cores", cores, 1);
			atLeast("cpus", cpus, 1);
			atLeast("memory", memory, 1);
			atLeast("gpus", gpus, 0);
			if (cpus > cores)
				throw new IllegalArgumentException("cpus is " + cpus + ", but a process has only " + cores + " cores");
		}

		/** Plates at once in one process. */
		int tasks() {
			return gpus > 0 ? Math.min(gpus, cores / cpus) : cores / cpus;
		}
	}

	/** @throws IllegalArgumentException naming what is missing */
	public ClusterJob {
		if (!JOBS.contains(job))
			throw new IllegalArgumentException("job is '" + job + "': choose " + String.join(", ", JOBS));
		if (jar.isBlank())
			throw new IllegalArgumentException(
				"jar is missing: give isophene-spark.jar, as the machines of the cluster see it");
		if (keys.keySet().stream().noneMatch(NEEDED::contains))
			throw new IllegalArgumentException(
				"The job has no output: give profiles, predictions, corrected or report");
		keys.forEach((key, value) -> {
			final Matcher next = KEY_AFTER_BLANK.matcher(value);
			if (next.find())
				throw new IllegalArgumentException("keys has '" + next.group(1) + "=' within the value of " + key +
					": separate keys by ; as in screen=/data/screen.csv; profiles=/data/profiles");
		});
		keys = Map.copyOf(keys);
	}

	/**
	 * The script. Further words of its own command line go to the job: {@code --dry-run} shows the plan and the
	 * cost.
	 */
	public String script() {
		final List<String> lines = new ArrayList<>();
		lines.add("exec \"${SPARK_HOME:+$SPARK_HOME/bin/}spark-submit\"");
		lines.add("--master " + quote(cluster.master()) + " --name " + quote("Isophene " + job));
		// There, or then, it is the driver that computes; Spark gives it 1 GB.
		if (cluster.master().startsWith("local") || job.equals("assess") || job.equals("correct"))
			lines.add("--driver-memory " + cluster.memory() + "g");
		lines.add(conf("spark.executor.instances", cluster.executors()) + " " +
			conf("spark.cores.max", cluster.executors() * cluster.cores()));
		lines.add(conf("spark.executor.cores", cluster.cores()) + " " + conf("spark.task.cpus", cluster.cpus()));
		// The tensor engine's memory is outside of Java's heap.
		lines.add(conf("spark.executor.memory", cluster.memory() + "g") + " " +
			conf("spark.executor.memoryOverhead", 1 + cluster.tasks() + "g"));
		if (cluster.gpus() > 0)
			lines.add(conf("spark.executor.resource.gpu.amount", cluster.gpus()) + " " +
				conf("spark.task.resource.gpu.amount", 1));
		lines.add("--class io.github.isophene.spark.SparkMain " + quote(jar));
		lines.add(job);
		keys.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.forEach(key -> lines.add(quote(key.getKey() + "=" + key.getValue())));
		lines.add("\"$@\"");
		return "#!/usr/bin/env bash\n# Isophene on a Spark cluster. All paths are as the machines of the cluster see " +
			"them.\n" +
			"# With --dry-run it only tells what there is to do and what it will take.\nset -euo pipefail\n" +
			String.join(" \\\n\t", lines) + "\n";
	}

	/** Writes the script, to be executed where the system knows that. */
	public void write(final Path file) throws IOException {
		try (RunLock lock = RunLock.of(file)) {
			AtomicFile.write(file, script());
		}
		try {
			Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
		}
		catch (final UnsupportedOperationException e) {
			// Written on Windows for a cluster: there it is run by bash.
		}
	}

	private static String conf(final String key, final Object value) {
		return "--conf " + key + "=" + value;
	}

	private static String quote(final String text) {
		return "'" + text.replace("'", "'\\''") + "'";
	}

	private static void atLeast(final String key, final int value, final int smallest) {
		if (value < smallest)
			throw new IllegalArgumentException(key + " is " + value + ": give " + smallest + " or more");
	}
}
