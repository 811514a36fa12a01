// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import net.imglib2.RandomAccessibleInterval;
import org.scijava.plugin.Plugin;

/**
 * (v - mean) / sd with given numbers.
 */
@Plugin(type = Intensity.class)
public final class Fixed extends SpecifiedIntensity {

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

	/** Reads {@code fixed:MEANS:SDS}. */
	static Fixed parse(final String spec) {
		final String[] parts = spec.split(":", -1);
		if (parts.length != 3 || !parts[0].equals("fixed")) {
			throw new IllegalArgumentException("write fixed:MEANS:SDS, as in fixed:0.09,0.08:0.11,0.10");
		}
		return new Fixed(numbers(parts[1]), numbers(parts[2]));
	}

	/** Leaves values as they are. */
	public Fixed() {
		this(List.of(0.0), List.of(1.0));
	}

	@Override
	public Intensity of(final String name, final List<String> values) {
		return parse(name + ":" + String.join(":", values));
	}

	@Override
	public boolean isFixed() {
		return true;
	}

	@Override
	public List<String> forms() {
		return List.of("fixed:MEANS:SDS");
	}

	@Override
	public String spec() {
		return "fixed:" + text(means) + ":" + text(sds);
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

	private static List<Double> numbers(final String text) {
		return Arrays.stream(text.split(",", -1)).map(SpecNumbers::parse).toList();
	}

	private static String text(final List<Double> numbers) {
		return numbers.stream().map(SpecNumbers::format).collect(Collectors.joining(","));
	}
}
