// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.ScreenTable;
import io.github.isophene.screen.TestFormats;
import io.github.isophene.storage.Storages;
import io.github.isophene.zarr.ImageGroup;
import io.github.isophene.zarr.ZarrFixtures;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plates of ome-zarr-py and ngff-zarr. */
class OmeZarrFormatTest {

	@TempDir
	private Path folder;

	private final List<String> warnings = new ArrayList<>();

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
			assertEquals(List.of(name + " B02 site 0", name + " B02 site 1", name + " B11 site 0", name + " B11 site 1",
				name + " C02 site 0", name + " C02 site 1"), screen.fields().stream().map(Field::label).toList());
			assertEquals(new Plane(plate.resolve("B").resolve("11").resolve("1").toString(), 1),
				screen.fields().get(3).planes().get(1));
		}
		// ngff-zarr writes no omero metadata.
		assertEquals(List.of("ch1", "ch2"),
			TestFormats.all().open(folder.resolve("ngff05.ome.zarr"), "omezarr", ScreenOptions.none()).channels());
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
	void wellsAndImagesThatWereNeverWrittenAreLeftOut() throws IOException {
		ZarrFixtures.plates(folder);
		for (final String name : List.of("v04", "v05", "ngff04")) {
			final Path plate = folder.resolve(name + ".ome.zarr");
			final int all = read(plate).fields().size();
			final Path well = plate.resolve("C").resolve("2");
			final int images = (int) read(plate).fields().stream().filter(f -> f.well().equals("C02")).count();
			delete(well);
			warnings.clear();
			assertEquals(all - images, read(plate).fields().size(), name);
			assertTrue(warnings.toString().contains("names 1 well that were never written") &&
				warnings.toString().contains(well.toString()), warnings::toString);
			final Path image = Path.of(read(plate).fields().get(0).planes().get(0).path());
			delete(image);
			warnings.clear();
			assertEquals(all - images - 1, read(plate).fields().size(), name);
			assertTrue(warnings.toString().contains(image.toString()), warnings::toString);
			for (final Path row : List.of(plate.resolve("B"), plate.resolve("C"))) if (Files.exists(row)) delete(row);
			assertMessage(plate, "missing, as are all wells");
		}
	}

	@Test
	void channelsAreNamedByEachImage() throws IOException {
		ZarrFixtures.plates(folder);
		final Path plate = folder.resolve("v04.ome.zarr");
		final Path second = plate.resolve("B").resolve("2").resolve("1").resolve(".zattrs");
		Files.writeString(second,
			Files.readString(second).replace("\"DNA\"", "\"Cy3\"").replace("\"Mito\"", "\"DNA\""));
		final Screen screen = read(plate);
		assertEquals(List.of("DNA", "Mito", "Cy3"), screen.channels());
		final String path = second.getParent().toString();
		assertEquals(Arrays.asList(new Plane(path, 1), null, new Plane(path, 0)), screen.fields().get(1).planes());
		assertEquals(
			Arrays.asList(new Plane(path.replaceFirst("1$", "0"), 0), new Plane(path.replaceFirst("1$", "0"), 1), null),
			screen.fields().get(0).planes());
		assertTrue(warnings.toString().contains("5 have DNA, Mito; 1 has Cy3, DNA"), warnings::toString);
		Files.writeString(second, "{}");
		// What can't be read fails where it is read, as a damaged file does.
		assertEquals(screen.fields().size(), read(plate).fields().size());
	}

	@Test
	void aZippedPlateIsTheSame() throws IOException {
		ZarrFixtures.plates(folder);
		for (final String name : List.of("v04", "v05sharded")) {
			final Path plate = folder.resolve(name + ".ome.zarr");
			final Screen open = read(plate);
			final Path zips = Files.createDirectories(folder.resolve("zips-" + name));
			zip(plate, "", zips.resolve(name + ".ozx"));
			zip(plate, "deep.zarr/", zips.resolve(name + "2.zarr.zip"));
			try (FieldReaders readers = FieldReaders.builtIn()) {
				for (final String file : List.of(name + ".ozx", name + "2.zarr.zip")) {
					final Screen zipped = read(zips.resolve(file));
					assertEquals(open.channels(), zipped.channels());
					assertEquals(open.fields().stream().map(f -> f.well() + f.site()).toList(),
						zipped.fields().stream().map(f -> f.well() + f.site()).toList());
					ScreenTable.write(zipped, zips.resolve("screen.csv"));
					final Screen again = ScreenTable.read(zips.resolve("screen.csv"));
					for (int i = 0; i < open.fields().size(); i++) {
						assertArrayEquals(pixels(readers, open.fields().get(i)), pixels(readers, again.fields().get(i)),
							file);
					}
				}
			}
			assertEquals(2 * open.fields().size(), read(zips).fields().size(), "a folder of zip files");
		}
	}

	@Test
	void chunksAreFoundThoughTheMetadataSayOtherwise() throws IOException {
		ZarrFixtures.plates(folder);
		final Path plate = folder.resolve("v04.ome.zarr");
		final Field field = read(plate).fields().get(0);
		final Path array = Path.of(field.planes().get(0).path())
			.resolve(ImageGroup.read(Storages.open(field.planes().get(0).path())).levels().get(0).path())
			.resolve(".zarray");
		try (FieldReaders readers = FieldReaders.builtIn()) {
			final float[] pixels = pixels(readers, field);
			final String json = Files.readString(array);
			assertTrue(json.contains("dimension_separator"));
			Files.writeString(array, json.replaceAll(",?\\s*\"dimension_separator\"\\s*:\\s*\"/\"", ""));
			assertArrayEquals(pixels, pixels(readers, field));
		}
	}

	@Test
	void anArrayWithoutChunksIsWarnedOf() throws IOException {
		ZarrFixtures.plates(folder);
		for (final String name : List.of("v04", "v05", "v05sharded")) {
			final Path image = Path.of(read(folder.resolve(name + ".ome.zarr")).fields().get(0).planes().get(0).path());
			final ImageGroup group = ImageGroup.read(Storages.open(image.toString()));
			final Path array = image.resolve(group.levels().get(0).path());
			try (Stream<Path> inside = Files.list(array)) {
				for (final Path file : inside.filter(f -> !f.getFileName().toString().matches("\\.z.*|zarr.json"))
					.toList()) delete(file);
			}
			final List<String> told = new ArrayList<>();
			group.open(0).planes(List.of(group.lead(group.open(0), 0)), told::add);
			assertTrue(told.toString().contains(array + " holds none of the"), told::toString);
		}
	}

	private Screen read(final Path plate) throws IOException {
		return new OmeZarrFormat().read(plate, ScreenOptions.none().withWarnings(warnings::add));
	}

	private static float[] pixels(final FieldReaders readers, final Field field) throws IOException {
		final Img<?> image = readers.read(field);
		final float[] values = new float[(int) image.size()];
		int i = 0;
		for (final Object value : image) values[i++] = ((RealType<?>) value).getRealFloat();
		return values;
	}

	private static void zip(final Path folder, final String prefix, final Path file) throws IOException {
		try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file));
			Stream<Path> all = Files.walk(folder))
		{
			for (final Path one : all.filter(Files::isRegularFile).toList()) {
				out.putNextEntry(new ZipEntry(prefix + folder.relativize(one).toString().replace('\\', '/')));
				Files.copy(one, out);
				out.closeEntry();
			}
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
		final IOException exc = assertThrows(IOException.class,
			() -> new OmeZarrFormat().read(plate, ScreenOptions.none()));
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
