// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/** Work of a task on its plate. */
interface PlateWork extends Serializable {

	/**
	 * Does it and commits the results.
	 *
	 * @param attempt an empty folder for what isn't whole yet
	 * @param cpus threads to compute with
	 * @param device where to compute
	 * @return what came of it
	 */
	PlateOutcome run(PlateTask task, Path attempt, int cpus, String device) throws IOException;

	/** Returns the errors file of an attempt, whether or not it exists. */
	Path errors(Path attempt);
}
