// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.nio.file.Path;

import io.github.isophene.demo.DemoFiles;
import io.github.isophene.messages.Count;

/** Sentence of a dialog on plates that are made, and on those that a canceled run has finished. */
final class UnfinishedPlates {

	private UnfinishedPlates() {}

	/** @param channels number of images of a field */
	static String ready(final Path folder, final int plates, final long fields, final int channels) {
		final DemoFiles.Unfinished there = DemoFiles.unfinished(folder, fields / plates * channels);
		final long done = channels == 0 ? 0 : there.images() / channels;
		return "Ready: " + Count.of(plates, "plate") + " with " + Count.of(fields, "field") + "." +
			(done == 0 ? "" : " " + there.plates() + " of " + Count.of(plates, "plate is", "plates are") + " done (" +
				done + " of " + Count.of(fields, "field") + "): OK resumes.");
	}
}
