// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
			(plate, fields) -> (field, reason) -> true);
		assertFalse(retry.isDue("early", DONE, List.of()));
		assertTrue(retry.isDue("late", DONE, List.of()));
		assertFalse(retry.isDue("away", DONE, List.of()));
		assertFalse(PlateRetry.never().isDue("late", DONE, List.of(new Failure("late", "A02", "1", "no image"))));
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
			(plate, fields) -> (field, reason) -> true);
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
		final PlateRetry retry = new PlateRetry(Map.of("P", fields), (plate, all) -> (field, reason) -> {
			tried.add(all.get(field).well() + " " + reason);
			if (reason.equals("broken")) throw new IOException("still broken");
			return reason.equals("was away");
		});
		assertFalse(retry.isDue("P", DONE, List.of()));
		assertFalse(retry.isDue("P", DONE,
			List.of(new Failure("P", "A02", "1", "broken"), new Failure("P", "A04", "1", "flat"))));
		assertEquals(List.of("A02 broken", "A04 flat"), tried);
		tried.clear();
		assertTrue(retry.isDue("P", DONE,
			List.of(new Failure("P", "A02", "1", "was away"), new Failure("P", "A03", "1", "flat"))));
		assertEquals(List.of("A02 was away"), tried);
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
