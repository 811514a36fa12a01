// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.github.isophene.messages.Count;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import net.imglib2.RandomAccessibleInterval;
import org.scijava.plugin.SciJavaPlugin;

/**
 * Scaling of raw intensities to a network's input. As text:
 * <ul>
 * <li>{@code control-percentile:0.1:99.9} — each channel from the 0.1st to the 99.9th percentile
 * (numpy's linear ones) of the pixels of all of the plate's control wells to [0, 1], clamped; so
 * differences between the wells of a plate remain;</li>
 * <li>{@code plate-percentile:0.1:99.9} — the same with the percentiles of all wells of the plate;
 * what most wells share with each other, and not with the controls, is scaled away;</li>
 * <li>{@code percentile:0.1:99.9} — each channel of each image from its own 0.1st
 * to its 99.9th percentile to [0, 1], clamped; how bright an image is as a whole is scaled away;</li>
 * <li>{@code auto:0.1:99.9}, or {@code auto} — the first of these three that a screen allows, see
 * {@link ScreenIntensity}: control wells, where every plate has some; else the plate, where there
 * is more than one field; else the image;</li>
 * <li>{@code clip8} — each channel of each image to 8 bit with the brightest
 * 0.01 % of its pixels clipped, then to [0, 1] (the preprocessing of
 * CS-ARM-BN, Sanchez-Fernandez et al. 2026, arXiv 2604.20824); {@code published} is another
 * name of it;</li>
 * <li>{@code self} — each channel of each image minus its mean, divided by its
 * standard deviation (ddof 0);</li>
 * <li>{@code typemax} — divided by the largest value the image's type can hold
 * (255, 65535; floating point: 1);</li>
 * <li>{@code fixed:MEANS:SDS} — (raw value - mean) / sd, one mean and sd per
 * channel, separated by commas, or one for all channels;</li>
 * <li>any of these but {@code fixed}, {@code +} and {@code fixed}: first the one, then the
 * other, as in {@code clip8+fixed:0.09,0.08:0.11,0.10}.</li>
 * </ul>
 * Values behind a name are {@link Settings}: in their order, by name ({@code percentile:high=99}), or left out
 * for their defaults.
 * A channel without contrast (constant, or black for {@code clip8}) becomes 0
 * everywhere before any {@code +fixed}. Pixels that are not finite are left out
 * of all statistics and become 0 in the end.
 * <p>
 * A plug-in type: a new intensity is one class with {@code @Plugin(type = Intensity.class)}, a public constructor
 * without arguments and its test. What it computes per channel is a {@link ChannelScale}, from {@link Ranks} or
 * {@link Moments} of the pixels.
 * </p>
 */
public interface Intensity extends SciJavaPlugin {

	/** Default where neither user nor model names an intensity: robust to debris, keeps differences between wells. */
	String DEFAULT = "auto:0.1:99.9";

	/** Pixels from which the numbers of an intensity are taken. */
	enum Reference {
		/** Each image by itself. */
		IMAGE,
		/** Control wells of the image's plate. */
		CONTROLS,
		/** All wells of the image's plate. */
		PLATE,
		/** To be decided by {@link ScreenIntensity}. */
		AUTO
	}

	/** Returns the lower-case names that a user can call it by. */
	List<String> names();

	/**
	 * Returns what a user can set behind its name, in this order or by name: {@code percentile:0.1:99.9} or
	 * {@code percentile:low=0.1:high=99.9}.
	 */
	default List<Setting> settings() {
		return List.of();
	}

	/**
	 * Returns one sentence for the user: what it scales by.
	 *
	 * @param name one of the {@link #names()}
	 */
	default String description(final String name) {
		return "";
	}

	/**
	 * Returns the intensity of a text.
	 *
	 * @param name one of the {@link #names()}
	 * @param settings values of the {@link #settings()}, each within its range
	 * @throws IllegalArgumentException if the values do not go together
	 */
	default Intensity of(final String name, final Settings settings) {
		return this;
	}

	/** The text of this intensity; {@link #parse} is its inverse. */
	String spec();

	/** Pixels from which its numbers are taken; those of a plate go through {@link PlateIntensity}. */
	default Reference reference() {
		return Reference.IMAGE;
	}

