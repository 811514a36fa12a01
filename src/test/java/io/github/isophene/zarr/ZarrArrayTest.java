// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.isophene.storage.Storages;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays of every codec and type that zarr-python and numcodecs have written. */
class ZarrArrayTest {

	private static final int CHANNELS = 2;
	private static final int DEPTH = 2;
	private static final int HEIGHT = 29;
	private static final int WIDTH = 19;

	@TempDir
	private static Path folder;

	@BeforeAll
	static void unpack() throws IOException {
		ZarrFixtures.arrays(folder);
	}

	@Test
	void everyArrayIsRead() throws IOException {
		final List<String> wrong = new ArrayList<>();
		int count = 0;
		for (final Path array : arrays()) {
			final String name = array.getFileName().toString();
			try {
				final String difference = difference(name, open(name));
				if (!difference.isEmpty()) wrong.add(name + ": " + difference);
			}
			catch (final IOException | RuntimeException exc) {
				wrong.add(name + ": " + exc);
			}
			count++;
		}
		assertTrue(count > 55, "only " + count + " arrays");
		assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
	}

	/**
	 * Whatever a byte is changed to, or wherever the file ends: an error that names the chunk, or (without a
	 * checksum) other values.
	 */
	@Test
	void damageEndsInAnErrorThatNamesTheFile(@TempDir final Path copy) throws IOException {
		ZarrFixtures.arrays(copy);
		int errors = 0;
		for (final Path array : arrays()) {
			final Path mine = copy.resolve(array.getFileName());
			final Path chunk;
			try (Stream<Path> files = Files.walk(mine)) {
				chunk = files.filter(Files::isRegularFile)
					.filter(f -> f.getFileName().toString().matches("[0-9.]+|c\\.[0-9.]+"))
					.sorted()
					.findFirst()
					.orElseThrow();
			}
			final byte[] whole = Files.readAllBytes(chunk);
			for (final int length : new int[]{0, 1, whole.length / 2, whole.length - 1}) {
				Files.write(chunk, java.util.Arrays.copyOf(whole, length));
				final IOException exc = assertThrows(IOException.class,
					() -> planes(
						ZarrArray.open(Storages.open(mine.toString()), version(mine.getFileName().toString()))),
					mine + " " + length);
				assertTrue(exc.getMessage().contains(chunk.toString()), exc.getMessage());
				assertTrue(exc.getMessage().contains("Copy or write it again"), exc.getMessage());
			}
			for (int i = 0; i < whole.length; i += Math.max(1, whole.length / 5)) {
				final byte[] changed = whole.clone();
				changed[i] ^= 0x55;
				Files.write(chunk, changed);
				try {
					planes(ZarrArray.open(Storages.open(mine.toString()), version(mine.getFileName().toString())));
				}
				catch (final IOException exc) {
					errors++;
					assertTrue(exc.getMessage().contains(chunk.toString()), exc.getMessage());
				}
			}
		}
		assertTrue(errors > 40, "only " + errors + " errors");
	}

	@Test
	void anAbsentChunkHasTheFillValue(@TempDir final Path copy) throws IOException {
		ZarrFixtures.arrays(copy);
		Files.delete(copy.resolve("v2-u16-fill/0.0.0.0"));
		final ZarrArray array = ZarrArray.open(Storages.open(copy.resolve("v2-u16-fill").toString()), 2);
		final short[] plane = (short[]) array.planes(List.of(new int[]{0, 0})).get(0);
		assertEquals(700, plane[0]);
		assertEquals(value("u16", 0, 0, 28, 18), plane[28 * WIDTH + 18]);
	}

	@Test
	void metadataThatIsWrongIsNamed(@TempDir final Path copy) throws IOException {
		final String good = Files.readString(folder.resolve("v2-u16-zstd/.zarray"));
		assertProblem(copy, good.replace("\"<u2\"", "\"<u8\""), "dtype", "uint16");
		assertProblem(copy, good.replace("\"<u2\"", "[[\"a\", \"<u2\"]]"), "dtype", "uint16");
		assertProblem(copy, good.replaceFirst("\"zstd\"", "\"lzma\""), "lzma", "zstd");
		assertProblem(copy, good.replaceFirst("(?s)\"shape\": \\[[^\\]]*\\]", "\"shape\": [2, \"a\"]"), "shape",
			"numbers");
		assertProblem(copy, good.replaceFirst("(?s)\"chunks\": \\[[^\\]]*\\]", "\"chunks\": [0, 0, 0, 0]"), "chunks");
		assertProblem(copy, good.replaceFirst("(?s)\"shape\": \\[[^\\]]*\\],", ""), "shape");
		assertProblem(copy, good.substring(0, good.length() / 2), "no JSON object");
		assertProblem(copy, good.replaceFirst("\"filters\": null", "\"filters\": [{\"id\": \"delta\"}]"), "filters");
	}

	private static void assertProblem(final Path copy, final String json, final String... words) throws IOException {
		final Path file = Files.writeString(copy.resolve(".zarray"), json);
		final IOException exc = assertThrows(IOException.class, () -> ZarrArray.open(Storages.open(copy.toString()), 2),
			json);
		for (final String word : words) assertTrue(exc.getMessage().contains(word), exc.getMessage());
		assertTrue(exc.getMessage().contains(file.toString()), exc.getMessage());
	}

	private static List<Path> arrays() throws IOException {
		try (Stream<Path> names = Files.list(folder)) {
			return names.sorted().toList();
		}
	}

	private static ZarrArray open(final String name) throws IOException {
		return ZarrArray.open(Storages.open(folder.resolve(name).toString()), version(name));
	}

	private static int version(final String name) {
		return name.startsWith("v2") ? 2 : 3;
	}

	private static List<Object> planes(final ZarrArray array) throws IOException {
		final List<int[]> leads = new ArrayList<>();
		for (int c = 0; c < CHANNELS; c++) for (int z = 0; z < DEPTH; z++) leads.add(new int[]{c, z});
		return array.planes(leads);
	}

	private static String difference(final String name, final ZarrArray array) throws IOException {
		final String kind = name.split("-")[1];
		final List<Object> planes = planes(array);
		for (int p = 0; p < planes.size(); p++) {
			for (int y = 0; y < HEIGHT; y++) {
				for (int x = 0; x < WIDTH; x++) {
					final double wanted = value(kind, p / DEPTH, p % DEPTH, y, x);
					final double found = found(planes.get(p), y * WIDTH + x);
					if (wanted != found)
						return found + " in place of " + wanted + " at plane " + p + ", y " + y + ", x " + x;
				}
			}
		}
		return "";
	}

	private static double found(final Object plane, final int i) {
		if (plane instanceof byte[] bytes) return bytes[i] & 0xff;
		if (plane instanceof short[] shorts) return shorts[i] & 0xffff;
		return ((float[]) plane)[i];
	}

	private static double value(final String kind, final int c, final int z, final int y, final int x) {
		final int v = (13 * (x / 3) + 29 * (y / 2) + 700 * c + 210 * z + x * y % 7 / 6) % 4001;
		return switch (kind) {
			case "u8" -> v % 251;
			case "u16" -> v;
			case "i16" -> v - 2000;
			case "f32", "f64" -> v / 8.0 - 100;
			case "i8" -> v % 251 - 125;
			case "u32", "i32" -> v * 3;
			case "bool" -> v % 2;
			case "rep" -> (v - 700 * c) / 8.0;
			default -> throw new IllegalArgumentException(kind);
		};
	}
}
