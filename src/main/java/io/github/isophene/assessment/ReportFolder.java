// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells before an hour's work that its report could not be written. */
final class ReportFolder {

	private ReportFolder() {}

	/**
	 * Looks at a folder and, where it isn't there yet, at those it will be made in; makes nothing.
	 *
	 * @throws IOException naming what is in the way, if it can't be written into
	 */
	static void require(final Path report) throws IOException {
		Path there = report.toAbsolutePath().normalize();
		while (there.getParent() != null && !Files.exists(there)) there = there.getParent();
		if (!Files.isDirectory(there)) {
			throw new IOException("report is " + report + ", but " + (there.equals(report) ? "that" : there) +
				" is a file: give a folder");
		}
		if (!Files.isWritable(there)) {
			throw new IOException(
				"report is " + report + ", but you may not write into " + there + ": give another folder");
		}
	}
}