	/**
	 * Returns this intensity with its numbers taken from other pixels, where it has a choice.
	 *
	 * @param reference whose pixels
	 */
	default Intensity of(final Reference reference) {
		return this;
	}

	/** Returns whether it is fitted to the control wells of each plate. */
	default boolean needsControls() {
		return reference() == Reference.CONTROLS;
	}

	/** Returns whether one scale holds for all images of a plate. */
	default boolean isOfPlate() {
		return reference() == Reference.CONTROLS || reference() == Reference.PLATE;
	}

	/**
	 * Returns the number of channels that an image must have; 0: any number will do.
	 */
	default int channels() {
		return 0;
	}

	/**
	 * Tells before the first image is read what {@link #fit} would tell of every one.
	 *
	 * @throws IllegalArgumentException if it is for another number of channels
	 */
	default void requireChannels(final int number) {
		if (channels() != 0 && channels() != number)
			throw new IllegalArgumentException("The intensity " + spec() + " is for " +
				Count.of(channels(), "channel") + ", but there are " + number +
				": give a mean and an sd for each, or one for all");
	}

	/**
	 * The scales of one image.
	 *
	 * @param image [X, Y, C], or [X, Y] for one channel
	 * @return one scale per channel
	 * @throws IllegalStateException if it {@linkplain #isOfPlate() is of a plate}
	 * @throws IllegalArgumentException if {@code fixed} has another number of channels
	 *           than the image
	 */
	ChannelScale[] fit(RandomAccessibleInterval<?> image);

	/**
	 * Returns the scales of a plate, where it {@linkplain #isOfPlate() is of a plate}.
	 *
	 * @param plate the pixels of all its fields, or of all its control wells, one per channel
	 * @return one scale per channel
	 */
	default ChannelScale[] fit(final Ranks[] plate) {
		throw new IllegalStateException(spec() + " is fitted to each image, not to a plate");
	}

	/**
	 * This intensity, followed by (v - mean) / sd per channel.
	 *
	 * @param means one per channel
	 * @param sds as many, each above 0
	 * @throws IllegalArgumentException if it ends so already
	 */
	default Intensity then(final double[] means, final double[] sds) {
		return new ThenFixed(this,
			new Fixed(Arrays.stream(means).boxed().toList(), Arrays.stream(sds).boxed().toList()));
	}

	/** Returns whether it ends with given means and standard deviations, so that {@link #then} can't follow. */
	default boolean isFixed() {
		return false;
	}

	/**
	 * The intensity that a text names.
	 *
	 * @throws IllegalArgumentException if the text is none of the forms above
	 */
	static Intensity parse(final String text) {
		final String spec = text.strip().toLowerCase(Locale.ROOT);
		final int plus = spec.indexOf("+fixed:");
		try {
			return plus < 0 ? single(spec)
				: new ThenFixed(single(spec.substring(0, plus)),
				Fixed.parse(spec.substring(plus + "+fixed:".length())));
		}
		catch (final IllegalArgumentException exc) {
			throw new IllegalArgumentException("'" + text + "' is no intensity: " + exc.getMessage(), exc);
		}
	}

	/**
	 * The intensity that a user names for a model: where only the first part is named and the model's ends with
	 * {@code +fixed}, that stays, as the network's weights expect it.
	 *
	 * @param given as the user names it, or empty for the model's
	 * @param model the model's, or empty for {@link #DEFAULT}
	 * @throws IllegalArgumentException as {@link #parse}
	 */
	static Intensity forModel(final String given, final String model) {
		final Intensity own = parse(model.isBlank() ? DEFAULT : model);
		if (given.isBlank()) return own;
		final Intensity named = parse(given);
		return own instanceof ThenFixed both && !named.isFixed() ? new ThenFixed(named, both.fixed()) : named;
	}

	private static Intensity single(final String spec) {
		final List<String> parts = List.of(spec.split(":", -1));
		final String name = parts.get(0);
		final Intensity plugin = Intensities.named(name);
		return plugin.of(name, Settings.parse(name, plugin.settings(), parts.subList(1, parts.size())));
	}
}
