// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import io.github.isophene.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The small screen in test-images is what today's simulator makes from the keys
 * in its README: on every machine, to the byte. If a change is meant to alter
 * pixels, raise the generator's number and run this class's {@link #main}.
 */
class TestImagesTest {

	private static final Path FOLDER = Path.of("test-images");
	private static final Path PICTURE_FILE = Path.of("src/site/markdown/images/demo-classes.png");
	static final DemoOptions SCREEN = DemoOptions.defaults()
		.withBatches(2)
		.withPlates(1)
		.withWells(8)
		.withFields(1)
		.withSize(160)
		.withClasses(6)
		.withShift(1)
		.withSeed(1);
	static final DemoOptions PICTURE = DemoOptions.defaults()
		.withBatches(3)
		.withPlates(1)
		.withWells(16)
		.withSize(112)
		.withClasses(8)
		.withShift(1)
		.withSeed(2);

	@Test
	void theScreenIsMadeAgainToTheByte(@TempDir final Path temp) throws IOException {
		DemoScreen.write(temp, SCREEN, Progress.NONE);
		final Path kept = FOLDER.resolve("demo");
		assertEquals(names(kept), names(temp));
		for (final String name : names(temp)) {
			assertArrayEquals(Files.readAllBytes(kept.resolve(name)), Files.readAllBytes(temp.resolve(name)), name);
		}
	}

	@Test
	void thePictureIsMadeAgainToThePixel() throws IOException {
		final BufferedImage kept = ImageIO.read(PICTURE_FILE.toFile());
		final BufferedImage made = DemoMontage.image(PICTURE);
		assertEquals(made.getWidth(), kept.getWidth());
		assertEquals(made.getHeight(), kept.getHeight());
		assertArrayEquals(pixels(made), pixels(kept));
	}

	@Test
	void theReadmeGivesTheKeys() throws IOException {
		final String readme = Files.readString(FOLDER.resolve("README.md"));
		final String keys = "batches=" + SCREEN.batches() + ",plates=" + SCREEN.plates() + ",wells=" + SCREEN.wells() +
			",fields=" + SCREEN.fields() + ",size=" + SCREEN.size() + ",classes=" + SCREEN.classes() +
			",shift=1,seed=" + SCREEN.seed();
		assertTrue(readme.contains(keys), "README.md lacks " + keys);
	}

	private static int[] pixels(final BufferedImage image) {
		return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
	}

	private static List<String> names(final Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).sorted().toList();
		}
	}

	/** Writes test-images anew; delete test-images/demo first. */
	public static void main(final String[] args) throws IOException {
		DemoScreen.write(FOLDER.resolve("demo"), SCREEN, Progress.NONE);
		ImageIO.write(DemoMontage.image(PICTURE), "png", PICTURE_FILE.toFile());
	}
}
