// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Preset of technical effects: how large they are between batches, between the
 * plates of a batch and between the wells of a plate. The numbers are part of the
 * simulator, not options: fixed beforehand, never tuned to a method's result.
 * <p>
 * The position on a plate changes the gain of all channels alike: exp(range z)
 * between the first and last row, the same between the columns, and in the
 * outermost wells; its three z are drawn once per plate.
 * </p>
 */
public enum Effects {

	/** Every effect clearly visible, between batches above all; wells differ by their position only. */
	STANDARD(new EffectRanges(.35, 25, .9, .45, .15, .25, .30, .15),
		new EffectRanges(.10, 6, .25, .08, .03, .04, .08, .08), EffectRanges.NONE),

	/**
	 * Effects as large as in real plates of JUMP source 3: standard deviations of image
	 * statistics between batches, plates and wells are matched to those of 1,800 images.
	 * Images were scaled one by one before these statistics were taken, which hides the gain: its ranges
	 * are those at which the share of fine structure, to which noise adds, differs about as much as there.
	 */
	JUMP(new EffectRanges(.15, 4, .25, .22, .07, .25, .04, .16), new EffectRanges(.08, 4, .25, .15, .05, .06, .04, .12),
		new EffectRanges(.08, 5, .30, 0, 0, 0, 0, .20));

	/** sd of the log gain from the first to the last row, and from the first to the last column. */
	static final double GRADIENT = .12;

	/** sd of the log gain of the outermost wells against the others. */
	static final double EDGE = .10;

	private final EffectRanges batch;
	private final EffectRanges plate;
	private final EffectRanges well;

	Effects(final EffectRanges batch, final EffectRanges plate, final EffectRanges well) {
		this.batch = batch;
		this.plate = plate;
		this.well = well;
	}

	/**
	 * Returns the preset of a name.
	 *
	 * @throws IllegalArgumentException listing the names
	 */
	public static Effects parse(final String name) {
		for (final Effects effects : values()) if (effects.toString().equalsIgnoreCase(name.strip())) return effects;
		throw new IllegalArgumentException("effects=" + name + " is unknown: choose " +
			Arrays.stream(values()).map(Effects::toString).collect(Collectors.joining(" or ")));
	}

	/** Effects that all plates of a batch share. */
	public EffectRanges batch() {
		return batch;
	}

	/** Effects that differ between plates of a batch. */
	public EffectRanges plate() {
		return plate;
	}

	/** Effects that differ between wells of a plate. */
	public EffectRanges well() {
		return well;
	}

	/** The name in keys and files. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
