// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.intensity;

import java.util.List;

import io.github.isophene.pixels.ChannelScale;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.PixelBlocks;
import io.github.isophene.pixels.Ranks;
import io.github.isophene.pixels.SpecNumbers;
import io.github.isophene.pixels.SpecifiedIntensity;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import net.imglib2.RandomAccessibleInterval;
import org.scijava.plugin.Plugin;

/**
 * From one percentile to another, per image and channel.
 */
@Plugin(type = Intensity.class)
public final class Percentile extends SpecifiedIntensity {

	private static final String LOW = "low";
	private static final String HIGH = "high";
	/** Percentiles that become 0 and 1. */
	static final List<Setting> SETTINGS = List.of(Setting.number(LOW, 0.1, 0, 100, "percentile that becomes 0"),
		Setting.number(HIGH, 99.9, 0, 100, "percentile that becomes 1"));

	private final double low;
	private final double high;

	/**
	 * @param low percentile that becomes 0
	 * @param high percentile that becomes 1
	 */
	public Percentile(final double low, final double high) {
		if (!(low >= 0 && low < high && high <= 100)) {
			throw new IllegalArgumentException(
				"percentiles rise and lie between 0 and 100, but are " + low + " and " + high);
		}
		this.low = low;
		this.high = high;
	}

	/** From the 0.1st to the 99.9th percentile. */
	public Percentile() {
		this(0.1, 99.9);
	}

	/** Returns the percentiles that a user has set. */
	static Percentile of(final Settings settings) {
		final double low = settings.number(LOW);
		if (!(low < settings.number(HIGH)))
			throw settings.wrong(HIGH, "above " + LOW + ", which is " + settings.text(LOW));
		return new Percentile(low, settings.number(HIGH));
	}

	@Override
	public Intensity of(final String name, final Settings settings) {
		return of(settings);
	}

	@Override
	public List<String> names() {
		return List.of("percentile");
	}

	@Override
	public List<Setting> settings() {
		return SETTINGS;
	}

	@Override
	public String description(final String name) {
		return "from percentile to percentile of each image by itself; differences in brightness between wells are " +
			"lost";
	}

	@Override
	public String spec() {
		return "percentile:" + SpecNumbers.format(low) + ":" + SpecNumbers.format(high);
	}

	@Override
	public ChannelScale[] fit(final RandomAccessibleInterval<?> image) {
		final PixelBlocks blocks = PixelBlocks.of(image);
		final ChannelScale[] scales = new ChannelScale[blocks.channels()];
		for (int c = 0; c < scales.length; c++) scales[c] = scale(Ranks.of(blocks, c));
		return scales;
	}

	/** The scale of values whose ranks are known. */
	ChannelScale scale(final Ranks ranks) {
		if (ranks.count() == 0) return ChannelScale.clamped(0, 0);
		return ChannelScale.clamped(ranks.percentile(low), ranks.percentile(high));
	}
}
