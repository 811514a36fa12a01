// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import io.github.isophene.run.RunOutline.PlateJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.github.isophene.files.Sha256;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenTable;

/** The screen of a job, as the driver opens it and as tasks get it. */
final class Screens {

	private Screens() {}

	/** Opens what the key {@code screen} names, as the desktop does. */
	static Screen open(final JobKeys keys) throws IOException {
		return ExecutorRoom.service().openScreen(keys.text("screen"));
	}

	/** Writes the screen to where tasks read it, and gives its digest. */
	static String share(final Screen screen, final ResultFolder results) throws IOException {
		final Path table = results.screenTable();
		ScreenTable.write(screen, table);
		return Sha256.of(table);
	}

	/** A line on how much there is to do. */
	static String describe(final String job, final Screen screen, final int plates,
		final List<PlateJob> pending)
	{
		final int fields = pending.stream().mapToInt(PlateJob::fields).sum();
		return String.format(Locale.ROOT, "%s: %d plates, %d fields, %d channels; to do: %d plates with %d fields%n",
			job, plates, screen.fields().size(), screen.channels().size(), pending.size(), fields);
	}

	/** A screen in a file of its own, for a sample. */
	static Path temporary() throws IOException {
		return Files.createTempDirectory("isophene-plan");
	}
}
