// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.Objects;

import io.github.isophene.storage.Addresses;

/**
 * Location of one channel of one field: a file (or URL) and, in files that hold
 * several planes, which one.
 * <p>
 * Planes are counted in one of two ways. Without a series ({@link #NO_SERIES}),
 * {@code frame} counts the file's planes as they are stored. With one, the file is
 * a container of images as Bio-Formats sees it, and {@code frame} counts the planes
 * of that image in its dimension order; CellProfiler's LoadData counts likewise.
 * </p>
 *
 * @param path absolute path of the file, or an address ({@code https://}, {@code http://}, {@code s3://}); a
 *          {@code file:} URL becomes a path
 * @param series index of the image in a file of several, from 0; {@link #NO_SERIES}
 *          where nothing is said of it
 * @param frame index of the plane, from 0; 0 in single-plane files
 * @param illumination the illumination function by which pixels are divided on request; {@code null}: none is known.
 *          Its path is an image, a {@code .npy} file, or the index of a Harmony measurement, whose channel its frame is
 */
public record Plane(String path, int series, int frame, Plane illumination) {

	/** In place of a series: the planes of a file are counted as they are stored. */
	public static final int NO_SERIES = -1;

	/** @throws IllegalArgumentException if the path is a URL of another scheme, or a number is negative */
	public Plane {
		path = ImagePaths.located(Objects.requireNonNull(path, "path"));
		if (series < NO_SERIES)
			throw new IllegalArgumentException("Series " + series + " of " + Addresses.shown(path) + " is negative");
		if (frame < 0)
			throw new IllegalArgumentException("Frame " + frame + " of " + Addresses.shown(path) + " is negative");
	}

	/** A plane without an illumination function. */
	public Plane(final String path, final int series, final int frame) {
		this(path, series, frame, null);
	}

	/** A plane of a file that isn't divided into series. */
	public Plane(final String path, final int frame) {
		this(path, NO_SERIES, frame);
	}

	/** The first plane of a file. */
	public static Plane of(final String path) {
		return new Plane(path, 0);
	}

	/** Returns this plane with an illumination function, {@code null} for none. */
	public Plane withIllumination(final Plane function) {
		return new Plane(path, series, frame, function);
	}

	/** Returns the path for messages: of an address, without name, password and query. */
	public String shown() {
		return Addresses.shown(path);
	}

	/** Returns whether the path is an address on the network. */
	public boolean isUrl() {
		return ImagePaths.isUrl(path);
	}

	/** Returns whether the plane belongs to a series of the file. */
	public boolean hasSeries() {
		return series != NO_SERIES;
	}

	/** Series and frame behind a file's path, as digests and messages give them: {@code #0}, {@code #2#0}. */
	public String position() {
		return (hasSeries() ? "#" + series : "") + "#" + frame;
	}
}
