// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.util.Arrays;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import org.scijava.plugin.Plugin;

/**
 * From one percentile of the plate's control wells to another, per channel.
 */
@Plugin(type = Intensity.class)
public final class PlatePercentile extends SpecifiedIntensity {

	private final double low;
	private final double high;

	/**
	 * @param low percentile that becomes 0
	 * @param high percentile that becomes 1
	 */
	public PlatePercentile(final double low, final double high) {
		new Percentile(low, high);
		this.low = low;
		this.high = high;
	}

	/** From the 0.1st to the 99.9th percentile. */
	public PlatePercentile() {
		this(0.1, 99.9);
	}

	@Override
	public Intensity of(final String name, final List<String> values) {
		final double[] q = Percentile.percentiles(name, values);
		return new PlatePercentile(q[0], q[1]);
	}

	@Override
	public List<String> forms() {
		return List.of("plate-percentile:0.1:99.9");
	}

	@Override
	public String spec() {
		return "plate-" + percentile().spec();
	}

	@Override
	public boolean needsControls() {
		return true;
	}

	@Override
	public ChannelScale[] fit(final RandomAccessibleInterval<?> image) {
		throw new IllegalStateException(spec() +
			" is fitted to the control wells of a plate, not to one image: name the controls, or choose " + percentile()
				.spec());
	}

	@Override
	public ChannelScale[] fit(final Ranks[] controls) {
		final Percentile percentile = percentile();
		return Arrays.stream(controls).map(percentile::scale).toArray(ChannelScale[]::new);
	}

	/** What is done with the plate's values. */
	Percentile percentile() {
		return new Percentile(low, high);
	}
}
