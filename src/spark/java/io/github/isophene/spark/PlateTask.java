// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;

import io.github.isophene.UserErrors;
import io.github.isophene.run.NothingReadException;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/**
 * One plate's work as it travels: names and keys only.
 *
 * @param work what is done with the plate
 * @param keys the job's keys
 * @param folder the {@link ResultFolder}
 * @param input digest of what all tasks read, the screen's table
 * @param models digests of the models by the names that the keys have
 * @param plate the plate's identity
 * @param part digest of the plate's fields
 * @param fields how many fields the plate has
 */
record PlateTask(PlateWork work, Map<String, String> keys, String folder, String input, Map<String, String> models,
	String plate, String part, int fields) implements Serializable
{

	/**
	 * Does it, on whichever machine this is. A disk that fails is tried again as often as Spark is told to; what is
	 * wrong for good comes back as a mistake, and the other plates go on.
	 */
	PlateOutcome run() throws IOException {
		final TaskContext context = TaskContext.get();
		final long start = System.nanoTime();
		final ResultFolder results = new ResultFolder(Path.of(folder));
		final String id = SparkEnv.get().conf().getAppId() + "-" + context.taskAttemptId();
		final Path attempt = results.attempt(id);
		try {
			ExecutorRoom.threads(Math.max(1, context.cpus()));
			return work.run(this, attempt, Math.max(1, context.cpus()), device(context))
				.took((System.nanoTime() - start) * 1e-9, host());
		}
		catch (final NothingReadException exc) {
			results.commitErrors(plate, work.errors(attempt));
			return new PlateOutcome(plate, fields, fields, 0, 0, (System.nanoTime() - start) * 1e-9, host(), null);
		}
		catch (final IOException | RuntimeException exc) {
			if (!UserErrors.isExpected(exc) || mayHelp(exc, context)) throw exc;
			return new PlateOutcome(plate, fields, 0, 0, 0, 0, host(), UserErrors.message(exc));
		}
		finally {
			ResultFolder.delete(attempt);
		}
	}

	private static boolean mayHelp(final Exception exc, final TaskContext context) {
		final var conf = SparkEnv.get().conf();
		final int tries = conf.get("spark.master", "").startsWith("local") ? 1
			: conf.getInt("spark.task.maxFailures", 4);
		return exc instanceof IOException && context.attemptNumber() < tries - 1;
	}

	/** The GPU that Spark has given the task, where the user leaves it to us. */
	private String device(final TaskContext context) {
		final String wanted = keys.getOrDefault("device", "auto");
		final var gpu = context.resourcesJMap().get("gpu");
		return wanted.equals("auto") && gpu != null && gpu.addresses().length > 0 ? "gpu:" + gpu.addresses()[0]
			: wanted;
	}

	private static String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (final UnknownHostException e) {
			return "?";
		}
	}
}
