// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.adaptation.tiles.FlippedTiles;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelFile;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.pixels.TileSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks without batch normalization and TENT compute what PyTorch does: golden_baselines.py. */
class BaselinesGoldenTest {

	private static StateDict golden;

	@BeforeAll
	static void read() throws IOException {
		try (InputStream in = BaselinesGoldenTest.class.getResourceAsStream("golden_baselines.safetensors")) {
			final byte[] bytes = in.readAllBytes();
			golden = Safetensors.read(new ByteArrayInputStream(bytes), bytes.length);
		}
	}

	private static Model model(final String architecture) {
		final Model model = GoldenAdaptation.model("first", architecture, 2, 8, 4);
		return new Model(model.card().with(StatisticsOrigin.TRAINING, model.card().training()), model.weights());
	}

	private static FieldImages fields(final TileSource tiles) {
		return new FieldImages(List.of("c0", "c1"),
			IntStream.range(0, tiles.count()).mapToObj(i -> new FieldImages.Position("A01", "" + i)).toList(), tiles);
	}

	/** Probabilities of golden images by the road that users take. */
	private static double[][] predict(final Model model, final TileSource tiles) throws IOException {
		return new Predictor(List.of(model), PredictionOptions.of(StatisticsOrigin.TRAINING).withDevice("cpu"))
			.predict("P", fields(tiles), new FieldImages(List.of("c0", "c1"), List.of(), new MemoryTiles(2, 64, 64)))
			.fields()
			.stream()
			.map(Prediction::probabilities)
			.toArray(double[][]::new);
	}

	private static void assertGolden(final String name, final double[][] probabilities) {
		final float[] expected = golden.get(name).values();
		final int k = probabilities[0].length;
		for (int i = 0; i < probabilities.length; i++) {
			final double[] logits = new double[k];
			for (int c = 0; c < k; c++) logits[c] = expected[i * k + c];
			final double[] p = name.equals("tent") ? logits : Probabilities.softmax(logits);
			assertArrayEquals(p, probabilities[i], 2e-5, name + " " + i);
		}
	}

	@Test
	void instanceAndGroupNormalizationAndSelfStandardizedImagesAreThoseOfPyTorch(@TempDir final Path folder)
		throws IOException
	{
		for (final String[] form : new String[][]{{"resnet18-in", "instance"}, {"resnet18-gn", "group"},
			{"resnet18-std", "standardized"}})
		{
			final Model model = model(form[0]);
			assertEquals(form[0], model.card().architecture().name());
			assertGolden(form[1], predict(model, GoldenAdaptation.images(0, 6, 2, 64)));
			final Path file = folder.resolve(form[0] + ".zip");
			ModelFile.write(model, file);
			final Model again = ModelFile.read(file);
			assertEquals(model.card(), again.card());
			assertArrayEquals(predict(model, GoldenAdaptation.images(0, 2, 2, 64)),
				predict(again, GoldenAdaptation.images(0, 2, 2, 64)));
		}
	}

	@Test
	void networksWithoutBatchNormalizationHaveNoStatisticsToAdapt() {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> new Predictor(List.of(model("resnet18-in")), PredictionOptions.of(StatisticsOrigin.CONTROLS)))
			.getMessage();
		assertTrue(message.contains("instance normalization") && message.contains("statistics = training"), message);
		assertTrue(model("resnet18-gn").weights().names().stream().noneMatch(n -> n.contains("running")));
		assertThrows(IllegalArgumentException.class, () -> Architecture.of("resnet18-xx", 1, 8, 2));
		assertEquals("resnet18-aa-in-std", Architecture.of("resnet18-std-in-aa", 1, 8, 2).name());
	}

	@Test
	void tentIsThatOfPyTorch() throws IOException {
		final PredictionOptions options = PredictionOptions.of(StatisticsOrigin.BATCH)
			.withSeed(7)
			.withChunks(6, 1)
			.withDevice("cpu");
		final int[] order = new ChunkSampler(7, "P").chunks(12, 12, 0, 0).get(0).queries();
		assertArrayEquals(new int[]{6, 1, 5, 11, 8, 2, 10, 7, 4, 9, 0, 3}, order,
			"the order that golden_baselines.py has");
		final EntropyMinimization tent = new EntropyMinimization(model("resnet18"), options, EntropyMinimization.RATE);
		final double[][] p = tent.predict("P", fields(GoldenAdaptation.images(0, 12, 2, 64)));
		assertGolden("tent", p);
		// Every plate starts from the trained weights, and the same seed gives the same bits.
		tent.predict("Q", fields(GoldenAdaptation.images(100, 12, 2, 64)));
		assertArrayEquals(p, tent.predict("P", fields(GoldenAdaptation.images(0, 12, 2, 64))));
	}

	@Test
	void flippedTilesAreMirrored() throws IOException {
		final TileSource plain = GoldenAdaptation.images(3, 1, 2, 16);
		final FloatBuffer a = FloatBuffer.allocate(plain.values());
		final FloatBuffer b = FloatBuffer.allocate(plain.values());
		plain.read(0, a);
		new FlippedTiles(plain, true, false).read(0, b);
		assertEquals(a.get(16 * 16 + 2 * 16 + 5), b.get(16 * 16 + 13 * 16 + 5));
		new FlippedTiles(new FlippedTiles(plain, false, true), false, true).read(0, b.clear());
		assertArrayEquals(a.array(), b.array());
	}
}
