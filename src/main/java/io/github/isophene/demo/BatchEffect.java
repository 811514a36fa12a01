// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Effect of staining and microscope on a well: the sizes of all technical
 * effects, rounded to millionths. Lists have one entry per channel, in the order
 * of the screen's channels ({@link DemoChannel} in simulated screens).
 *
 * @param gain factor on the light of each channel
 * @param offset counts added to each channel
 * @param blur sigma of an extra gaussian blur of each channel, in pixels
 * @param vignetting fraction of the light lost at half the field's diagonal from
 *          the center; falls with the squared distance
 * @param centerX displacement of that center, as fraction of the field's width
 * @param centerY the same for the height
 * @param bleed fraction of each channel's light that is also seen in the next
 *          channel; the last channel's is 0
 * @param noise factor on the standard deviation of shot noise and read noise
 * @param density factor on the number of cells
 */
public record BatchEffect(List<Double> gain, List<Double> offset, List<Double> blur, double vignetting, double centerX,
	double centerY, List<Double> bleed, double noise, double density)
{

	private static final double LIMIT = 2.5;

	public BatchEffect {
		gain = List.copyOf(gain);
		offset = List.copyOf(offset);
		blur = List.copyOf(blur);
		bleed = List.copyOf(bleed);
	}

	/** Returns no effect at all, on so many channels. */
	public static BatchEffect none(final int channels) {
		final List<Double> ones = Collections.nCopies(channels, 1.);
		final List<Double> zeros = Collections.nCopies(channels, 0.);
		return new BatchEffect(ones, zeros, zeros, 0, 0, 0, zeros, 1, 1);
	}

	/** A gain that is the same in all channels, and nothing else. */
	static BatchEffect ofGain(final double gain, final int channels) {
		final BatchEffect none = none(channels);
		return new BatchEffect(Collections.nCopies(channels, Micro.round(gain)), none.offset, none.blur, 0, 0, 0,
			none.bleed, 1, 1);
	}

	/** Returns the number of channels. */
	public int channels() {
		return gain.size();
	}

	/**
	 * Draws effects.
	 *
	 * @param random where from; the same stream gives effects that grow in
	 *          proportion to the shift (gains, noise and density: their logarithms)
	 * @param ranges how large at shift 1
	 * @param shift factor on all ranges
	 * @param channels number of channels
	 */
	static BatchEffect sample(final DemoRandom random, final EffectRanges ranges, final double shift,
		final int channels)
	{
		final List<Double> gain = new ArrayList<>();
		final List<Double> offset = new ArrayList<>();
		final List<Double> blur = new ArrayList<>();
		final List<Double> bleed = new ArrayList<>();
		for (int c = 0; c < channels; c++) {
			gain.add(factor(random, shift * ranges.gain()));
			offset.add(Micro.round(shift * ranges.offset() * random.normal(LIMIT)));
			blur.add(Micro.round(shift * ranges.blur() * Math.abs(random.normal(LIMIT))));
			final double fraction = shift * ranges.bleed() * random.uniform();
			bleed.add(c == channels - 1 ? 0. : Micro.round(fraction));
		}
		return new BatchEffect(gain, offset, blur, //
			Micro.round(shift * ranges.vignetting() * random.uniform()), //
			Micro.round(shift * ranges.center() * random.normal(LIMIT)), //
			Micro.round(shift * ranges.center() * random.normal(LIMIT)), bleed, //
			factor(random, shift * ranges.noise()), factor(random, shift * ranges.density()));
	}

	/**
	 * This effect and another of as many channels together: factors multiply, blurs add in quadrature,
	 * everything else adds.
	 */
	public BatchEffect and(final BatchEffect other) {
		final List<Double> gains = new ArrayList<>();
		final List<Double> offsets = new ArrayList<>();
		final List<Double> blurs = new ArrayList<>();
		final List<Double> bleeds = new ArrayList<>();
		for (int c = 0; c < channels(); c++) {
			gains.add(Micro.round(gain.get(c) * other.gain.get(c)));
			offsets.add(Micro.round(offset.get(c) + other.offset.get(c)));
			final double a = blur.get(c), b = other.blur.get(c);
			blurs.add(Micro.round(StrictMath.sqrt(a * a + b * b)));
			bleeds.add(Micro.round(bleed.get(c) + other.bleed.get(c)));
		}
		return new BatchEffect(gains, offsets, blurs, Micro.round(vignetting + other.vignetting), //
			Micro.round(centerX + other.centerX), Micro.round(centerY + other.centerY), bleeds, //
			Micro.round(noise * other.noise), Micro.round(density * other.density));
	}

	/** Returns this effect with another factor on the noise and the given one on the number of cells. */
	public BatchEffect with(final double otherNoise, final double otherDensity) {
		return new BatchEffect(gain, offset, blur, vignetting, centerX, centerY, bleed, otherNoise, otherDensity);
	}

	private static double factor(final DemoRandom random, final double sd) {
		return Micro.round(StrictMath.exp(sd * random.normal(LIMIT)));
	}
}
