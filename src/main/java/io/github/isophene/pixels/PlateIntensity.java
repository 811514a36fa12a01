// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import io.github.isophene.messages.Count;
import net.imglib2.RandomAccessibleInterval;

/**
 * Fit of an intensity that {@linkplain Intensity#isOfPlate() is of a plate} to
 * control fields of the plate, or all of its fields; the scales then hold for all its fields.
 *
 * <pre>
 * PlateIntensity plate = new PlateIntensity(Intensity.parse("control-percentile:0.1:99.9"));
 * for (Field control : controls) plate.add(readers.read(control));
 * ChannelScale[] scales = plate.scales();
 * </pre>
 *
 * Holds a histogram of 65,536 bins per channel (0.5 MB), however many fields
 * there are. The order of fields and threads doesn't matter. For 8 and 16 bit the
 * percentiles are exact; for other types they are known to within 0.4 % of their
 * value, because that many floats share a bin. Thread-safe.
 */
public final class PlateIntensity {

	private final Intensity intensity;
	private Histogram[] histograms;
	private long fields;

	/**
	 * For one plate.
	 *
	 * @throws IllegalArgumentException if the intensity is not of a plate
	 */
	public PlateIntensity(final Intensity intensity) {
		if (!intensity.isOfPlate()) {
			throw new IllegalArgumentException(intensity.spec() + " is not of a plate: fit it to each image");
		}
		this.intensity = intensity;
	}

	/**
	 * Adds a field of the plate.
	 *
	 * @param image [X, Y, C], or [X, Y] for one channel
	 * @throws IllegalArgumentException if its channels or its type differ from the
	 *           fields before
	 */
	public void add(final RandomAccessibleInterval<?> image) {
		final PixelBlocks blocks = PixelBlocks.of(image);
		final Histogram[] added = new Histogram[blocks.channels()];
		for (int c = 0; c < added.length; c++) added[c] = Histogram.of(blocks, c);
		synchronized (this) {
			if (histograms == null) histograms = added;
			else merge(added);
			fields++;
		}
	}

	/** Number of fields added. */
	public synchronized long fields() {
		return fields;
	}

	/**
	 * The scales of the plate, one per channel.
	 *
	 * @throws IllegalStateException if no field was added
	 */
	public synchronized ChannelScale[] scales() {
		if (histograms == null) {
			throw new IllegalStateException(intensity.spec() + " needs fields of the plate, but there are none");
		}
		return intensity.fit((Ranks[]) histograms);
	}

	private void merge(final Histogram[] added) {
		if (added.length != histograms.length) {
			throw new IllegalArgumentException(
				"A field has " + Count.of(added.length, "channel") + ", those before have " + histograms.length);
		}
		if (added.length > 0 && added[0].depth() != histograms[0].depth()) {
			throw new IllegalArgumentException("A field is " + added[0].depth() + ", those before are " +
				histograms[0].depth() + ": export all fields of a plate with the same type");
		}
		for (int c = 0; c < added.length; c++) histograms[c].add(added[c]);
	}
}
