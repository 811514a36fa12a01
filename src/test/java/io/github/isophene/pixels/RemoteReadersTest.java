// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenFormats;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.ScreenTable;
import io.github.isophene.screen.format.OmeZarrFormat;
import io.github.isophene.storage.RemoteSettings;
import io.github.isophene.storage.S3Server;
import io.github.isophene.zarr.ZarrFixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plates and images of a store of the S3 kind and of a web server, beside the same ones on this machine. */
class RemoteReadersTest {

	@TempDir
	private Path folder;

	private final FieldReaders readers = FieldReaders.builtIn();
	private final ScreenFormats formats = new ScreenFormats(List.of(new OmeZarrFormat()));

	@Test
	void aBucketsPlatesAreReadLikeAFolders() throws IOException {
		ZarrFixtures.plates(folder);
		try (S3Server server = new S3Server(folder); RemoteSettings settings = RemoteSettings.of(server)) {
			final Screen far = formats.open("s3://screens", "auto", ScreenOptions.none());
			final Screen near = formats.open(folder.toString(), "auto", ScreenOptions.none());
			assertEquals(near.fields().stream().map(Field::label).toList(),
				far.fields().stream().map(Field::label).toList());
			assertEquals("s3://screens/v05sharded.ome.zarr/C/2/1",
				far.fields().get(far.fields().size() - 1).planes().get(far.channels().indexOf("DNA")).path());
			for (int i = 0; i < far.fields().size(); i += 3) assertSame(near.fields().get(i), far.fields().get(i));
			final Path table = folder.resolve("far.csv");
			ScreenTable.write(far, table);
			assertEquals(far, ScreenTable.read(table));
		}
	}

	@Test
	void aWebSitesPlateIsReadAndNothingMoreOfItThanNeeded() throws IOException {
		ZarrFixtures.plates(folder);
		try (S3Server server = new S3Server(folder)) {
			server.open = true;
			final Screen far = formats.open(server.endpoint() + "/screens/v05sharded.ome.zarr/", "auto",
				ScreenOptions.none());
			assertTrue(server.requests.stream().noneMatch(r -> r.contains("/c/")),
				"opening reads no pixels: " + server.requests);
			server.requests.clear();
			final Screen near = formats.open(folder.resolve("v05sharded.ome.zarr").toString(), "auto",
				ScreenOptions.none());
			assertSame(near.fields().get(0), far.fields().get(0));
			assertTrue(server.requests.stream().filter(r -> r.contains("/c/")).allMatch(r -> r.contains("bytes=")),
				server.requests.toString());
			final IOException exc = assertThrows(IOException.class,
				() -> formats.open(server.endpoint() + "/screens", "auto", ScreenOptions.none()));
			assertTrue(exc.getMessage().contains("no OME-Zarr plate"), exc.getMessage());
		}
	}

	@Test
	void urlColumnsAreReadThroughTheCache() throws IOException {
		final Screen near = ScreenTable.read(Path.of("test-images/demo/screen.csv"));
		for (final Field field : near.fields().subList(0, 2)) {
			for (final Plane plane : field.planes())
				Files.copy(Path.of(plane.path()), folder.resolve(Path.of(plane.path()).getFileName()));
		}
		try (S3Server server = new S3Server(folder);
			RemoteSettings settings = RemoteSettings.of(server)
				.set("isophene.cache", folder.resolve("cache").toString()))
		{
			server.open = true;
			for (final String base : List.of("s3://screens/", server.endpoint() + "/screens/")) {
				server.requests.clear();
				final List<Field> fields = new ArrayList<>();
				for (final Field field : near.fields().subList(0, 3))
					fields.add(new Field(field.plate(), field.well(), field.site(), field.metadata(),
						field.planes().stream().map(p -> Plane.of(base + Path.of(p.path()).getFileName())).toList()));
				final Path table = folder.resolve("urls.csv");
				ScreenTable.write(new Screen(near.channels(), fields), table);
				assertTrue(Files.readString(table).startsWith("URL_OrigDNA,"));
				final Screen far = ScreenTable.read(table);
				for (int i = 0; i < 2; i++) assertSame(near.fields().get(i), far.fields().get(i));
				assertTrue(server.requests.size() >= 2 * near.channels().size());
				server.requests.clear();
				for (int i = 0; i < 2; i++) assertSame(near.fields().get(i), far.fields().get(i));
				assertEquals(0, server.requests.size(), "what was read comes from the cache");
				final IOException exc = assertThrows(IOException.class, () -> readers.read(far.fields().get(2)));
				assertTrue(exc.getMessage().contains(base) && exc.getMessage().contains("404"), exc.getMessage());
				assertTrue(exc.getMessage().contains(far.fields().get(2).label()), exc.getMessage());
			}
			Files.write(folder.resolve("bad.tif"), new byte[]{'I', 'I', 42, 0, 1});
			final Field bad = new Field("P", "A01", "1", java.util.Map.of(), List.of(Plane.of("s3://screens/bad.tif")));
			final IOException exc = assertThrows(IOException.class, () -> readers.read(bad));
			assertTrue(exc.getMessage().contains("s3://screens/bad.tif"), exc.getMessage());
		}
	}

	private void assertSame(final Field near, final Field far) throws IOException {
		final Field own = new Field(near.plate(), near.well(), near.site(), near.metadata(),
			near.planes().stream().filter(p -> p != null).toList());
		final Field theirs = new Field(far.plate(), far.well(), far.site(), far.metadata(),
			far.planes().stream().filter(p -> p != null).toList());
		final List<Object> a = PlaneArrays.of(readers.read(own));
		final List<Object> b = PlaneArrays.of(readers.read(theirs));
		assertEquals(a.size(), b.size());
		for (int c = 0; c < a.size(); c++) {
			if (a.get(c) instanceof short[] shorts) assertArrayEquals(shorts, (short[]) b.get(c), near.label());
			else assertArrayEquals((byte[]) a.get(c), (byte[]) b.get(c), near.label());
		}
	}
}
