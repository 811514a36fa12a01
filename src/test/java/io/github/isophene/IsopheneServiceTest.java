// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import ij.process.FloatProcessor;
import io.github.isophene.commands.EmbedImage;
import io.github.isophene.commands.OpenScreen;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.embedding.FeatureSet;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.Screen;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.module.Module;
import org.scijava.task.event.TaskEvent;

class IsopheneServiceTest {

	@TempDir
	Path folder;

	private Context context;
	private IsopheneService isophene;

	@BeforeEach
	void start() {
		context = new Context();
		isophene = context.service(IsopheneService.class);
	}

	@AfterEach
	void dispose() {
		context.dispose();
	}

	/** Presses the cancel button when a run has embedded some fields. */
	public static final class Canceler {

		private final AtomicLong pressed = new AtomicLong();

		@EventHandler
		public void onEvent(final TaskEvent event) {
			if (event.getTask().getName().equals("Embed Screen") && event.getTask().getProgressValue() >= 6 &&
				pressed.compareAndSet(0, System.nanoTime()))
			{
				event.getTask().cancel("enough");
			}
		}
	}

	@Test
	void aCancelButtonStopsARunAtOnceAndLeavesItToBeTakenUp() throws IOException {
		final Screen screen = isophene.makeDemoScreen(folder.resolve("screen"),
			DemoOptions.defaults()
				.withBatches(3)
				.withPlates(1)
				.withWells(8)
				.withFields(4)
				.withSize(128)
				.withClasses(2));
		final Path profiles = folder.resolve("profiles.parquet");
		final Canceler canceler = new Canceler();
		context.service(EventService.class).subscribe(canceler);
		final EmbeddingOptions options = EmbeddingOptions.into(profiles).withTile(64);
		final CancellationException exc = assertThrows(CancellationException.class,
			() -> isophene.embedScreen(screen, options));
		final double seconds = (System.nanoTime() - canceler.pressed.get()) * 1e-9;
		assertTrue(seconds < 5, "it took " + seconds + " s");
		assertTrue(exc.getMessage().contains("run it again"), exc.getMessage());
		assertFalse(Thread.interrupted(), "the interrupt outlives the run");
		assertFalse(Files.exists(profiles));
		assertEquals(96, isophene.embedScreen(screen, options).rows());
	}

	@Test
	void embedImageAsCommandAsOpAndAsServiceAgree() throws Exception {
		final float[] pixels = new float[256 * 224];
		for (int i = 0; i < pixels.length; i++) pixels[i] = (i * 0x9E3779B9 >>> 20) % 1000;
		final RandomAccessibleInterval<?> image = ArrayImgs.floats(pixels, 256, 224);
		final ProfileTable table = isophene.embedImage(image, "default", 224, "cpu");
		assertEquals(1, table.rowCount());
		assertArrayEquals(table.row(0), IsopheneOps.embed(image, "default"));

		final Module module = context.service(CommandService.class)
			.run(EmbedImage.class, true, "image", new ImagePlus("noise", new FloatProcessor(256, 224, pixels)))
			.get();
		final ResultsTable results = (ResultsTable) module.getOutput("embeddings");
		assertNotNull(results);
		assertEquals(table.feature(0, 7), (float) results.getValue(table.featureColumns().get(7), 0));
	}

	@Test
	void statisticsOfAnImageAgreeAsCommandAsOpAndAsService() throws Exception {
		final float[] pixels = new float[96 * 64];
		for (int i = 0; i < pixels.length; i++) pixels[i] = (i * 0x9E3779B9 >>> 20) % 1000;
		final RandomAccessibleInterval<?> image = ArrayImgs.floats(pixels, 96, 64);
		for (final FeatureSet set : FeatureSet.values()) {
			final ProfileTable table = isophene.embedImage(image, "default", 0, "cpu", set);
			assertEquals(1, table.rowCount());
			assertArrayEquals(table.row(0), IsopheneOps.embed(image, "default", set.toString()), set.toString());
			assertEquals(table.featureColumns(), IsopheneOps.featureNames(image, "default", set.toString()));
			assertEquals(set != FeatureSet.NETWORK, table.featureColumns().contains("stat_1_mean"));
			assertEquals(set != FeatureSet.STATISTICS, table.featureColumns().stream().anyMatch(
				f -> !f.startsWith("stat_")));

			final ImagePlus open = new ImagePlus("noise", new FloatProcessor(96, 64, pixels));
			final ProfileTable planes = isophene.embedImage(open, "default", 0, "cpu", set);
			assertEquals(table.featureColumns(), planes.featureColumns());
			assertArrayEquals(table.row(0), planes.row(0));
			final Path file = folder.resolve(set + ".csv");
			context.service(CommandService.class)
				.run(EmbedImage.class, true, "image", open, "features", set.toString(), "device", "cpu", "table",
					file.toFile())
				.get();
			assertEquals(table.featureColumns(), ProfileFile.read(file).featureColumns());
			assertArrayEquals(table.row(0), ProfileFile.read(file).row(0));
		}
		final String message = assertThrows(IllegalArgumentException.class,
			() -> IsopheneOps.embed(image, "default", "pixels")).getMessage();
		assertEquals("features = pixels: must be network, statistics or both", message);
	}

	@Test
	void tilesAndNormalizedImages() {
		final var image = ArrayImgs.unsignedShorts(100, 70, 2);
		assertEquals(6, isophene.tiles(image, 32).size());
		image.getAt(3, 4, 1).set(65535);
		assertEquals(1f, isophene.normalize(image, "typemax").getAt(3, 4, 1).get());
	}

	@Test
	void aPatternCanBeTriedBeforeItIsUsed() throws Exception {
		Files.createDirectory(folder.resolve("images"));
		for (final String name : new String[]{"A01_1_DNA.tif", "B02_1_DNA.tif", "notes.txt"}) {
			Files.writeString(folder.resolve("images").resolve(name), "");
		}
		final Module module = context.service(CommandService.class)
			.run(OpenScreen.class, true, "source", folder.resolve("images").toFile(), "pattern",
				"(?<well>[A-P][0-9]+)_(?<site>[0-9]+)_(?<channel>[A-Z]+)[.]tif", "preview", true)
			.get();
		final String preview = module.getOutput("summary").toString();
		assertTrue(preview.startsWith("file\twell\tsite\tchannel"), preview);
		assertTrue(preview.contains("B02\t1\tDNA") && preview.contains("notes.txt\t(does not match)"), preview);
	}
}
