// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.nio.file.Path;

import io.github.isophene.demo.DemoFiles;
import io.github.isophene.messages.Count;

/** Sentence of a dialog on plates that are made, and on those that a canceled run has finished. */
final class UnfinishedPlates {

	private UnfinishedPlates() {}

	/** @param images number of images of a plate */
	static String ready(final Path folder, final int plates, final long fields, final long images) {
		final int done = DemoFiles.finishedPlates(folder, images);
		return "Ready: " + Count.of(plates, "plate") + " with " + Count.of(fields, "field") + "." +
			(done == 0 ? "" : " " + done + " of " + Count.of(plates, "plate is", "plates are") + " done: OK resumes.");
	}
}
