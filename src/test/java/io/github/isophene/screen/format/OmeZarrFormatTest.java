// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.ScreenTable;
import io.github.isophene.screen.TestFormats;
import io.github.isophene.zarr.ZarrFixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plates of ome-zarr-py and ngff-zarr. */
class OmeZarrFormatTest {

	@TempDir
	private Path folder;

	@Test
	void everyPlateIsFound() throws IOException {
		ZarrFixtures.plates(folder);
		final Screen screen = TestFormats.all().open(folder, "auto", ScreenOptions.none());
		assertEquals(List.of("ngff04", "ngff05", "v04", "v05", "v05sharded"), List.copyOf(screen.plates().keySet()));
		assertEquals(3 * 6 + 2 * 4, screen.fields().size());
	}

	@Test
	void wellsFieldsAndChannelsComeFromMetadata() throws IOException {
		ZarrFixtures.plates(folder);
		for (final String name : List.of("v04", "v05", "v05sharded")) {
			final Path plate = folder.resolve(name + ".ome.zarr");
			final Screen screen = TestFormats.all().open(plate, "auto", ScreenOptions.none());
			assertEquals(List.of("DNA", "Mito"), screen.channels());
			assertEquals(List.of(name + " B02 site 0", name + " B02 site 1", name + " B11 site 0", name + " B11 site 1", name +
				" C02 site 0", name + " C02 site 1"), screen.fields().stream().map(Field::label).toList());
			assertEquals(new Plane(plate.resolve("B").resolve("11").resolve("1").toString(), 1), screen.fields().get(3).planes().get(1));
		}
		// ngff-zarr writes no omero metadata.
		assertEquals(List.of("ch1", "ch2"), TestFormats.all().open(folder.resolve("ngff05.ome.zarr"), "omezarr", ScreenOptions.none())
			.channels());
	}

	@Test
	void aTableKeepsWhereTheImagesAre() throws IOException {
		ZarrFixtures.plates(folder);
		final Screen screen = TestFormats.all().open(folder.resolve("v05.ome.zarr"), "auto", ScreenOptions.none());
		final Path table = folder.resolve("screen.csv");
		ScreenTable.write(screen, table);
		assertEquals(screen, ScreenTable.read(table));
		assertTrue(Files.readString(table).contains("v05.ome.zarr/B/11"), "relative paths");
	}

	@Test
	void aMissingWellIsNamed() throws IOException {
		ZarrFixtures.plates(folder);
		for (final String name : List.of("v04", "v05", "ngff04")) {
			final Path well = folder.resolve(name + ".ome.zarr").resolve("C").resolve("2");
			delete(well);
			assertMessage(well.getParent().getParent(), well.toString(), "missing");
		}
	}

	@Test
	void wrongMetadataIsNamed() throws IOException {
		ZarrFixtures.plates(folder);
		final Path plate = folder.resolve("v04.ome.zarr");
		final Path attributes = plate.resolve(".zattrs");
		final String good = Files.readString(attributes);
		Files.writeString(attributes, good.replace("B/11", "B/11/0"));
		assertMessage(plate, attributes.toString(), "row/column");
		Files.writeString(attributes, good.replace("\"wells\"", "\"weels\""));
		assertMessage(plate, attributes.toString(), "wells");
		Files.writeString(attributes, good.substring(0, 50));
		assertMessage(plate, attributes.toString(), "no JSON object");
		Files.writeString(attributes, "{\"plate\": 3}");
		assertMessage(plate, attributes.toString(), "plate is 3");
		Files.writeString(attributes, good);
		final Path well = plate.resolve("B").resolve("2").resolve(".zattrs");
		Files.writeString(well, "{}");
		assertMessage(plate, well.toString(), "has no well");
		Files.writeString(well, "{\"well\": {\"images\": [{\"path\": \"0\"}, {\"path\": \"0\"}]}}");
		assertMessage(plate, well.getParent().toString(), "two images");
	}

	private static void assertMessage(final Path plate, final String... words) {
		final IOException exc = assertThrows(IOException.class, () -> new OmeZarrFormat().read(plate, ScreenOptions.none()));
		for (final String word : words) assertTrue(exc.getMessage().contains(word), exc.getMessage());
	}

	static void delete(final Path folder) throws IOException {
		Files.walkFileTree(folder, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult visitFile(final Path file, final BasicFileAttributes attrs) throws IOException {
				Files.delete(file);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult postVisitDirectory(final Path dir, final IOException exc) throws IOException {
				Files.delete(dir);
				return FileVisitResult.CONTINUE;
			}
		});
	}
}
