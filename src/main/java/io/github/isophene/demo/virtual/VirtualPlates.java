// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo.virtual;

import java.io.IOException;
import java.nio.file.Path;

import io.github.isophene.demo.DemoFiles;
import io.github.isophene.demo.DemoWriter;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.Screen;

/**
 * Makes virtual plates: real cells of known classes, with known technical effects. Wells of the source screen are
 * resampled onto plates; a source well is either in training batches or in held-out batches, never in both.
 *
 * @param table the screen table, {@code screen.csv}
 * @param truth what was done to every field, {@code truth.csv}; {@code truth.json} lies beside it
 * @param screen the screen that the table describes
 */
public record VirtualPlates(Path table, Path truth, Screen screen) {

	/**
	 * Writes virtual plates: for every field one 16-bit TIFF per channel, the truth about every field, and at last the
	 * screen table. The same source and options give the same bytes. Uses all processors; blocks until done.
	 *
	 * @param source screen of real wells
	 * @param folder made if need be; virtual plates of the same options in it are written again, or completed
	 *          if there is no screen table yet
	 * @param readers readers of the source's images
	 * @throws IOException if a source field cannot be read, or the folder holds a different screen or cannot be written
	 *           to
	 * @throws IllegalArgumentException if the options don't fit the source; the message names the key or the class
	 * @throws java.util.concurrent.CancellationException if stopped; there is no screen table then
	 */
	public static VirtualPlates write(final Screen source, final Path folder, final VirtualPlateOptions options,
		final FieldReaders readers, final Progress progress) throws IOException
	{
		return write(source, folder, options, readers, progress, Runtime.getRuntime().availableProcessors());
	}

	static VirtualPlates write(final Screen source, final Path folder, final VirtualPlateOptions options,
		final FieldReaders readers, final Progress progress, final int threads) throws IOException
	{
		final VirtualPlan plan = VirtualPlan.of(source, options);
		final int measured = plan.wells().all().size();
		final int total = measured + options.batches() * options.plates() * options.wells() * options.fields();
		final SourcePixels pixels = SourcePixels.measure(plan.wells().all(), plan.channels(), options.size(), readers,
			progress.part("", 0, measured, total));
		final Screen screen = new DemoWriter(new VirtualContent(plan, pixels), folder, threads)
			.write(progress.part("", measured, total, total));
		return new VirtualPlates(folder.resolve(DemoFiles.TABLE), folder.resolve(DemoFiles.TRUTH_TABLE), screen);
	}
}
