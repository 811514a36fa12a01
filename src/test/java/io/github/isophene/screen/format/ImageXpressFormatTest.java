// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import static io.github.isophene.screen.Messages.assertMessage;
import static io.github.isophene.screen.Messages.touch;
import static io.github.isophene.screen.Messages.write;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.TestFormats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageXpressFormatTest {

	private static final String GUID = "8C94FDE6-3167-4B19-B587-01270ADE8C0D";

	@TempDir
	private Path dir;

	private Screen read(final Path source) throws IOException {
		return new ImageXpressFormat().read(source, ScreenOptions.none());
	}

	private static List<String> names(final Field field) {
		return field.planes().stream().map(p -> p == null ? "-" : Path.of(p.path()).getFileName().toString()).toList();
	}

	@Test
	void tellsTheWavelengthFromTheGuidAndSkipsThumbnails() throws IOException {
		final Path plate = dir.resolve("P7");
		write(plate.resolve("x.HTD"), "\"HTSInfoFile\", Version 1.0", "\"WaveName1\", \"DAPI\"",
			"\"WaveName12\", \"Cy5\"");
		for (final String image : List.of("_s1_w1", "_s1_w12", "_s1_w1_thumb", "_s2_w1")) {
			touch(plate.resolve("TimePoint_1/Week1_150607_B02" + image + GUID + ".tif"));
		}
		touch(plate.resolve("TimePoint_1/._Week1_150607_B02_s3_w1.tif"));
		final Screen screen = read(plate);
		assertEquals(List.of("DAPI", "Cy5"), screen.channels());
		assertEquals(List.of("P7 B02 site 1", "P7 B02 site 2"), screen.fields().stream().map(Field::label).toList());
		assertEquals(List.of("Week1_150607_B02_s1_w1" + GUID + ".tif", "Week1_150607_B02_s1_w12" + GUID + ".tif"),
			names(screen.fields().get(0)));
	}

	@Test
	void takesTheMiddleStepWhereThereIsNoProjection() throws IOException {
		write(dir.resolve("x.HTD"), "\"WaveName1\", \"DAPI\"", "\"WaveName2\", \"DAPI\"");
		for (int step = 1; step <= 10; step++) touch(dir.resolve("TimePoint_1/ZStep_" + step + "/x_A01_w1.TIF"));
		touch(dir.resolve("TimePoint_1/x_A01_w2.TIF"));
		final Field field = read(dir).fields().get(0);
		assertEquals(List.of("DAPI", "DAPI (w2)"), read(dir).channels());
		assertEquals(dir.resolve("TimePoint_1/ZStep_5/x_A01_w1.TIF").toAbsolutePath().toString(),
			field.planes().get(0).path());
		assertEquals(dir.resolve("TimePoint_1/x_A01_w2.TIF").toAbsolutePath().toString(), field.planes().get(1).path());
		assertEquals("5 projection", field.get("Metadata_Plane"));
	}

	@Test
	void severalPlatesInOneFolderAreToldApartByTheirNames() throws IOException {
		write(dir.resolve("one.HTD"), "\"WaveName1\", \"DAPI\"");
		Files.write(dir.resolve("two.HTD"), "\"WaveName1\", \"Gr\u00fcn\"".getBytes(StandardCharsets.ISO_8859_1));
		touch(dir.resolve("one_A01_w1.tif"));
		touch(dir.resolve("two_A01_w1.tif"));
		final Screen screen = read(dir);
		assertEquals(List.of("one A01 site 1", "two A01 site 1"), screen.fields().stream().map(Field::label).toList());
		assertEquals(List.of("DAPI", "Gr\u00fcn"), screen.channels());
		assertEquals(List.of("two A01 site 1"),
			read(dir.resolve("two.HTD")).fields().stream().map(Field::label).toList());
	}

	/** Rows of a MetaMorph journal name their columns without a zero; {@code s1} is a site and no well of row S. */
	@ParameterizedTest
	@ValueSource(strings = {"x.HTD", "notes.txt"})
	void wellsWithoutZeroAreTheSameWells(final String beside) throws IOException {
		final Path plate = dir.resolve("P8");
		write(plate.resolve(beside), "\"WaveName1\", \"DAPI\"");
		for (final String image : List.of("Exp_A1_s1_w1", "Exp_A01_s2_w1", "Exp_b1_w1", "Exp_B12_s1_w1", "Exp_s1_w1"))
			touch(plate.resolve(image + ".TIF"));
		final Screen screen = TestFormats.all().open(plate, "imagexpress", ScreenOptions.none());
		// Without an HTD nothing but the names of the files says which plate it is.
		final String name = beside.endsWith("HTD") ? "P8" : "Exp";
		assertEquals(
			List.of(name + " A01 site 1", name + " A01 site 2", name + " B01 site 1", name + " B12 site 1"),
			screen.fields().stream().map(Field::label).toList());
	}

	/** A sparse file takes no room on the disk of whoever made the archive. */
	@Test
	void anHtdIsBounded() throws IOException {
		touch(dir.resolve("x_B02_w1.TIF"));
		try (RandomAccessFile file = new RandomAccessFile(dir.resolve("x.HTD").toFile(), "rw")) {
			file.setLength(3L << 30);
		}
		assertMessage(IOException.class, () -> read(dir), "x.HTD has more than 64 MB");
	}

	@Test
	void saysWhatIsWrong() throws IOException {
		write(dir.resolve("x.HTD"), "\"WaveName1\", \"DAPI\"");
		assertMessage(IOException.class, () -> read(dir), "No images of " + dir.resolve("x.HTD"), "x_B02_s1_w1.TIF");
		touch(dir.resolve("TimePoint_1/x_Q99_w1.TIF"));
		assertMessage(IOException.class, () -> read(dir), "x_Q99_w1.TIF", "'Q99' is no well");
	}
}
