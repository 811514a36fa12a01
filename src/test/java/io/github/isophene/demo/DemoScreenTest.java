// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import ij.ImagePlus;
import ij.io.Opener;
import io.github.isophene.progress.Progress;
import io.github.isophene.progress.StoppingProgress;
import io.github.isophene.screen.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoScreenTest {

	private static final DemoOptions SMALL = DemoOptions.defaults()
		.withBatches(2)
		.withPlates(1)
		.withWells(5)
		.withClasses(4)
		.withFields(1)
		.withSize(64);

	@TempDir
	Path temp;

	@Test
	void sameOptionsSameBytesWhateverTheThreadsAndTheLocale() throws IOException {
		DemoScreen.write(temp.resolve("one"), SMALL, Progress.NONE, 1);
		final Locale locale = Locale.getDefault();
		try {
			Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
			DemoScreen.write(temp.resolve("three"), SMALL, Progress.NONE, 3);
		}
		finally {
			Locale.setDefault(locale);
		}
		assertSame(content(temp.resolve("one")), content(temp.resolve("three")));
		DemoScreen.write(temp.resolve("other"), SMALL.withSeed(2), Progress.NONE);
		assertNotEquals(text("one/truth.csv"), text("other/truth.csv"));
	}

	@Test
	void moreWellsFieldsPlatesAndBatchesLeaveTheOthersAlone() throws IOException {
		DemoScreen.write(temp.resolve("few"), SMALL, Progress.NONE);
		DemoScreen.write(temp.resolve("many"), SMALL.withWells(7).withFields(2).withPlates(2).withBatches(3),
			Progress.NONE);
		final Map<String, byte[]> few = content(temp.resolve("few"));
		final Map<String, byte[]> many = content(temp.resolve("many"));
		int images = 0;
		for (final String name : few.keySet()) {
			if (!name.endsWith(".tif")) continue;
			assertArrayEquals(few.get(name), many.get(name), name);
			images++;
		}
		assertEquals(2 * 5 * 4, images);
	}

	@Test
	void theTableIsLoadData() throws IOException {
		final DemoScreen made = DemoScreen.write(temp.resolve("demo"), SMALL, Progress.NONE);
		final List<String> lines = Files.readAllLines(made.table());
		assertEquals("FileName_OrigDNA,PathName_OrigDNA,FileName_OrigER,PathName_OrigER,FileName_OrigAGP," +
			"PathName_OrigAGP,FileName_OrigMito,PathName_OrigMito,Metadata_Plate,Metadata_Well,Metadata_Site," +
			"Metadata_Batch,Metadata_Compound,Metadata_Class,Metadata_pert_type", lines.get(0));
		assertEquals(1 + 2 * 5, lines.size());
		assertEquals(List.of("DNA", "ER", "AGP", "Mito"), made.screen().channels());
		assertEquals(10, made.screen().wellCount());
		for (int i = 1; i < lines.size(); i++) {
			final String[] row = lines.get(i).split(",", -1);
			final Field field = made.screen().fields().get(i - 1);
			for (int c = 0; c < 4; c++) {
				final Path image = made.table().resolveSibling(row[2 * c + 1]).resolve(row[2 * c]);
				assertTrue(Files.exists(image), image.toString());
				assertEquals(image.toAbsolutePath(), Path.of(field.planes().get(c).path()));
			}
			assertEquals(field.plate(), row[8]);
			assertEquals(field.get("Metadata_Batch"), row[8].substring(0, 2));
			assertEquals(row[12].equals("DMSO") ? "negcon" : "trt", row[14]);
			assertEquals(Phenotype.all().get(Integer.parseInt(row[13])).name(), row[12]);
		}
	}

	@Test
	void imageJReadsWhatWasRendered() throws IOException {
		final DemoScreen made = DemoScreen.write(temp.resolve("demo"), SMALL, Progress.NONE);
		final PlannedField field = new ScreenPlan(SMALL).fields().get(3);
		final List<
			short[]> rendered = new Microscope(SMALL).expose(field, new FieldRenderer(SMALL).render(field).channels());
		for (int c = 0; c < 4; c++) {
			final ImagePlus image = new Opener().openImage(made.screen().fields().get(3).planes().get(c).path());
			assertEquals(16, image.getBitDepth());
			assertEquals(64, image.getWidth());
			assertArrayEquals(rendered.get(c), (short[]) image.getProcessor().getPixels());
		}
	}

	@Test
	void theTruthHasEveryFieldsEffectAndCells() throws IOException {
		DemoScreen.write(temp.resolve("demo"), SMALL, Progress.NONE);
		final List<String> lines = Files.readAllLines(temp.resolve("demo/truth.csv"));
		final List<String> header = List.of(lines.get(0).split(","));
		final List<PlannedField> fields = new ScreenPlan(SMALL).fields();
		final FieldRenderer renderer = new FieldRenderer(SMALL);
		for (int i = 0; i < fields.size(); i++) {
			final PlannedField field = fields.get(i);
			final String[] row = lines.get(i + 1).split(",");
			assertEquals(header.size(), row.length);
			assertEquals(field.well(), row[2]);
			assertEquals(renderer.render(field).cells(), Integer.parseInt(row[header.indexOf("cells")]));
			assertEquals(field.effect().gain().get(3), Double.parseDouble(row[header.indexOf("gain_Mito")]));
			assertEquals(field.effect().blur().get(0), Double.parseDouble(row[header.indexOf("blur_DNA")]));
			assertEquals(field.effect().offset().get(1), Double.parseDouble(row[header.indexOf("offset_ER")]));
			assertEquals(field.effect().bleed().get(2), Double.parseDouble(row[header.indexOf("bleed_AGP")]));
			assertEquals(field.effect().vignetting(), Double.parseDouble(row[header.indexOf("vignetting")]));
			assertEquals(field.effect().centerY(), Double.parseDouble(row[header.indexOf("centre_y")]));
		}
	}

	@Test
	void stoppingLeavesNoTableAndASecondRunCompletes() throws IOException {
		final Path folder = temp.resolve("demo");
		final List<Long> seen = new ArrayList<>();
		final Progress impatient = new StoppingProgress((text, done, total) -> {
			assertEquals(10, total);
			seen.add(done);
			return done == 3;
		});
		final String message = assertThrows(CancellationException.class,
			() -> DemoScreen.write(folder, SMALL, impatient)).getMessage();
		assertTrue(message.contains("3 of 10 fields") && message.contains("Run again with the same keys"), message);
		assertEquals(List.of(0L, 1L, 2L, 3L), seen);
		assertFalse(Files.exists(folder.resolve("screen.csv")));
		for (final Map.Entry<String, byte[]> file : content(folder).entrySet()) {
			if (file.getKey().endsWith(".tif")) assertEquals(134 + 2 * 64 * 64, file.getValue().length, file.getKey());
			assertFalse(file.getKey().endsWith(".tmp"), file.getKey());
		}
		final List<Path> images = images(folder);
		final FileTime epoch = FileTime.fromMillis(0);
		for (final Path image : images) Files.setLastModifiedTime(image, epoch);
		final Path cut = Files.write(images.get(0), new byte[10]);
		DemoScreen.write(folder, SMALL, Progress.NONE);
		assertNotEquals(epoch, Files.getLastModifiedTime(cut), "it was not whole");
		assertTrue(images.stream().filter(image -> time(image).equals(epoch)).count() >= images.size() - 4,
			"what was there is kept");
		DemoScreen.write(temp.resolve("whole"), SMALL, Progress.NONE);
		assertSame(content(temp.resolve("whole")), content(folder));
	}

	private static List<Path> images(final Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(file -> file.toString().endsWith(".tif")).toList();
		}
	}

	private static FileTime time(final Path file) {
		try {
			return Files.getLastModifiedTime(file);
		}
		catch (final IOException exc) {
			throw new UncheckedIOException(exc);
		}
	}

	@Test
	void aFolderWithAnotherScreenIsLeftAlone() throws IOException {
		final Path folder = temp.resolve("demo");
		DemoScreen.write(folder, SMALL, Progress.NONE);
		final Map<String, byte[]> before = content(folder);
		final String message = assertThrows(IOException.class,
			() -> DemoScreen.write(folder, SMALL.withSeed(2), Progress.NONE)).getMessage();
		assertTrue(message.contains(folder.toString()) && message.contains("choose another folder, or delete this one"),
			message);
		assertSame(before, content(folder));

		final Path foreign = Files.createDirectory(temp.resolve("foreign"));
		Files.writeString(foreign.resolve("screen.csv"), "Metadata_Plate\n");
		assertThrows(IOException.class, () -> DemoScreen.write(foreign, SMALL, Progress.NONE));
		assertEquals("Metadata_Plate\n", text("foreign/screen.csv"));

		final Path file = Files.writeString(temp.resolve("file"), "");
		assertTrue(
			assertThrows(IOException.class, () -> DemoScreen.write(file, SMALL, Progress.NONE)).getMessage()
				.contains("is a file: choose a folder"));
	}

	@Test
	void theTruthIsJson() throws IOException {
		DemoScreen.write(temp.resolve("demo"), SMALL.withSeed(Long.MIN_VALUE), Progress.NONE);
		final var root = com.google.gson.JsonParser.parseString(text("demo/truth.json")).getAsJsonObject();
		assertEquals(Long.MIN_VALUE, Long.parseLong(root.getAsJsonObject("options").get("seed").getAsString()));
		assertEquals(4, root.getAsJsonArray("classes").size());
		final var batch = root.getAsJsonArray("batches").get(1).getAsJsonObject();
		final double gain = batch.getAsJsonObject("effect").getAsJsonArray("gain").get(2).getAsDouble();
		assertEquals(new ScreenPlan(SMALL.withSeed(Long.MIN_VALUE)).effects().ofBatch(2).gain().get(2), gain);
		assertEquals(1, batch.getAsJsonArray("plates").size());
	}

	private String text(final String name) throws IOException {
		return Files.readString(temp.resolve(name), StandardCharsets.UTF_8);
	}

	private static Map<String, byte[]> content(final Path folder) throws IOException {
		final Map<String, byte[]> content = new TreeMap<>();
		try (Stream<Path> files = Files.walk(folder)) {
			for (final Path file : files.filter(Files::isRegularFile).toList()) {
				content.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
			}
		}
		return content;
	}

	private static void assertSame(final Map<String, byte[]> expected, final Map<String, byte[]> actual) {
		assertEquals(expected.keySet(), actual.keySet());
		expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name), name));
	}
}
