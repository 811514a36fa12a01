// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;

import io.github.isophene.SharedData;
import org.junit.jupiter.api.Test;

/**
 * Exports of Operetta, Opera Phenix, ImageXpress and a manual microscope, pixel
 * for pixel as tifffile and Pillow read them
 * ({@code src/test/python/pixels_real_files.py}).
 */
class RealFilesTest {

	@Test
	void pixelsAreThoseOfTifffileAndPillow() throws IOException {
		final Path root = SharedData.get("nf1").getParent();
		int read = 0;
		for (final String line : lines()) {
			if (line.startsWith("#") || line.startsWith("file,")) continue;
			final String[] cells = line.split(",");
			final GrayPlane plane = GrayFile.read(root.resolve(cells[0]), 0);
			assertEquals(Integer.parseInt(cells[1]), plane.width(), cells[0]);
			assertEquals(Integer.parseInt(cells[2]), plane.height(), cells[0]);
			assertPixels(cells, (short[]) plane.values());
			read++;
		}
		assertTrue(read >= 73, read + " files");
	}

	private static void assertPixels(final String[] cells, final short[] values) {
		final ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
		int min = 65535;
		int max = 0;
		double sum = 0;
		for (final short value : values) {
			final int v = value & 0xffff;
			bytes.putShort(value);
			min = Math.min(min, v);
			max = Math.max(max, v);
			sum += v;
		}
		final CRC32 crc = new CRC32();
		crc.update(bytes.flip());
		assertEquals(Integer.parseInt(cells[4]), min, cells[0]);
		assertEquals(Integer.parseInt(cells[5]), max, cells[0]);
		assertEquals(Double.parseDouble(cells[6]), sum / values.length, 1e-9, cells[0]);
		assertEquals(Long.parseLong(cells[3]), crc.getValue(), cells[0]);
	}

	private static List<String> lines() throws IOException {
		try (BufferedReader in = new BufferedReader(
			new InputStreamReader(RealFilesTest.class.getResourceAsStream("real-files.csv"), StandardCharsets.UTF_8)))
		{
			return in.lines().toList();
		}
	}
}
