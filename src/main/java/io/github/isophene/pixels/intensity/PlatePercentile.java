// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.intensity;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.isophene.pixels.ChannelScale;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.Ranks;
import io.github.isophene.pixels.SpecifiedIntensity;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import net.imglib2.RandomAccessibleInterval;
import org.scijava.plugin.Plugin;

/** From one percentile to another, per channel, of the pixels of many fields of a plate. */
@Plugin(type = Intensity.class)
public final class PlatePercentile extends SpecifiedIntensity {

	private static final String AUTO = "auto";
	private static final Map<String, Reference> REFERENCES = Map.of("control-percentile", Reference.CONTROLS,
		"plate-percentile", Reference.PLATE, AUTO, Reference.AUTO);

	private final Reference reference;
	private final Percentile percentile;

	/**
	 * @param reference whose pixels, not {@code IMAGE}
	 * @param percentile arithmetic on their values
	 */
	public PlatePercentile(final Reference reference, final Percentile percentile) {
		this.reference = reference;
		this.percentile = percentile;
	}

	/** From the 0.1st to the 99.9th percentile of the first reference that a screen allows. */
	public PlatePercentile() {
		this(Reference.AUTO, new Percentile());
	}

	@Override
	public List<String> names() {
		return List.of(AUTO, "control-percentile", "plate-percentile");
	}

	@Override
	public List<Setting> settings() {
		return Percentile.SETTINGS;
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
	public Intensity of(final String name, final Settings settings) {
		return new PlatePercentile(REFERENCES.get(name), Percentile.of(settings));
	}

	@Override
	public String spec() {
		final String name = REFERENCES.entrySet()
			.stream()
			.filter(e -> e.getValue() == reference)
			.findFirst()
			.orElseThrow()
			.getKey();
		return percentile.spec().replaceFirst("percentile", name);
	}

	@Override
	public Reference reference() {
		return reference;
	}

	@Override
	public Intensity of(final Reference other) {
		return other == Reference.IMAGE ? percentile : new PlatePercentile(other, percentile);
	}

	@Override
	public ChannelScale[] fit(final RandomAccessibleInterval<?> image) {
		// Of a single image there is only itself.
		if (reference == Reference.AUTO) return percentile.fit(image);
		throw new IllegalStateException(
			spec() + " is fitted to " + (reference == Reference.CONTROLS ? "the control wells of" : "all wells of") +
				" a plate, not to one image: choose " + percentile.spec());
	}

	@Override
	public ChannelScale[] fit(final Ranks[] plate) {
		return Arrays.stream(plate).map(percentile::scale).toArray(ChannelScale[]::new);
	}
}
