// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.Selection;
import net.imglib2.RandomAccessibleInterval;

/**
 * Scaling of the intensities of a plate's fields: image by image, by the plate's control wells, or by all of
 * its wells.
 */
@FunctionalInterface
public interface FieldScaling {

	/** Threads that read the wells of a plate at most. */
	int MOST_THREADS = 8;

	/**
	 * The scales of an image.
	 *
	 * @param image [X, Y, C] of a field of the plate
	 * @return one scale per channel
	 */
	ChannelScale[] of(RandomAccessibleInterval<?> image);

	/**
	 * Returns the scaling of a plate. Reads its control wells, or all of its wells, if the intensity is taken from
	 * them: one field per thread at a time, into histograms whose size does not depend on their number.
	 *
	 * @param plate the plate's name, for messages
	 * @param fields all fields of the plate
	 * @param controls which of them are controls; may be none if the intensity needs none
	 * @param check called before each field is read; may throw, to end the work
	 * @throws IOException if the plate has no control wells, or no field that can be read
	 */
	static FieldScaling ofPlate(final Intensity intensity, final String plate, final List<Field> fields,
		final Selection controls, final ChannelReader reader, final Runnable check) throws IOException
	{
		if (!intensity.isOfPlate()) return intensity::fit;
		final boolean all = !intensity.needsControls();
		final List<Field> read = all ? fields : fields.stream().filter(controls::test).toList();
		final PlateIntensity fit = new PlateIntensity(intensity);
		final String[] failures = new String[read.size()];
		// Threads of its own: whoever asks may be one of a pool whose others wait for this scaling.
		final ExecutorService threads = Executors.newFixedThreadPool(
			Math.max(1, Math.min(MOST_THREADS, Math.min(read.size(), Runtime.getRuntime().availableProcessors()))));
		try {
			final List<Future<?>> parts = new ArrayList<>();
			for (int i = 0; i < read.size(); i++) {
				final int index = i;
				parts.add(threads.submit(() -> {
					check.run();
					try {
						fit.add(reader.read(read.get(index)));
					}
					catch (final IOException exc) {
						failures[index] = exc.getMessage();
					}
				}));
			}
			for (final Future<?> part : parts) part.get();
		}
		catch (final InterruptedException exc) {
			Thread.currentThread().interrupt();
			throw new CancellationException("Canceled while the intensities of plate " + plate + " were measured");
		}
		catch (final ExecutionException exc) {
			if (exc.getCause() instanceof RuntimeException cause) throw cause;
			if (exc.getCause() instanceof Error cause) throw cause;
			throw new IllegalStateException(exc.getCause());
		}
		finally {
			threads.shutdownNow();
		}
		if (fit.fields() == 0) {
			final String failure = Arrays.stream(failures).filter(Objects::nonNull).findFirst().orElse(null);
			throw new IOException("Plate " + plate + " has no " + (failure == null ? "" : "readable ") +
				(all ? "field" : "control well (" + controls + ")") + ", from which its intensities are to be taken" +
				(failure == null //
					? ": choose other controls or another intensity"
					: ": " + failure));
		}
		final ChannelScale[] scales = fit.scales();
		return image -> scales;
	}
}
