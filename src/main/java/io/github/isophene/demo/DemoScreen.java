// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.isophene.progress.Progress;
import io.github.isophene.screen.Screen;

/**
 * Makes simulated screens: Cell Painting-like images with known phenotypes,
 * known negative controls and known batch effects, to try methods on before, or
 * without, real data.
 *
 * <pre>
 * DemoScreen screen = DemoScreen.write(Path.of("demo"), DemoOptions.defaults(), Progress.NONE);
 * </pre>
 *
 * @param table the screen table, {@code screen.csv}
 * @param truth what was done to every field, {@code truth.csv}; {@code truth.json} lies beside it
 * @param screen the screen that the table describes
 */
public record DemoScreen(Path table, Path truth, Screen screen) {

	/** Number of images of a field. */
	public static final int CHANNELS = DemoChannel.values().length;

	/**
	 * Writes a screen: for every field one 16-bit TIFF per channel
	 * ({@code B1_P1/B1_P1_A01_s1_DNA.tif}), the truth about every field, and at
	 * last the screen table. The same options give the same bytes. Uses all
	 * processors; blocks until done.
	 *
	 * @param folder made if need be; a screen of the same options in it is
	 *          written again, or completed if it has no screen table yet
	 * @param options what to make
	 * @param progress told after every field; may stop it
	 * @throws IOException if the folder holds a different screen, or cannot be written to
	 * @throws IllegalArgumentException if the classes don't fit on a plate
	 * @throws java.util.concurrent.CancellationException if stopped; there is no screen table then
	 */
	public static DemoScreen write(final Path folder, final DemoOptions options, final Progress progress)
		throws IOException
	{
		return write(folder, options, progress, Runtime.getRuntime().availableProcessors());
	}

	/**
	 * Checks options and folder without writing anything.
	 *
	 * @return whether the folder holds the whole screen already
	 * @throws IOException if the folder holds a different screen
	 * @throws IllegalArgumentException if the classes don't fit on a plate
	 */
	public static boolean check(final Path folder, final DemoOptions options) throws IOException {
		options.checkTogether();
		final boolean whole = Files.exists(folder.resolve(DemoFiles.TABLE));
		if (whole || Files.exists(folder.resolve(DemoFiles.TRUTH)))
			DemoWriter.requireSame(folder, TruthJson.text(new ScreenPlan(options)));
		return whole;
	}

	static DemoScreen write(final Path folder, final DemoOptions options, final Progress progress,
		final int threads) throws IOException
	{
		final ScreenContent content = new SimulatedContent(new ScreenPlan(options));
		final Screen screen = new DemoWriter(content, folder, threads).write(progress);
		return new DemoScreen(folder.resolve(DemoFiles.TABLE), folder.resolve(DemoFiles.TRUTH_TABLE), screen);
	}
}
