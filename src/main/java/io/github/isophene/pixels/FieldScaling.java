// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

import io.github.isophene.pixels.file.Depth;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Selection;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;

/**
 * Scaling of the intensities of a plate's fields: image by image, by the plate's control wells, or by all of
 * its wells.
 */
@FunctionalInterface
public interface FieldScaling {

	/** Threads that read the wells of a plate at most. */
	int MOST_THREADS = 8;

	/** Listener for the fields from which a plate's scaling is taken. */
	@FunctionalInterface
	interface Reading {

		/** Hears nothing. */
		Reading NONE = (done, total) -> {};

		/**
		 * Takes notice of a number of fields; called by the thread that asks for the scaling, before the first field
		 * and after each. May throw, to end the work.
		 */
		void read(int done, int total);
	}

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
	 * @throws PlateScalingException if the plate has no control wells, or none that can be read, or wells of different
	 *           pixel types; the message names the plate and a field from which the scaling was to be taken
	 */
	static FieldScaling ofPlate(final Intensity intensity, final String plate, final List<Field> fields,
		final Selection controls, final ChannelReader reader, final Runnable check) throws PlateScalingException
	{
		return ofPlate(intensity, plate, fields, controls, reader, check, Reading.NONE);
	}

	/** As above, with a listener for the fields that are read. */
	static FieldScaling ofPlate(final Intensity intensity, final String plate, final List<Field> fields,
		final Selection controls, final ChannelReader reader, final Runnable check, final Reading reading)
		throws PlateScalingException
	{
		if (!intensity.isOfPlate()) return intensity::fit;
		final boolean all = !intensity.needsControls();
		final List<Field> read = all ? fields : fields.stream().filter(controls::test).toList();
		final PlateIntensity fit = new PlateIntensity(intensity);
		final String[] failures = new String[read.size()];
		final Depth[] types = new Depth[read.size()];
		// Threads of its own: whoever asks may be one of a pool whose others wait for this scaling.
		final ExecutorService threads = Executors.newFixedThreadPool(
			Math.max(1, Math.min(MOST_THREADS, Math.min(read.size(), Runtime.getRuntime().availableProcessors()))));
		try {
			final List<Future<?>> parts = new ArrayList<>();
			for (int i = 0; i < read.size(); i++) {
				final int index = i;
				parts.add(threads.submit(() -> {
					check.run();
					final Img<?> image;
					try {
						image = reader.read(read.get(index));
					}
					catch (final IOException | RuntimeException exc) {
						failures[index] = exc.getMessage() == null ? exc.toString() : exc.getMessage();
						return;
					}
					types[index] = PixelBlocks.of(image).depth();
					try {
						fit.add(image);
					}
					catch (final IllegalArgumentException exc) {
						// Of another type than one before: told below, in the order of the fields.
						failures[index] = exc.getMessage();
					}
				}));
			}
			for (int i = 0; i < parts.size(); i++) {
				reading.read(i, parts.size());
				parts.get(i).get();
			}
			reading.read(parts.size(), parts.size());
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
		final String wells = (all ? "field" : "control field") + "s" + (all ? "" : " (" + controls + ")");
		if (read.isEmpty())
			throw new PlateScalingException(plate, "it has no " + wells + ", from which the scaling is to be taken: " +
				"choose other controls or another intensity");
		final int first = indexOf(types, type -> type != null);
		if (first < 0)
			throw new PlateScalingException(plate, "none of its " + read.size() + " " + wells +
				", from which the scaling is taken, can be read; the first, " + reason(read.get(0), failures[0]));
		final int other = indexOf(types, type -> type != null && type != types[first]);
		if (other >= 0)
			throw new PlateScalingException(plate, "of its " + wells + ", from which the scaling is taken, " +
				read.get(first).label() + " is " + types[first] + ", but " + read.get(other).label() + " is " +
				types[other] + ": export all fields of a plate with the same type");
		final ChannelScale[] scales = fit.scales();
		return image -> scales;
	}

	private static int indexOf(final Depth[] types, final Predicate<Depth> wanted) {
		for (int i = 0; i < types.length; i++) if (wanted.test(types[i])) return i;
		return -1;
	}

	private static String reason(final Field field, final String reason) {
		return reason.startsWith(field.label()) ? reason : field.label() + ": " + reason;
	}
}
