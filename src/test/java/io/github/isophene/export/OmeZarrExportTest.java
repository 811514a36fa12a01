// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import io.github.isophene.files.FolderDeletion;
import io.github.isophene.pixels.Downscale;
import io.github.isophene.pixels.FieldReader;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.ImageFileReader;
import io.github.isophene.pixels.PlaneArrays;
import io.github.isophene.progress.Progress;
import io.github.isophene.progress.StoppingProgress;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.ScreenTable;
import io.github.isophene.screen.format.OmeZarrFormat;
import net.imglib2.img.Img;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that an exported screen is read back unchanged: pixels, channels, names, metadata. */
class OmeZarrExportTest {

	@TempDir
	private Path folder;

	private final FieldReaders readers = FieldReaders.builtIn();

	@Test
	void everythingComesBack() throws IOException {
		final Screen all = ScreenTable.read(Path.of("test-images/demo/screen.csv"));
		final Screen screen = new Screen(all.channels(), all.fields().subList(6, 10));
		assertEquals(2, screen.plates().size());
		for (final ExportOptions options : List.of(ExportOptions.into(folder.resolve("a")).withLevels(3),
			ExportOptions.into(folder.resolve("b")).withVersion("0.5").withLevels(3).withPixelSize(.65),
			ExportOptions.into(folder.resolve("c")).withCompression("gzip"),
			ExportOptions.into(folder.resolve("d")).withVersion("0.5").withCompression("none")))
		{
			final ExportReport report = export(screen, options);
			assertEquals(screen.fields().size(), report.fields());
			assertEquals(0, report.failed());
			final Screen again = new OmeZarrFormat().read(options.folder(), ScreenOptions.none());
			assertEquals(report.screen(), ScreenTable.read(options.folder().resolve("screen.csv")));
			assertEquals(screen.channels(), again.channels());
			assertEquals(screen.metadataColumns(), again.metadataColumns());
			assertEquals(labels(screen), labels(again));
			for (final Field field : screen.fields()) {
				final Field other = again.fields()
					.stream()
					.filter(f -> f.label().equals(field.label()))
					.findFirst()
					.orElseThrow();
				assertEquals(field.metadata(), other.metadata());
				for (final Downscale downscale : List.of(Downscale.NONE, Downscale.mean(2), Downscale.mean(4),
					Downscale.nearest(2))) assertSame(readers.read(field, downscale), readers.read(other, downscale));
			}
		}
	}

	/** The level itself is read: with the finest pixels gone, the half of them are still the same. */
	@Test
	void aSmallerImageIsReadFromItsLevel() throws IOException {
		final Screen screen = ScreenTable.read(Path.of("test-images/demo/screen.csv"));
		final Screen again = export(screen, ExportOptions.into(folder.resolve("a")).withLevels(2)).screen();
		final Path image = Path.of(again.fields().get(0).planes().get(0).path());
		FolderDeletion.delete(image.resolve("0/0"));
		assertSame(readers.read(screen.fields().get(0), Downscale.mean(2)),
			readers.read(again.fields().get(0), Downscale.mean(2)));
	}

	@Test
	void aSecondRunWritesOnlyWhatHasChanged() throws IOException {
		final Screen screen = copy(ScreenTable.read(Path.of("test-images/demo/screen.csv")));
		final ExportOptions options = ExportOptions.into(folder.resolve("a"));
		export(screen, options);
		final Path changed = Path.of(screen.fields().get(3).planes().get(1).path());
		Files.setLastModifiedTime(changed, FileTime.fromMillis(12345678));
		final Path image = Path
			.of(ScreenTable.read(folder.resolve("a/screen.csv")).fields().get(5).planes().get(0).path());
		FolderDeletion.delete(image);
		// As a killed run leaves it.
		Files.createDirectories(io.github.isophene.files.AtomicFile.temporaryBeside(image).resolve("0/0"));
		final ExportReport second = export(screen, options);
		assertEquals(screen.fields().size() - 2, second.resumed());
		assertTrue(Files.exists(image));
		assertEquals(0, export(screen, options.withResume(false)).resumed());
		assertEquals(0, export(screen, options.withLevels(2)).resumed());
		assertNoTemporaries();
	}

