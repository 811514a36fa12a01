// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import net.imglib2.RandomAccessibleInterval;
import org.scijava.plugin.Plugin;

/**
 * (v - mean) / sd with given numbers.
 */
@Plugin(type = Intensity.class)
public final class Fixed extends SpecifiedIntensity {

	private static final String NAME = "fixed";
	private static final String MEANS = "means";
	private static final String SDS = "sds";
	private static final List<Setting> SETTINGS = List.of(
		Setting.text(MEANS, "", "one per channel, separated by commas, or one for all"),
		Setting.text(SDS, "", "as many, each above 0"));

	private final List<Double> means;
	private final List<Double> sds;

	/**
	 * @param means one per channel, or one for all
	 * @param sds as many, each above 0
	 */
	public Fixed(final List<Double> means, final List<Double> sds) {
		this.means = List.copyOf(means);
		this.sds = List.copyOf(sds);
		if (means.size() != sds.size()) {
			throw new IllegalArgumentException("there are " + means.size() + " means, but " + sds.size() + " sds");
		}
		for (final double sd : sds) {
			if (!(sd > 0)) throw new IllegalArgumentException("an sd must be above 0, but is " + sd);
		}
	}

	/** Reads the values behind the name: {@code MEANS:SDS}. */
	static Fixed parse(final String values) {
		return of(Settings.parse(NAME, SETTINGS, List.of(values.split(":", -1))));
	}

	/** Leaves values as they are. */
	public Fixed() {
		this(List.of(0.0), List.of(1.0));
	}

	@Override
	public Intensity of(final String name, final Settings settings) {
		return of(settings);
	}

	private static Fixed of(final Settings settings) {
		return new Fixed(numbers(settings, MEANS), numbers(settings, SDS));
	}

	@Override
	public boolean isFixed() {
		return true;
	}

	@Override
	public List<String> names() {
		return List.of(NAME);
	}

	@Override
	public List<Setting> settings() {
		return SETTINGS;
	}

	@Override
	public String spec() {
		return NAME + ":" + text(means) + ":" + text(sds);
	}

	@Override
	public int channels() {
		return means.size() == 1 ? 0 : means.size();
	}

	@Override
	public ChannelScale[] fit(final RandomAccessibleInterval<?> image) {
		final ChannelScale[] raw = new ChannelScale[PixelBlocks.of(image).channels()];
		Arrays.fill(raw, ChannelScale.linear(0, 1));
		return after(raw);
	}

	/** Scales, each followed by its channel's mean and sd. */
	ChannelScale[] after(final ChannelScale[] scales) {
		requireChannels(scales.length);
		final ChannelScale[] after = new ChannelScale[scales.length];
		for (int c = 0; c < after.length; c++) {
			final int i = means.size() == 1 ? 0 : c;
			after[c] = scales[c].then(means.get(i), sds.get(i));
		}
		return after;
	}

	private static List<Double> numbers(final Settings settings, final String name) {
		try {
			return Arrays.stream(settings.text(name).split(",", -1)).map(SpecNumbers::parse).toList();
		}
		catch (final IllegalArgumentException e) {
			throw settings.wrong(name, "numbers separated by commas, as in fixed:0.09,0.08:0.11,0.10");
		}
	}

	private static String text(final List<Double> numbers) {
		return numbers.stream().map(SpecNumbers::format).collect(Collectors.joining(","));
	}
}
