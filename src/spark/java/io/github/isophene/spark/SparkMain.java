// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.isophene.UserErrors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The entry for {@code spark-submit}: a job, and its keys as on the desktop.
 *
 * <pre>
 * spark-submit --master spark://host:7077 isophene-spark.jar embed screen=screen.csv model=moa.zip profiles=profiles
 * spark-submit --master local[*] isophene-spark.jar predict screen=screen.csv model=moa.zip predictions=new --dry-run
 * </pre>
 *
 * The exit status is 0 when everything that was asked for was done, otherwise 1, with the reason as the last line on
 * standard error.
 */
public final class SparkMain {

	private static final String USAGE = "Usage: embed|predict|correct|assess key=value... [--dry-run]; keys and " +
		"defaults: <job> --help";
	private static final Map<String, Map<String, String>> JOBS = Map.of("embed", EmbedWork.KEYS, "predict",
		PredictWork.KEYS, "correct", CorrectJob.KEYS, "assess", AssessJob.KEYS);

	private SparkMain() {}

	public static void main(final String... args) {
		final int status = run(args);
		// Spark's own way out ends with 0, whatever happened.
		System.exit(status);
	}

	/** Does what {@link #main} does, without ending the JVM. */
	static int run(final String... args) {
		try {
			final List<String> words = new ArrayList<>(Arrays.asList(args));
			final boolean dry = words.remove("--dry-run");
			if (words.isEmpty()) throw new IllegalArgumentException("No job. " + USAGE);
			if (words.contains("--help")) {
				System.out.println(help(words.get(0)));
				return 0;
			}
			final SparkConf conf = new SparkConf().setIfMissing("spark.master", "local[*]")
				.setIfMissing("spark.app.name", "Isophene " + words.get(0));
			final Job job = job(words.get(0), words.subList(1, words.size()));
			if (dry) System.out.print(job.plan(slots(conf), conf.getInt("spark.task.cpus", 1)));
			else {
				try (JavaSparkContext spark = new JavaSparkContext(conf)) {
					System.out.println(job.run(spark));
				}
			}
			return 0;
		}
		catch (final Exception exc) {
			if (!UserErrors.isExpected(exc)) exc.printStackTrace();
			System.err.println(UserErrors.message(exc));
			return 1;
		}
		finally {
			ExecutorRoom.close();
		}
	}

	private static String help(final String job) {
		return JOBS.containsKey(job) ? job + ": " + JobKeys.describe(JOBS.get(job)) : USAGE;
	}

	private static Job job(final String name, final List<String> words) throws IOException {
		return switch (name) {
			case "embed" -> new EmbedJob(keys(EmbedWork.KEYS, words));
			case "predict" -> new PredictJob(keys(PredictWork.KEYS, words));
			case "correct" -> new CorrectJob(keys(CorrectJob.KEYS, words));
			case "assess" -> new AssessJob(keys(AssessJob.KEYS, words));
			default -> throw new IllegalArgumentException("There is no job '" + name + "'. " + USAGE);
		};
	}

	private static JobKeys keys(final Map<String, String> defaults, final List<String> words) {
		return new JobKeys(defaults, words);
	}

	/** Returns the number of tasks that run at once, as far as the configuration tells. */
	static int slots(final SparkConf conf) {
		final String master = conf.get("spark.master");
		final int cpus = Math.max(1, conf.getInt("spark.task.cpus", 1));
		final int cores;
		if (master.startsWith("local")) {
			final String n = master.replaceFirst("local\\[?", "").replaceFirst("[,\\]].*", "");
			cores = n.isEmpty() ? 1 : n.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(n);
		}
		else if (conf.contains("spark.cores.max")) cores = conf.getInt("spark.cores.max", 1);
		else cores = conf.getInt("spark.executor.instances", 1) * conf.getInt("spark.executor.cores", 1);
		return Math.max(1, cores / cpus);
	}
}
