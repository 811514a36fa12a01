// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.intensity;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.isophene.pixels.ChannelScale;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.Ranks;
import io.github.isophene.pixels.SpecifiedIntensity;
import net.imglib2.RandomAccessibleInterval;
import org.scijava.plugin.Plugin;

/** From one percentile to another, per channel, of the pixels of many fields of a plate. */
@Plugin(type = Intensity.class)
public final class PlatePercentile extends SpecifiedIntensity {

	private static final String AUTO = "auto";
	private static final Map<String, Reference> REFERENCES = Map.of("control-percentile", Reference.CONTROLS,
		"plate-percentile", Reference.PLATE, AUTO, Reference.AUTO);

	private final Reference reference;
	private final double low;
	private final double high;

	/**
	 * @param reference whose pixels, not {@code IMAGE}
	 * @param low percentile that becomes 0
	 * @param high percentile that becomes 1
	 */
	public PlatePercentile(final Reference reference, final double low, final double high) {
		new Percentile(low, high);
		this.reference = reference;
		this.low = low;
		this.high = high;
	}

	/** From the 0.1st to the 99.9th percentile of the first reference that a screen allows. */
	public PlatePercentile() {
		this(Reference.AUTO, 0.1, 99.9);
	}

	@Override
	public List<String> forms() {
		return List.of(AUTO, "control-percentile:0.1:99.9", "plate-percentile:0.1:99.9");
	}

	@Override
	public String description(final String name) {
		return switch (REFERENCES.get(name)) {
			case CONTROLS -> "from percentile to percentile of each plate's control wells: keeps differences between " +
				"wells";
			case PLATE -> "from percentile to percentile of all wells of each plate: needs no controls";
			default -> "the first that the screen allows: control wells, else the plate, else each image by itself";
		};
	}

	@Override
	public Intensity of(final String name, final List<String> values) {
		if (name.equals(AUTO) && values.isEmpty()) return new PlatePercentile();
		final double[] q = Percentile.percentiles(name, values);
		return new PlatePercentile(REFERENCES.get(name), q[0], q[1]);
	}

	@Override
	public String spec() {
		final String name = REFERENCES.entrySet()
			.stream()
			.filter(e -> e.getValue() == reference)
			.findFirst()
			.orElseThrow()
			.getKey();
		return percentile().spec().replaceFirst("percentile", name);
	}

	@Override
	public Reference reference() {
		return reference;
	}

	@Override
	public Intensity of(final Reference other) {
		return other == Reference.IMAGE ? percentile() : new PlatePercentile(other, low, high);
	}

	@Override
	public ChannelScale[] fit(final RandomAccessibleInterval<?> image) {
		// Of a single image there is only itself.
		if (reference == Reference.AUTO) return percentile().fit(image);
		throw new IllegalStateException(
			spec() + " is fitted to " + (reference == Reference.CONTROLS ? "the control wells of" : "all wells of") +
				" a plate, not to one image: choose " + percentile().spec());
	}

	@Override
	public ChannelScale[] fit(final Ranks[] plate) {
		final Percentile percentile = percentile();
		return Arrays.stream(plate).map(percentile::scale).toArray(ChannelScale[]::new);
	}

	/** Arithmetic on the plate's values. */
	Percentile percentile() {
		return new Percentile(low, high);
	}
}
