// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.github.isophene.files.ScratchFile;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.RawPixels;
import io.github.isophene.pixels.ScreenFields;
import io.github.isophene.pixels.TileCache;
import io.github.isophene.progress.Progress;

/**
 * The fields of a screen as tiles to train on: decoded once into a {@link TileCache}, and
 * perhaps standardized. Thread-safe once it is set up.
 * <pre>
 * try (ScreenTiles tiles = new ScreenTiles(fields, memory, model)) {
 *   tiles.standardize(split.training(), Progress.NONE);
 *   TileSource source = new AugmentedTiles(tiles, tiles.count(), tiles.channels(), Augmentation.all(256));
 * }
 * </pre>
 */
public final class ScreenTiles implements AugmentedTiles.DecodedImages, AutoCloseable {

	/** Images that are looked at together, by as many threads as there are: few, as a large image takes a second. */
	private static final int CHUNK = 2 * Math.max(4, Runtime.getRuntime().availableProcessors());

	private static final Supplier<String> CANCELED = () -> //
	"Canceled while reading images; nothing has been trained yet";

	private final ScreenFields fields;
	private final ScratchFile scratch;
	private final TileCache<PackedFields.Lines> cache;
	private int firstSize;
	private double[] means;
	private double[] sds;
	private Intensity intensity;

	/**
	 * @param fields tile i is field i
	 * @param memory bytes of decoded images to keep in memory; 0: a third of what Java may have
	 * @param output what is going to be written: what doesn't fit into memory goes beside it
	 */
	public ScreenTiles(final ScreenFields fields, final long memory, final Path output) throws IOException {
		this.fields = fields;
		intensity = fields.intensity();
		scratch = ScratchFile.beside(output, ScratchFile.CAPACITY);
		cache = new TileCache<>(fields.size(), new PackedFields(fields),
			memory > 0 ? memory : Runtime.getRuntime().maxMemory() / 3, scratch);
	}

	/**
	 * Finds the scales of intensities that plates have by their control wells, or by all of their wells. Without it
	 * they are found when an image of the plate is read first, and nobody is told.
	 *
	 * @throws IOException if a plate has no such wells
	 * @throws java.util.concurrent.CancellationException if the work should stop
	 */
	public void measure(final Progress progress) throws IOException {
		if (!fields.intensity().isOfPlate()) return;
		for (int i = 0; i < fields.size(); i++) {
			final String plate = fields.field(i).plate();
			fields.measure(i, (done, total) -> {
				progress.check(CANCELED);
				progress.report("Measuring the intensities of plate " + plate + ", field " + done + " of " + total);
			});
		}
	}

	/**
	 * Takes out each channel's mean and standard deviation over all pixels of some samples, as
	 * published; they become part of the {@link #intensity}. Reads these samples.
	 *
	 * @param samples those of the training part alone, so that nothing is learned from others
	 * @throws java.util.concurrent.CancellationException if the work should stop
	 */
	public void standardize(final int[] samples, final Progress progress) throws IOException {
		final PixelMoments moments = new PixelMoments();
		for (int from = 0; from < samples.length; from += CHUNK) {
			progress.check(CANCELED);
			final int[] some = Arrays.copyOfRange(samples, from, Math.min(samples.length, from + CHUNK));
			final PixelMoments.Sums[] sums = new PixelMoments.Sums[some.length];
			try {
				IntStream.range(0, some.length).parallel().forEach(i -> sums[i] = sums(some[i]));
			}
			catch (final UncheckedIOException e) {
				throw e.getCause();
			}
			for (final PixelMoments.Sums s : sums) moments.add(s);
			final int done = from + some.length;
			progress.report("Reading images, " + done + " of " + samples.length, done, samples.length);
		}
		means = moments.means();
		sds = moments.sds();
		intensity = fields.intensity().then(means, sds);
	}

	private PixelMoments.Sums sums(final int sample) {
		try {
			return PixelMoments.Sums.of(packed(sample));
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Returns the scaling of raw values to those of the tiles: what a model must know. */
	public Intensity intensity() {
		return intensity;
	}

	/** Returns the number of times that a field has been decoded for a tile; those whose scales are measured apart. */
	int decoded() {
		return cache.decoded();
	}

	/** Returns the number of fields. */
	public int count() {
		return fields.size();
	}

	/** Number of channels of every tile. */
	public int channels() {
		return fields.channels().size();
	}

	/**
	 * The side of the largest square in the first field, which other fields may be larger or smaller than.
	 *
	 * @throws IOException if it can't be read
	 */
	public int firstSize() throws IOException {
		if (firstSize == 0) {
			final long[] first = fields.size(0);
			firstSize = Math.toIntExact(Math.min(first[0], first[1]));
		}
		return firstSize;
	}

	@Override
	public PackedTile tile(final int sample) throws IOException {
		return means == null ? packed(sample) : packed(sample).standardized(means, sds);
	}

	private PackedTile packed(final int sample) throws IOException {
		final RawPixels pixels = cache.pixels(sample, 0);
		return cache.layout(sample).tile(pixels);
	}

	@Override
	public String name(final int sample) {
		return fields.field(sample).location();
	}

	/** Deletes what is on disk. */
	@Override
	public void close() throws IOException {
		scratch.close();
	}
}
