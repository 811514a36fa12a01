// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlateRetryTest {

	private static final FileTime DONE = FileTime.fromMillis(1_700_000_000_000L);

	@TempDir
	Path folder;

	@Test
	void aLaterFileOfAnyChannelIsAReason() throws IOException {
		final String before = file("before.tif", -5000);
		final PlateRetry retry = new PlateRetry(Map.of("early", List.of(field("A01", before, before)), "late",
			List.of(field("A01", before, before), field("A02", before, file("after.tif", 5000))), "away",
			List.of(field("A01", folder.resolve("gone.tif").toString(), "https://host/image.tif"),
				field("A02", null, before))),
			(plate, fields) -> field -> true);
		assertFalse(retry.isDue("early", DONE, List.of()));
		assertTrue(retry.isDue("late", DONE, List.of()));
		assertFalse(retry.isDue("away", DONE, List.of()));
		assertFalse(PlateRetry.never().isDue("late", DONE, List.of(failure("late", "A02", Failure.Kind.READING))));
	}

	/** A chunk that is written over changes no folder's time. */
	@Test
	void aLaterChunkOfAnImageIsAReason() throws IOException {
		final Path image = Files.createDirectories(folder.resolve("plate.zarr/A/1/0"));
		Files.createDirectories(image.resolve("0/0"));
		Files.createDirectories(image.resolve("labels/cells"));
		final Path chunk = Path.of(file("plate.zarr/A/1/0/0/0/1", -5000));
		file("plate.zarr/A/1/0/labels/cells/0", 5000);
		try (Stream<Path> all = Files.walk(image)) {
			for (final Path path : all.filter(Files::isDirectory).toList())
				Files.setLastModifiedTime(path, FileTime.fromMillis(DONE.toMillis() - 5000));
		}
		final PlateRetry retry = new PlateRetry(Map.of("P", List.of(field("A01", image.toString(), image.toString()))),
			(plate, fields) -> field -> true);
		assertFalse(retry.isDue("P", DONE, List.of()), "labels are not read");
		Files.setLastModifiedTime(chunk, FileTime.fromMillis(DONE.toMillis() + 5000));
		assertTrue(retry.isDue("P", DONE, List.of()));
	}

	@Test
	void onlyWhatHadFailedIsTriedUntilOneIsGood() throws IOException {
		final String file = file("image.tif", -5000);
		final List<
			Field> fields = List.of(field("A01", file), field("A02", file), field("A03", file), field("A04", file));
		final List<String> tried = new ArrayList<>();
		final PlateRetry retry = new PlateRetry(Map.of("P", fields), (plate, all) -> field -> {
			final String well = all.get(field).well();
			tried.add(well);
			if (well.equals("A02")) throw new IOException("still broken");
			return true;
		});
		final Failure broken = failure("P", "A02", Failure.Kind.READING);
		final Failure flat = failure("P", "A01", Failure.Kind.PIXELS);
		assertFalse(retry.isDue("P", DONE, List.of()));
		assertFalse(retry.isDue("P", DONE, List.of(broken, flat)), "only files of the first can have changed");
		assertEquals(List.of("A02"), tried);
		tried.clear();
		assertTrue(retry.isDue("P", DONE,
			List.of(broken, flat, failure("P", "A03", Failure.Kind.PLATE), failure("P", "A04", Failure.Kind.READING))));
		assertEquals(List.of("A02", "A03"), tried);
	}

	@Test
	void theErrorsFileKeepsTheKindsAndRefusesOthers() throws IOException {
		final Path profiles = folder.resolve("profiles.parquet");
		final List<Failure> all = Stream.of(Failure.Kind.values()).map(kind -> failure("P", "A01", kind)).toList();
		final ErrorsFile errors = new ErrorsFile(profiles, false);
		errors.add(all);
		assertEquals(all, ErrorsFile.read(errors.path()));
		Files.writeString(errors.path(), Files.readString(errors.path()).replace("pixels", "weather"));
		final String message = assertThrows(IOException.class, () -> ErrorsFile.read(errors.path())).getMessage();
		assertTrue(message.contains("'weather' must be one of reading, pixels, plate"), message);
	}

	private static Failure failure(final String plate, final String well, final Failure.Kind kind) {
		return new Failure(plate, well, "1", kind, kind + ", with a comma");
	}

	private String file(final String name, final long later) throws IOException {
		final Path file = Files.createFile(folder.resolve(name));
		Files.setLastModifiedTime(file, FileTime.fromMillis(DONE.toMillis() + later));
		return file.toString();
	}

	private static Field field(final String well, final String... paths) {
		return new Field("P", well, "1", Map.of(),
			Arrays.stream(paths).map(path -> path == null ? null : Plane.of(path)).toList());
	}
}