	@Test
	void whatCannotBeReadIsNamedAndTheRestIsThere() throws IOException {
		final Screen screen = copy(ScreenTable.read(Path.of("test-images/demo/screen.csv")));
		final Path damaged = Path.of(screen.fields().get(0).planes().get(0).path());
		Files.write(damaged, new byte[100]);
		final ExportReport report = export(screen, ExportOptions.into(folder.resolve("a")));
		assertEquals(1, report.failed());
		assertTrue(Files.readString(report.errors()).contains(damaged.toString()));
		assertEquals(screen.fields().size() - 1,
			new OmeZarrFormat().read(folder.resolve("a"), ScreenOptions.none()).fields().size());
		for (final Field field : screen.fields())
			for (final Plane plane : field.planes()) Files.deleteIfExists(Path.of(plane.path()));
		final IOException exc = assertThrows(IOException.class,
			() -> export(screen, ExportOptions.into(folder.resolve("b"))));
		assertTrue(exc.getMessage().contains("None of the"), exc.getMessage());
		assertFalse(Files.exists(folder.resolve("b/screen.csv")));
	}

	@Test
	void aCanceledRunGoesOn() throws IOException {
		final Screen screen = ScreenTable.read(Path.of("test-images/demo/screen.csv"));
		final StoppingProgress progress = new StoppingProgress();
		final FieldReader cancels = new FieldReader() {

			private final ImageFileReader files = new ImageFileReader();
			private int count;

			@Override
			public String description() {
				return "cancels at the fifth field";
			}

			@Override
			public boolean accepts(final Field field) {
				return true;
			}

			@Override
			public synchronized Img<?> read(final Field field) throws IOException {
				if (++count == 5) progress.cancel();
				return files.read(field);
			}
		};
		final ExportOptions options = ExportOptions.into(folder.resolve("a"));
		assertThrows(CancellationException.class,
			() -> new OmeZarrExport(new FieldReaders(List.of(cancels))).run(screen, options,
				progress));
		assertNoTemporaries();
		final ExportReport report = export(screen, options);
		assertTrue(report.resumed() >= 1, "resumed " + report.resumed());
		assertEquals(screen.fields().size(), report.fields());
		assertSame(readers.read(screen.fields().get(0)), readers.read(report.screen().fields().get(0)));
	}

	@Test
	void otherThingsAreNotWrittenOver() throws IOException {
		final Screen screen = ScreenTable.read(Path.of("test-images/demo/screen.csv"));
		final Path a = folder.resolve("a");
		final Screen exported = export(screen, ExportOptions.into(a)).screen();
		assertMessage(exported, ExportOptions.into(a), "another folder");
		assertMessage(screen, ExportOptions.into(a).withVersion("0.5"), "another version");
		Files.createDirectories(folder.resolve("b/B1_P1.ome.zarr/holiday"));
		assertMessage(screen, ExportOptions.into(folder.resolve("b")), "holds other things");
		assertThrows(IllegalArgumentException.class, () -> ExportOptions.into(a).withVersion("0.6"));
		assertThrows(IllegalArgumentException.class, () -> ExportOptions.into(a).withCompression("rar"));
	}

	private void assertMessage(final Screen screen, final ExportOptions options, final String word) {
		final Exception exc = assertThrows(Exception.class, () -> export(screen, options));
		assertTrue(exc.getMessage().contains(word), exc.getMessage());
	}

	private ExportReport export(final Screen screen, final ExportOptions options) throws IOException {
		return new OmeZarrExport(readers).run(screen, options, Progress.NONE);
	}

	private Screen copy(final Screen screen) throws IOException {
		final List<Field> fields = new ArrayList<>();
		for (final Field field : screen.fields()) {
			final List<Plane> planes = new ArrayList<>();
			for (final Plane plane : field.planes()) {
				final Path from = Path.of(plane.path());
				planes.add(Plane.of(Files.copy(from, folder.resolve(from.getFileName())).toString()));
			}
			fields.add(new Field(field.plate(), field.well(), field.site(), field.metadata(), planes));
		}
		return new Screen(screen.channels(), fields);
	}

	private static List<String> labels(final Screen screen) {
		return screen.fields().stream().map(Field::label).sorted().toList();
	}

	private static void assertSame(final Img<?> expected, final Img<?> found) {
		final List<Object> a = PlaneArrays.of(expected);
		final List<Object> b = PlaneArrays.of(found);
		assertEquals(a.size(), b.size());
		for (int c = 0; c < a.size(); c++) {
			if (a.get(c) instanceof byte[] bytes) assertArrayEquals(bytes, (byte[]) b.get(c));
			else if (a.get(c) instanceof short[] shorts) assertArrayEquals(shorts, (short[]) b.get(c));
			else assertArrayEquals((float[]) a.get(c), (float[]) b.get(c));
		}
	}

	private void assertNoTemporaries() throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			assertEquals(List.of(), files.filter(f -> f.getFileName().toString().startsWith(".isophene")).toList());
		}
	}
}
