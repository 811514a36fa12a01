// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.util.Map;

import net.imglib2.RandomAccessibleInterval;

/**
 * From one percentile to another, per channel, of the pixels of many fields of a plate.
 *
 * @param reference whose pixels, not {@code IMAGE}
 * @param low percentile that becomes 0
 * @param high percentile that becomes 1
 */
record PlatePercentile(Reference reference, double low, double high) implements Intensity {

	private static final Map<Reference, String> NAMES = Map.of(Reference.CONTROLS, "control-percentile", Reference.PLATE,
		"plate-percentile", Reference.AUTO, "auto");

	PlatePercentile {
		new Percentile(low, high);
	}

	/** Returns the reference that a name stands for. */
	static Reference reference(final String name) {
		return NAMES.entrySet().stream().filter(e -> e.getValue().equals(name)).findFirst().orElseThrow().getKey();
	}

	@Override
	public String spec() {
		return percentile().spec().replaceFirst("percentile", NAMES.get(reference));
	}

	@Override
	public Intensity of(final Reference other) {
		return other == Reference.IMAGE ? percentile() : new PlatePercentile(other, low, high);
	}

	@Override
	public ChannelScale[] fit(final RandomAccessibleInterval<?> image) {
		// Of a single image there is only itself.
		if (reference == Reference.AUTO) return percentile().fit(image);
		throw new IllegalStateException(spec() + " is fitted to " + (reference == Reference.CONTROLS ? "the control wells of"
			: "all wells of") + " a plate, not to one image: choose " + percentile().spec());
	}

	/** Arithmetic on the plate's values. */
	Percentile percentile() {
		return new Percentile(low, high);
	}
}
