// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo.virtual;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.isophene.numerics.Parallel;
import io.github.isophene.pixels.ChannelScale;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.PlateIntensity;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.Field;
import net.imglib2.RandomAccess;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.RealType;

/**
 * Pixels of the source wells, as counts of the simulator's camera above black. Black and unit are those of a source
 * plate and channel: the 1st percentile of all of its pixels becomes 0, the 99.9th becomes {@value #SIGNAL}.
 */
final class SourcePixels {

	/**
	 * Counts of the 99.9th percentile above the 1st in simulated fields: the rounded mean of four channels (2225, 1236,
	 * 1400, 1503 without technical effects).
	 */
	static final int SIGNAL = 1600;

	private static final String PERCENTILES = "plate-percentile:1:99.9";
	/** Digits that are kept of black and unit, so that the truth has exactly what is applied. */
	private static final MathContext DIGITS = new MathContext(9);

	/**
	 * Scale of one channel of one source plate.
	 *
	 * @param black raw value without light
	 * @param unit raw values per count of the simulator's camera
	 */
	record SourceUnit(BigDecimal black, BigDecimal unit) {}

	private final FieldReaders readers;
	private final Map<String, List<SourceUnit>> units = new TreeMap<>();
	private final Map<String, int[]> sizes;

	private SourcePixels(final FieldReaders readers, final Map<String, int[]> sizes) {
		this.readers = readers;
		this.sizes = sizes;
	}

	/**
	 * Reads every field once.
	 *
	 * @param channels names of the channels
	 * @param size height and width of crops in pixels
	 * @throws IOException if a field cannot be read or is smaller than a crop, or a channel is constant; the message
	 *           names the file or the plate
	 */
	static SourcePixels measure(final List<SourceWell> wells, final List<String> channels, final int size,
		final FieldReaders readers, final Progress progress) throws IOException
	{
		final List<Field> fields = new ArrayList<>();
		final Map<String, PlateIntensity> plates = new TreeMap<>();
		for (final SourceWell well : wells) {
			fields.addAll(well.fields());
			plates.computeIfAbsent(well.plate(), k -> new PlateIntensity(Intensity.parse(PERCENTILES)));
		}
		final int[][] found = new int[fields.size()][];
		final AtomicInteger done = new AtomicInteger();
		try {
			Parallel.run(fields.size(), i -> {
				progress.check();
				found[i] = measure(fields.get(i), size, readers, plates);
				synchronized (done) {
					progress.report("Measuring source field " + done.incrementAndGet() + " of " + fields.size(),
						done.get(), fields.size());
				}
			});
		}
		catch (final UncheckedIOException e) {
			throw e.getCause();
		}
		final Map<String, int[]> sizes = new TreeMap<>();
		for (int i = 0; i < found.length; i++) sizes.put(fields.get(i).label(), found[i]);
		final SourcePixels pixels = new SourcePixels(readers, sizes);
		for (final Map.Entry<String, PlateIntensity> plate : plates.entrySet()) {
			pixels.units.put(plate.getKey(), units(plate.getKey(), plate.getValue().scales(), channels));
		}
		return pixels;
	}

	private static int[] measure(final Field field, final int size, final FieldReaders readers,
		final Map<String, PlateIntensity> plates)
	{
		try {
			final Img<?> image = readers.read(field);
			final int width = (int) image.dimension(0);
			final int height = (int) image.dimension(1);
			if (width < size || height < size)
				throw new IOException(field.location() + " has " + width + " x " + height + " pixels: size = " + size +
					" must be " + Math.min(width, height) + " at most");
			plates.get(field.plate()).add(image);
			return new int[]{width, height};
		}
		catch (final IllegalArgumentException e) {
			throw new UncheckedIOException(new IOException(field.location() + ": " + e.getMessage(), e));
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static List<SourceUnit> units(final String plate, final ChannelScale[] scales, final List<String> channels)
		throws IOException
	{
		final List<SourceUnit> units = new ArrayList<>();
		for (int c = 0; c < scales.length; c++) {
			if (!(scales[c].high() > scales[c].low()))
				throw new IOException("Plate " + plate + ": channel " + channels.get(c) +
					" has no signal: its 1st and 99.9th percentile are both " + scales[c].low() +
					". Leave the channel or the plate out of the screen table");
			units.add(new SourceUnit(decimal(scales[c].low()), decimal((scales[c].high() - scales[c].low()) / SIGNAL)));
		}
		return units;
	}

	private static BigDecimal decimal(final double value) {
		return new BigDecimal(value, DIGITS).stripTrailingZeros();
	}

	/** Returns the scales of every source plate, one per channel. */
	Map<String, List<SourceUnit>> units() {
		return units;
	}

	/** Returns width and height of a field in pixels. */
	int[] size(final Field field) {
		return sizes.get(field.label());
	}

	/**
	 * Reads a crop.
	 *
	 * @return one plane per channel in counts above black, [size * size] row by row; non-finite pixels are black
	 */
	List<float[]> crop(final Field field, final Crop crop, final int size) throws IOException {
		final Img<?> image = readers.read(field);
		final int[] known = size(field);
		if (image.dimension(0) != known[0] || image.dimension(1) != known[1])
			throw new IOException(field.location() + " has changed during the run: start again in a new folder");
		final List<SourceUnit> scales = units.get(field.plate());
		final RandomAccess<?> access = image.randomAccess();
		final List<float[]> planes = new ArrayList<>();
		for (int c = 0; c < scales.size(); c++) {
			final double black = scales.get(c).black().doubleValue();
			final double unit = scales.get(c).unit().doubleValue();
			final float[] plane = new float[size * size];
			access.setPosition(c, 2);
			for (int p = 0; p < plane.length; p++) {
				access.setPosition(crop.column(p % size, p / size, size), 0);
				access.setPosition(crop.row(p % size, p / size, size), 1);
				final double value = ((RealType<?>) access.get()).getRealDouble();
				plane[p] = Double.isFinite(value) ? (float) ((value - black) / unit) : 0;
			}
			planes.add(plane);
		}
		return planes;
	}
}
