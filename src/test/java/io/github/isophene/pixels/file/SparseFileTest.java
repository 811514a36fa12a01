// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * TIFF files of which parts were never written, or whose pages aren't all planes; {@code
 * pixels_sparse_fixtures.py} writes them.
 */
class SparseFileTest {

	@TempDir
	Path folder;

	@ParameterizedTest
	@CsvSource({"raw,1", "lzw,1", "deflate,1", "pages,2", "thumbnail,2", "pyramid,2", "mask,1", "allreduced,1",
		"quad,1", "zerocount,1"})
	void readsWhatTifffileReads(final String name, final int planes) throws IOException {
		final Map<String, byte[]> files = files();
		final Path file = Files.write(folder.resolve(name + ".tif"), files.get(name + ".tif"));
		for (int frame = 0; frame < planes; frame++) {
			final byte[] truth = files.get(name + "." + frame + ".u16");
			final short[] expected = new short[truth.length / 2];
			ByteBuffer.wrap(truth).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(expected);
			final GrayPlane plane = GrayFile.read(file, frame);
			assertEquals(expected.length, plane.width() * plane.height());
			assertArrayEquals(expected, (short[]) plane.values(), name + ", frame " + frame);
			assertEquals(65535, plane.typeMaximum());
		}
		final IOException e = assertThrows(IOException.class, () -> GrayFile.read(file, planes));
		assertTrue(e.getMessage().contains("holds " + planes + " plane"), e.getMessage());
	}

	@Test
	void aFileOfWhichNothingWasWrittenIsNotBlack() throws IOException {
		final Path file = Files.write(folder.resolve("nothing.tif"), files().get("nothing.tif"));
		final IOException e = assertThrows(IOException.class, () -> GrayFile.read(file, 0));
		assertTrue(e.getMessage().contains("none of its strips or tiles was written"), e.getMessage());
	}

	private static Map<String, byte[]> files() throws IOException {
		final Map<String, byte[]> files = new HashMap<>();
		try (InputStream raw = SparseFileTest.class.getResourceAsStream("sparse.zip");
			ZipInputStream zip = new ZipInputStream(raw))
		{
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
				files.put(entry.getName(), zip.readAllBytes());
		}
		return files;
	}
}
