// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

import io.github.isophene.pixels.Downscale;
import io.github.isophene.pixels.illumination.Illumination;
import io.github.isophene.screen.Selection;
import io.github.isophene.training.data.Augmentation;
import io.github.isophene.training.data.Split;

/**
 * Options for taking training images from a screen.
 *
 * @param label column of the classes
 * @param batch column of the batches; empty: each plate is a batch of its own
 * @param controls negative controls; {@link Selection#NONE}: none
 * @param heldOut batches that nothing is learned from: names with commas between, or how many
 *          are to be chosen at random; empty: none
 * @param validation share of the rest that decides when to stop, above 0 and below 1
 * @param channels which channels of the screen, in which order; empty: those of the start model, else all
 * @param downscale see {@link io.github.isophene.pixels.Downscale}; empty: that of the start model, else 1
 * @param intensity see {@link io.github.isophene.pixels.Intensity}; empty: that of the start model, else {@code auto}
 * @param normalize whether each channel's mean and standard deviation over the training part are
 *          taken out; not done to the intensity of a start model
 * @param tile side of the square that the network sees, pixels; 0: that of the start model, else 256; the largest
 *          multiple of 32 that fits where the first field is smaller
 * @param augment what is done to a training image at random
 * @param memory bytes of decoded images to keep in memory; 0: a third of what Java has
 * @param illumination correction of uneven illumination, see {@link Illumination}: {@code none}, {@code apply}
 * or {@code estimate}
 */
public record DataOptions(String label, String batch, Selection controls, String heldOut, double validation,
	List<String> channels, String downscale, String intensity, boolean normalize, int tile, Augment augment,
	long memory, String illumination)
{

	/** Random augmentation of training images. */
	public enum Augment {
		/** As published; nothing, if only the linear layer is trained, whose input can then be computed once. */
		AUTO,
		/** Nothing: its center, as it is. */
		NONE,
		/** The crop's place. */
		CROP,
		/** The crop's place, and mirrored in both directions: the published way. */
		FLIPS,
		/** The same, and turned by quarters: our choice, as a microscope image has no up. */
		ROTATIONS;

		/** {@code auto}, {@code none}, {@code crop}, {@code flips} or {@code rotations}. */
		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}

		/**
		 * By label.
		 *
		 * @throws IllegalArgumentException if there is none
		 */
		public static Augment of(final String label) {
			for (final Augment a : values()) if (a.label().equalsIgnoreCase(label.strip())) return a;
			throw new IllegalArgumentException(
				"augment is '" + label + "': choose auto, none, crop, flips or rotations");
		}

		/** The choice for the training of a part. */
		public Augment of(final TrainedPart part) {
			return this != AUTO ? this : part == TrainedPart.HEAD ? NONE : FLIPS;
		}

		/** Returns the augmentation for a crop of this size. */
		public Augmentation crop(final int size) {
			return new Augmentation(size, this != NONE, this == FLIPS || this == ROTATIONS, this == ROTATIONS);
		}
	}

	/** @throws IllegalArgumentException naming the key that is out of range */
	public DataOptions {
		Objects.requireNonNull(augment, "augment");
		illumination = Illumination.check(illumination);
		channels = List.copyOf(channels);
		if (!(validation > 0 && validation < 1))
			throw new IllegalArgumentException(
				"validation is " + validation + ": give a share above 0 and below 1, such as 0.15");
		if (!downscale.isEmpty()) Downscale.parse(downscale);
		if (tile != 0 && tile < 32)
			throw new IllegalArgumentException(
				"tile is " + tile + ": give at least 32 pixels, or 0 to choose by the start model and the images");
		if (memory < 0) throw new IllegalArgumentException("memory can't be negative: " + memory);
	}

	/** The defaults. */
	public static DataOptions of(final String label, final String batch, final String controls) {
		return new DataOptions(label.strip(), batch.strip(), Selection.of(controls), "", Split.INNER, List.of(), "",
			"", true,
			0, Augment.AUTO, 0, "none");
	}

	/** The same with held-out batches, by name or number. */
	public DataOptions withHeldOut(final String batches) {
		return new DataOptions(label, batch, controls, batches.strip(), validation, channels, downscale, intensity,
			normalize, tile, augment, memory, illumination);
	}

	/** The same with another share of the validation part. */
	public DataOptions withValidation(final double share) {
		return new DataOptions(label, batch, controls, heldOut, share, channels, downscale, intensity, normalize, tile,
			augment, memory, illumination);
	}

	/** The same with chosen channels. */
	public DataOptions withChannels(final List<String> names) {
		return new DataOptions(label, batch, controls, heldOut, validation, names, downscale, intensity, normalize,
			tile, augment, memory, illumination);
	}

	/** The same with smaller fields. */
	public DataOptions withDownscale(final String spec) {
		return new DataOptions(label, batch, controls, heldOut, validation, channels, spec.strip(), intensity,
			normalize, tile, augment, memory, illumination);
	}

	/** The same with another intensity, and each channel's mean and standard deviation taken out or not. */
	public DataOptions withIntensity(final String spec, final boolean normalized) {
		return new DataOptions(label, batch, controls, heldOut, validation, channels, downscale, spec.strip(),
			normalized, tile, augment, memory, illumination);
	}

	/** The same with another size of the crop, and what is done to it at random. */
	public DataOptions withTile(final int pixels, final Augment atRandom) {
		return new DataOptions(label, batch, controls, heldOut, validation, channels, downscale, intensity, normalize,
			pixels, atRandom, memory, illumination);
	}

	/** The same with another correction of uneven illumination. */
	public DataOptions withIllumination(final String mode) {
		return new DataOptions(label, batch, controls, heldOut, validation, channels, downscale, intensity, normalize,
			tile, augment, memory, mode);
	}

	/** The same with another budget of bytes. */
	public DataOptions withMemory(final long bytes) {
		return new DataOptions(label, batch, controls, heldOut, validation, channels, downscale, intensity, normalize,
			tile, augment, bytes, illumination);
	}
}
