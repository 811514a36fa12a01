// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import java.io.IOException;

import org.apache.spark.api.java.JavaSparkContext;

/** A job, its keys understood. */
interface Job {

	/**
	 * Does it.
	 *
	 * @return one line for the user on what was done
	 */
	String run(JavaSparkContext spark) throws IOException;

	/**
	 * Returns the plan and the cost of what {@link #run} would do; nothing is written.
	 *
	 * @param slots how many tasks run at once, as far as it is known; otherwise 1
	 * @param cpus processors per task
	 */
	String plan(int slots, int cpus) throws IOException;
}
