// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.isophene.SharedData;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.format.ImageXpressFormat;
import io.github.isophene.screen.format.PhenixFormat;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real exports, opened by our own formats and by Bio-Formats: the same wells, the same pixels. */
class OwnFormatsTest {

	@TempDir
	Path folder;

	@Test
	void harmony() throws IOException {
		final Path source = SharedData.get("operetta");
		final Screen own = new PhenixFormat().read(source, ScreenOptions.none());
		final Screen theirs = new BioFormatsFormat().read(source, ScreenOptions.none());
		assertEquals(own.channels(), theirs.channels());
		assertEquals(own.fields().stream().map(Field::label).toList(),
			theirs.fields().stream().map(Field::label).toList());
		assertSamePixels(own.fields(), theirs.fields(), own.channels().size());
	}

	@Test
	void metaXpress() throws IOException {
		// Of the three exports in the folder, Bio-Formats 7.3 opens none right: they lack wavelengths, wells or
		// single images, and it counts files instead of reading their names. So a complete one is made of one.
		final Path source = SharedData.get("imagexpress/9987_Plate_3434");
		try (Stream<Path> images = Files.list(source.resolve("TimePoint_1/ZStep_1"))) {
			for (final Path image : images.filter(file -> file.toString().endsWith(".TIF")).toList()) {
				Files.copy(image, folder.resolve(image.getFileName()));
			}
		}
		final String htd = Files.readString(source.resolve("9987.HTD"), StandardCharsets.ISO_8859_1);
		Files.writeString(folder.resolve("9987.HTD"),
			htd.replace("\"NWavelengths\", 4", "\"NWavelengths\", 3")
				.replaceAll("\"(WaveName|WaveCollect)4\".*\\R", "")
				.replace("\"ZSeries\", TRUE", "\"ZSeries\", FALSE")
				.replace("\"ZSteps\", 3", "\"ZSteps\", 1"),
			StandardCharsets.ISO_8859_1);
		final Screen own = new ImageXpressFormat().read(folder, ScreenOptions.none());
		final Screen theirs = new BioFormatsFormat().read(folder, ScreenOptions.none());
		assertEquals(4, own.fields().size());
		assertEquals(wells(own), wells(theirs));
		assertEquals(List.of("DAPI", "FITC", "Texas Red"), own.channels());
		assertEquals(own.channels(), theirs.channels());
		assertSamePixels(own.fields(), theirs.fields(), 3);
	}

	private static List<String> wells(final Screen screen) {
		return screen.fields().stream().map(field -> field.well() + " " + field.site()).toList();
	}

	private static void assertSamePixels(final List<Field> own, final List<Field> theirs, final int channels)
		throws IOException
	{
		try (FieldReaders ours = FieldReaders.builtIn(); BioFormatsReader reader = new BioFormatsReader()) {
			for (int i = 0; i < own.size(); i++) {
				final Field field = theirs.get(i);
				final Img<?> expected = ours.read(own.get(i));
				final Img<?> got = reader.read(new Field(field.plate(), field.well(), field.site(), field.metadata(),
					field.planes().subList(0, channels)));
				assertArrayEquals(expected.dimensionsAsLongArray(), got.dimensionsAsLongArray());
				assertEquals(expected.firstElement().getClass(), got.firstElement().getClass());
				assertArrayEquals(values(expected), values(got), field.label());
			}
		}
	}

	@SuppressWarnings("unchecked")
	private static double[] values(final Img<?> image) {
		final double[] values = new double[(int) image.size()];
		int i = 0;
		for (final RealType<?> value : (Img<? extends RealType<?>>) image) values[i++] = value.getRealDouble();
		return values;
	}
}
