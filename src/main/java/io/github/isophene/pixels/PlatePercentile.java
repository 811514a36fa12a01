// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import net.imglib2.RandomAccessibleInterval;

/**
 * From one percentile of the plate's control wells to another, per channel.
 *
 * @param low percentile that becomes 0
 * @param high percentile that becomes 1
 */
record PlatePercentile(double low, double high) implements Intensity {

	PlatePercentile {
		new Percentile(low, high);
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

	/** What is done with the plate's values. */
	Percentile percentile() {
		return new Percentile(low, high);
	}
}
