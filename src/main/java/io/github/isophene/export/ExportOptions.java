// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.export;

import java.nio.file.Path;

import io.github.isophene.zarr.Compression;

/**
 * Options for exporting a screen to OME-Zarr.
 *
 * @param folder where the plates come, {@code <plate>.ome.zarr} each, and {@code screen.csv}
 * @param version of OME-NGFF: {@code 0.4} (Zarr 2) or {@code 0.5} (Zarr 3, a shard per image and level)
 * @param compression of the chunks
 * @param levels of the pyramid; 0: until the shorter side has at most 256 pixels
 * @param pixel size of a pixel in µm; 0: unknown
 * @param resume whether images that an earlier run has written of the same files are kept
 */
public record ExportOptions(Path folder, String version, Compression compression, int levels, double pixel,
	boolean resume)
{

	/** @throws IllegalArgumentException if a value isn't possible; the message names its key */
	public ExportOptions {
		if (!version.equals("0.4") && !version.equals("0.5"))
			throw new IllegalArgumentException("version is '" + version + "': give 0.4 or 0.5");
		if (levels < 0 || levels > 20)
			throw new IllegalArgumentException("levels is " + levels + ": give 1 to 20, or 0 to let the size decide");
		if (!(pixel >= 0) || Double.isInfinite(pixel))
			throw new IllegalArgumentException("pixelsize is " + pixel + ": give micrometers, or 0 if it isn't known");
	}

	/** 0.4, zstd, as many levels as it takes, resuming. */
	public static ExportOptions into(final Path folder) {
		return new ExportOptions(folder, "0.4", Compression.ZSTD, 0, 0, true);
	}

	/** The version of OME-NGFF, {@code 0.4} or {@code 0.5}. */
	public ExportOptions withVersion(final String value) {
		return new ExportOptions(folder, value, compression, levels, pixel, resume);
	}

	/** {@code zstd}, {@code gzip} or {@code none}. */
	public ExportOptions withCompression(final String value) {
		return new ExportOptions(folder, version, Compression.parse(value), levels, pixel, resume);
	}

	/** Sets the number of levels of a pyramid; 0: as many as it takes. */
	public ExportOptions withLevels(final int value) {
		return new ExportOptions(folder, version, compression, value, pixel, resume);
	}

	/** The size of a pixel in µm; 0: unknown. */
	public ExportOptions withPixelSize(final double value) {
		return new ExportOptions(folder, version, compression, levels, value, resume);
	}

	/** Sets whether images that an earlier run wrote are kept. */
	public ExportOptions withResume(final boolean value) {
		return new ExportOptions(folder, version, compression, levels, pixel, value);
	}
}
