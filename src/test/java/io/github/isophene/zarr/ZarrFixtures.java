// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Arrays written by src/test/python/zarr_fixtures.py, and the values in them. */
public final class ZarrFixtures {

	/** Size of a plate's images. */
	public static final int WIDTH = 40;
	public static final int HEIGHT = 30;

	private ZarrFixtures() {}

	/** Unpacks all plates into a folder: {@code v04.ome.zarr} and so on. */
	public static Path plates(final Path folder) throws IOException {
		return unpack("plates.zip.gz", folder);
	}

	/** Unpacks all arrays into a folder. */
	static Path arrays(final Path folder) throws IOException {
		return unpack("arrays.zip.gz", folder);
	}

	/** Pixel (x, y) of a channel of field f of the well in row r and column k of a plate. */
	public static int pixel(final int r, final int k, final int f, final int channel, final int x, final int y) {
		return 13 * (x / 3) + 29 * (y / 2) + 700 * channel + 97 * r + 53 * k + 11 * f + x * y % 7 / 6;
	}

	private static Path unpack(final String name, final Path folder) throws IOException {
		final Map<String, byte[]> files = new TreeMap<>();
		try (InputStream in = ZarrFixtures.class.getResourceAsStream(name);
			ZipInputStream zip = new ZipInputStream(new GZIPInputStream(in)))
		{
			for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry())
				files.put(e.getName(), zip.readAllBytes());
		}
		for (final Map.Entry<String, byte[]> file : files.entrySet()) {
			final Path path = folder.resolve(file.getKey());
			Files.createDirectories(path.getParent());
			Files.write(path, file.getValue());
		}
		return folder;
	}
}
