// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.util.List;
import java.util.Objects;

import io.github.isophene.pixels.Downscale;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.illumination.Illumination;
import io.github.isophene.screen.Selection;

/**
 * Options for taking a comparison's images from a screen.
 *
 * @param label column of the classes
 * @param batch column of the batches
 * @param controls negative controls
 * @param channels which channels, in which order; empty: all
 * @param downscale reduction of each field
 * @param intensity see {@link io.github.isophene.pixels.Intensity}; each channel's mean and standard deviation
 *          over the training images are taken out afterwards, unless it ends in fixed ones
 * @param tile side of the square that the network sees, pixels after downscaling; 0: as large as the first field allows
 * @param memory bytes of decoded images to keep in memory; 0: a third of what Java may have
 * @param illumination correction of uneven illumination, see {@link Illumination}: {@code none}, {@code apply}
 * or {@code estimate}
 */
public record SourceOptions(String label, String batch, Selection controls, List<String> channels, Downscale downscale,
	String intensity, int tile, long memory, String illumination)
{

	/** @throws IllegalArgumentException naming the key that is out of range */
	public SourceOptions {
		Objects.requireNonNull(intensity, "intensity");
		illumination = Illumination.check(illumination);
		channels = List.copyOf(channels);
		if (label.isBlank()) throw new IllegalArgumentException("label is missing: give the column with the classes");
		if (batch.isBlank()) throw new IllegalArgumentException("batch is missing: give the column with the batches");
		Objects.requireNonNull(downscale, "downscale");
		if (tile != 0 && tile < 32)
			throw new IllegalArgumentException(
				"tile is " + tile + ": give at least 32 pixels, or 0 for the whole field");
		if (memory < 0) throw new IllegalArgumentException("memory can't be negative: " + memory);
	}

	/**
	 * All channels at full size, the whole field, intensities scaled by each plate's controls: scaled
	 * image by image, phenotypes that are intensities would be lost.
	 */
	public static SourceOptions of(final String label, final String batch, final String controls) {
		return new SourceOptions(label.strip(), batch.strip(), Selection.of(controls), List.of(), Downscale.NONE,
			Intensity.DEFAULT, 0, 0, "none");
	}

	/** The same with chosen channels. */
	public SourceOptions withChannels(final List<String> names) {
		return new SourceOptions(label, batch, controls, names, downscale, intensity, tile, memory, illumination);
	}

	/**
	 * The same with smaller fields.
	 *
	 * @param spec in the notation of {@link Downscale}
	 * @throws IllegalArgumentException if it is not in that notation
	 */
	public SourceOptions withDownscale(final String spec) {
		return new SourceOptions(label, batch, controls, channels, Downscale.parse(spec), intensity, tile, memory,
			illumination);
	}

	/** The same with another intensity. */
	public SourceOptions withIntensity(final String spec) {
		return new SourceOptions(label, batch, controls, channels, downscale,
			spec.isBlank() ? Intensity.DEFAULT : spec.strip(), tile, memory, illumination);
	}

	/** The same with another size of what the network sees. */
	public SourceOptions withTile(final int pixels) {
		return new SourceOptions(label, batch, controls, channels, downscale, intensity, pixels, memory, illumination);
	}

	/** The same with another correction of uneven illumination. */
	public SourceOptions withIllumination(final String mode) {
		return new SourceOptions(label, batch, controls, channels, downscale, intensity, tile, memory, mode);
	}
}
