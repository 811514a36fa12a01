// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The files made by {@code src/test/python/pixels_tiff_fixtures.py}, and what is in them. */
public final class Fixtures {

	public static final int WIDTH = 21;
	public static final int HEIGHT = 13;

	private static final Map<String, byte[]> files = new TreeMap<>();

	private Fixtures() {}

	/** Every fixture, by name. The arrays are shared: clone before altering one. */
	public static synchronized Map<String, byte[]> all() throws IOException {
		if (!files.isEmpty()) return files;
		try (InputStream in = Fixtures.class.getResourceAsStream("fixtures.zip");
			ZipInputStream zip = new ZipInputStream(in))
		{
			for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry())
				files.put(e.getName(), zip.readAllBytes());
		}
		return files;
	}

	/** Writes one fixture to a folder. */
	public static Path write(final String name, final Path folder) throws IOException {
		return Files.write(folder.resolve(name), all().get(name));
	}

	/** The value of pixel (x, y) of a page, for the kinds {@code u8}, {@code i16} and so on. */
	public static double value(final String kind, final int x, final int y, final int page) {
		final int v = (31 * x * x + 17 * y + 101 * (x * y % 7) + 1000 * page) % 65536;
		return switch (kind) {
			case "u8" -> 7 * v % 65536 >> 8;
			case "i8" -> (7 * v % 65536 >> 8) - 128;
			case "u16" -> v;
			case "i16" -> v - 20000;
			case "u32" -> v * 3;
			case "i32" -> v * 3 - 50000;
			case "f32", "f64" -> v / 8.0 - 100;
			default -> throw new IllegalArgumentException(kind);
		};
	}
}
