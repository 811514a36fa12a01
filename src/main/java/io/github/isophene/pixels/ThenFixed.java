// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.util.List;

import net.imglib2.RandomAccessibleInterval;

/**
 * One intensity, followed by fixed means and standard deviations.
 *
 * @param first no {@code fixed} itself
 * @param fixed for the values that the first one gives
 */
record ThenFixed(Intensity first, Fixed fixed) implements Intensity {

	ThenFixed {
		if (first.isFixed()) { throw new IllegalArgumentException("fixed can be used only once"); }
	}

	@Override
	public List<String> names() {
		return List.of();
	}

	@Override
	public boolean isFixed() {
		return true;
	}

	@Override
	public ChannelScale[] fit(final Ranks[] controls) {
		return fixed.after(first.fit(controls));
	}

	@Override
	public String spec() {
		return first.spec() + "+" + fixed.spec();
	}

	@Override
	public Reference reference() {
		return first.reference();
	}

	@Override
	public Intensity of(final Reference reference) {
		return new ThenFixed(first.of(reference), fixed);
	}

	@Override
	public int channels() {
		return fixed.channels();
	}

	@Override
	public ChannelScale[] fit(final RandomAccessibleInterval<?> image) {
		return fixed.after(first.fit(image));
	}
}
