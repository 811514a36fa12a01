// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.isophene.adaptation.GoldenAdaptation;
import io.github.isophene.adaptation.MemoryTiles;
import io.github.isophene.adaptation.Watched;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.Tensors;
import io.github.isophene.network.BatchStatistics;
import io.github.isophene.network.Encoder;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelFile;
import io.github.isophene.network.Parameters;
import io.github.isophene.network.ResNet;
import io.github.isophene.network.StatisticsAccumulator;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.pixels.TileSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class PlateStatisticsTest {

	private static final int N = 23;
	private static final int SIZE = 64;

	/**
	 * Returns the statistics that a single forward pass in training mode over all images stores, computed by
	 * the package {@code network} alone.
	 */
	private static BatchStatistics onePass(final Model model, final TileSource tiles) throws IOException {
		final StatisticsAccumulator accumulator = new StatisticsAccumulator();
		try (NDManager manager = Engines.newManager("cpu");
			Parameters parameters = new Parameters(manager, model.card().architecture(), model.weights()))
		{
			final FloatBuffer values = FloatBuffer.allocate(tiles.count() * tiles.values());
			for (int i = 0; i < tiles.count(); i++) tiles.read(i, values);
			final NDArray images = Tensors.create(manager, values.flip(), tiles.count(), tiles.channels(),
				tiles.size(), tiles.size());
			new ResNet(model.card().architecture(), parameters).embed(images, accumulator);
		}
		return accumulator.result();
	}

	/** The largest difference of means in standard deviations, and of variances in shares. */
	static double difference(final BatchStatistics a, final BatchStatistics b) {
		double max = 0;
		assertEquals(a.layers().keySet(), b.layers().keySet());
		for (final Map.Entry<String, BatchStatistics.LayerStatistics> e : a.layers().entrySet()) {
			final BatchStatistics.LayerStatistics x = e.getValue();
			final BatchStatistics.LayerStatistics y = b.get(e.getKey());
			for (int c = 0; c < x.mean().length; c++) {
				max = Math.max(max, Math.abs(x.mean()[c] - y.mean()[c]) / Math.sqrt(x.variance()[c] + 1e-5));
				max = Math.max(max, Math.abs(x.variance()[c] - y.variance()[c]) / (x.variance()[c] + 1e-5));
			}
		}
		return max;
	}

	@ParameterizedTest
	@ValueSource(strings = {"resnet18", "resnet18-aa", "resnet50", "resnet50-aa"})
	void inChunksTheyAreThoseOfOnePass(final String name) throws IOException {
		final Model model = GoldenAdaptation.model("first", name, 3, 8, 4);
		final TileSource tiles = GoldenAdaptation.images(0, N, 3, SIZE);
		final BatchStatistics expected = onePass(model, tiles);
		for (final int chunk : new int[]{1, 5, 64}) {
			try (ExactBatchPass batch = new ExactBatchPass(model, Engines.device("cpu"), Long.MAX_VALUE, chunk, 1)) {
				final double off = difference(expected, batch.statistics(tiles));
				assertTrue(off <= 1e-5, () -> "in chunks of " + chunk + " off by " + off);
				assertEquals(N, batch.tilesRead(), "if everything can be held, one pass is enough");
			}
		}
	}

	@Test
	void theBudgetChangesTheTimeOnly() throws IOException {
		final Model model = GoldenAdaptation.model("first", "resnet18-aa", 3, 8, 4);
		final TileSource tiles = GoldenAdaptation.images(0, N, 3, SIZE);
		BatchStatistics first = null;
		long before = 0;
		// All activations; those behind the second stage; none.
		for (final long budget : new long[]{1L << 40, N * 16 * 8 * 8 * 4 * 2, 0}) {
			try (ExactBatchPass batch = new ExactBatchPass(model, Engines.device("cpu"), budget, 4, 1)) {
				final BatchStatistics statistics = batch.statistics(tiles);
				if (first == null) first = statistics;
				assertEquals(0, difference(first, statistics));
				assertTrue(batch.tilesRead() > before, () -> "budget " + budget + " read " + batch.tilesRead());
				before = batch.tilesRead();
			}
		}
		assertEquals(N * model.card().architecture().convolutions().size(), before,
			"without budget, one pass per layer");
	}

	@Test
	void theMeanOfChunksThatNormalizeThemselvesIsSomethingElse() throws IOException {
		final Model model = GoldenAdaptation.model("first", "resnet18", 3, 8, 4);
		final StatisticsAccumulator approximate = new StatisticsAccumulator();
		try (NDManager manager = Engines.newManager("cpu");
			Parameters parameters = new Parameters(manager, model.card().architecture(), model.weights()))
		{
			for (int from = 0; from < 24; from += 4) {
				final FloatBuffer values = FloatBuffer.allocate(4 * 3 * SIZE * SIZE);
				for (int i = 0; i < 4; i++) GoldenAdaptation.images(from, 4, 3, SIZE).read(i, values);
				new ResNet(model.card().architecture(), parameters)
					.embed(Tensors.create(manager, values.flip(), 4, 3, SIZE, SIZE), approximate);
			}
		}
		final double off = difference(
			PlateStatistics.of(model, GoldenAdaptation.images(0, 24, 3, SIZE), "cpu", PlateStatistics.MEMORY).layers(),
			approximate.result());
		assertTrue(off > 0.05, () -> "off by " + off);
	}

	@Test
	void threadsChangeNoBit() throws IOException {
		final Model model = GoldenAdaptation.model("first", "resnet18-aa", 3, 8, 4);
		final int threads = Engines.threads();
		try {
			final BatchStatistics[] found = new BatchStatistics[2];
			for (int i = 0; i < 2; i++) {
				Engines.setThreads(1 + 2 * i);
				found[i] = PlateStatistics
					.of(model, GoldenAdaptation.images(0, N, 3, SIZE), "cpu", PlateStatistics.MEMORY)
					.layers();
			}
			assertEquals(0, difference(found[0], found[1]));
		}
		finally {
			Engines.setThreads(threads);
		}
	}

	@Test
	void memoryDoesNotGrowWithTheNumberOfImages() throws IOException {
		final Model model = GoldenAdaptation.model("first", "resnet18", 1, 4, 2);
		final int[] most = new int[2];
		try (ExactBatchPass batch = new ExactBatchPass(model, Engines.device("cpu"), 0, 10, 1)) {
			final int before = arrays(batch.manager());
			for (int run = 0; run < 2; run++) {
				final int[] max = {0};
				final TileSource tiles = GoldenAdaptation.images(0, run == 0 ? 50 : 500, 1, 32);
				batch.statistics(new Watched(tiles, () -> max[0] = Math.max(max[0], arrays(batch.manager()))));
				most[run] = max[0];
				assertTrue(max[0] > before, "arrays at work are counted");
				assertEquals(before, arrays(batch.manager()), "arrays are left over");
			}
		}
		// Two workers may be at different places when they are looked at.
		assertTrue(Math.abs(most[1] - most[0]) <= 6, () -> most[0] + " arrays for 50 images, " + most[1] + " for 500");
	}

	/** Returns the number of arrays under a manager. */
	private static int arrays(final NDManager manager) {
		return manager.getManagedArrays().size();
	}

	@Test
	void embeddingsUseThemOnceTheyAreInAModel(@TempDir final Path folder) throws IOException {
		final Model model = GoldenAdaptation.model("first", "resnet18", 2, 4, 3);
		final TileSource tiles = GoldenAdaptation.images(0, 6, 2, SIZE);
		final PlateStatistics statistics = PlateStatistics.of(model, tiles, "cpu", PlateStatistics.MEMORY);
		final Model adapted = statistics.into(model, "BR1", StatisticsOrigin.CONTROLS);
		assertEquals("BR1", adapted.card().training().get(PlateStatistics.PLATE));
		assertEquals("controls", adapted.card().training().get(PlateStatistics.KIND));
		assertEquals("6", adapted.card().training().get(PlateStatistics.IMAGES));
		assertEquals(StatisticsOrigin.TRAINING, adapted.card().statistics());
		ModelFile.write(adapted, folder.resolve("adapted.zip"));
		final Model read = Model.load(folder.resolve("adapted.zip"));
		assertEquals(0,
			difference(statistics.layers(), BatchStatistics.of(read.card().architecture(), read.weights())));
		assertEquals(0, Drift.between(statistics, read).total());
		final FloatBuffer image = FloatBuffer.allocate(tiles.values());
		tiles.read(0, image);
		try (Encoder encoder = new Encoder(read, "cpu");
			Encoder other = new Encoder(model, "cpu");
			ExactBatchPass batch = new ExactBatchPass(model, Engines.device("cpu"), PlateStatistics.MEMORY))
		{
			final float[] embedding = encoder.embed(image.flip(), 1, 2, SIZE, SIZE)[0];
			// Biased against unbiased: the last layers have 6 * 2 * 2 values.
			assertArrayEquals(batch.embeddings(tiles, 1)[0], embedding, 0.1f);
			float off = 0;
			final float[] unadapted = other.embed(image, 1, 2, SIZE, SIZE)[0];
			for (int i = 0; i < embedding.length; i++) off = Math.max(off, Math.abs(embedding[i] - unadapted[i]));
			assertTrue(off > 0.5, "adaptation changes something");
		}
	}

	@Test
	void aModelThatTakesEachChannelIsAdaptedToo() throws IOException {
		final Model model = Model.load(Model.DEFAULT);
		final TileSource tiles = GoldenAdaptation.images(0, 3, 2, 64);
		final PlateStatistics statistics = PlateStatistics.of(model, tiles, "cpu", PlateStatistics.MEMORY);
		final MemoryTiles each = new MemoryTiles(1, 64, 64);
		for (int i = 0; i < 3; i++) {
			final FloatBuffer values = FloatBuffer.allocate(tiles.values());
			tiles.read(i, values);
			for (int c = 0; c < 2; c++) each.add(i, Arrays.copyOfRange(values.array(), c * 4096, (c + 1) * 4096));
		}
		final double off = difference(statistics.layers(), onePass(model, each));
		// The last layers get 24 values per channel, so rounding weighs more.
		assertTrue(off <= 1e-4, () -> "off by " + off);
		try (ExactBatchPass batch = new ExactBatchPass(model, Engines.device("cpu"), PlateStatistics.MEMORY)) {
			assertEquals(model.embeddingDimension(2), batch.embeddings(tiles, 2)[1].length);
		}
	}

	@Test
	void whatCannotBeMeasuredIsSaid() {
		final Model model = GoldenAdaptation.model("first", "resnet18", 3, 4, 4);
		says("no images", () -> PlateStatistics.of(model, new MemoryTiles(3, 64, 64), "cpu", 0));
		says("single value per channel",
			() -> PlateStatistics.of(model, GoldenAdaptation.images(0, 1, 3, 32), "cpu", 0));
		says("takes 3 channels (c0, c1, c2), but the images have 2",
			() -> PlateStatistics.of(model, GoldenAdaptation.images(0, 4, 2, 64), "cpu", 0));
	}

	@Test
	void statisticsOfChunksOrAnotherArchitectureAreNotStored() throws IOException {
		final Model model = GoldenAdaptation.model("first", "resnet18", 1, 4, 4);
		final PlateStatistics statistics = PlateStatistics.of(model, GoldenAdaptation.images(0, 4, 1, 64), "cpu", 0);
		says("use calibrated, controls or joint-plate", () -> statistics.into(model, "P", StatisticsOrigin.JOINT));
		says("another architecture", () -> statistics.into(GoldenAdaptation.model("first", "resnet18", 1, 8, 4), "P",
			StatisticsOrigin.CONTROLS));
		says("another architecture", () -> statistics.into(GoldenAdaptation.model("first", "resnet50", 1, 4, 4), "P",
			StatisticsOrigin.CONTROLS));
	}

	@Test
	void anImageThatCannotBeReadStopsItWithItsMessage() {
		final Model model = GoldenAdaptation.model("first", "resnet18", 1, 4, 4);
		final TileSource tiles = new Watched(GoldenAdaptation.images(0, 4, 1, 64), () -> {
			throw new UncheckedIOException(new IOException("a.tif is damaged"));
		});
		assertEquals("a.tif is damaged",
			assertThrows(IOException.class, () -> PlateStatistics.of(model, tiles, "cpu", 0)).getMessage());
	}

	public static void says(final String part, final Executable code) {
		final String message = assertThrows(IllegalArgumentException.class, code).getMessage();
		assertTrue(message.contains(part), message);
	}

	@Test
	void labelsNameTheKinds() {
		for (final StatisticsOrigin kind : StatisticsOrigin.values()) {
			assertEquals(kind, StatisticsOrigin.of(kind.label().toUpperCase(Locale.ROOT)));
		}
		assertEquals(List.of("calibrated", "mix", "joint", "joint-plate", "controls", "batch", "training"),
			Arrays.stream(StatisticsOrigin.values()).map(StatisticsOrigin::label).toList());
		says("calibrated, mix, joint, joint-plate, controls, batch, training, or auto",
			() -> StatisticsOrigin.of("running"));
	}
}
